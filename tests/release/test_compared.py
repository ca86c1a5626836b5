"""Two releases compared by the bytes of their dumps."""

import random
from pathlib import Path

import pytest

from icvkg.release import dumps, sums
from icvkg.release.compared import differences
from icvkg.release.manifest import make_manifest
from icvkg.release.settings import read_settings
from icvkg.store.remembered import afresh


def line(number: int) -> bytes:
    return f'<http://example.org/{number:05}> <http://example.org/p> "{number * 7919}" .'.encode()


def release(folder: Path, asserted: set[int], derived: set[int]) -> Path:
    """A release of nothing but two dumps."""
    folder.mkdir()
    one, two = (sorted(map(line, numbers)) for numbers in (asserted, derived))
    files = dumps.contents(one, two, [line(0)], [], afresh)
    dumps.write_dumps(folder, files)
    make_manifest(read_settings(), [], {"asserted": len(one), "derived": len(two)}, files).write(folder)
    sums.write_sums(folder)
    return folder


CHANGES: dict[str, tuple[set[int], set[int]]] = {
    "nothing": (set(), set()),
    "the first": ({0}, set()),
    "the last": ({2999}, {9000}),
    "in the middle": ({1500}, {1501}),
    "far apart": ({3, 2990}, {700}),
    "only more": (set(), {5000, 5001}),
    "all": (set(range(3000)), set(range(4000, 4010))),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_lines_that_differ(tmp_path: Path, name: str) -> None:
    """Derived lines move into the asserted ones too: those differ in neither direction."""
    gone, come = CHANGES[name]
    asserted, derived, moved = set(range(3000)), set(range(10000, 10300)), {10007}
    before = release(tmp_path / "before", asserted, derived)
    after = release(tmp_path / "after", asserted - gone | come | moved, derived - moved)
    wanted = len(asserted - gone | come) + len(derived)
    assert differences(before, after) == ({line(n) for n in gone - come}, {line(n) for n in come - asserted}, wanted)


def test_random_changes(tmp_path: Path) -> None:
    draw = random.Random(11)
    sides = [{draw.randrange(2000) for _ in range(1800)} for _ in range(4)]
    folders = [release(tmp_path / str(place), side, set()) for place, side in enumerate(sides)]
    for one, before in zip(sides, folders, strict=True):
        for two, after in zip(sides, folders, strict=True):
            assert differences(before, after) == (set(map(line, one - two)), set(map(line, two - one)), len(two))


@pytest.mark.parametrize("place", [0, 11, 200, -3])
def test_a_damaged_dump_is_not_compared(tmp_path: Path, place: int) -> None:
    before = release(tmp_path / "before", set(range(3000)), set())
    after = release(tmp_path / "after", set(range(3001)), set())
    file = before / dumps.file_name(dumps.ASSERTED)
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(bytes(data))
    assert differences(before, after) is None
