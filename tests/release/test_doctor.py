"""The doctor finds every damage, names what repairs it, and takes away only what a killed build left."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.release import history, location
from icvkg.release.build import Built
from icvkg.release.doctor import Fault, examine
from icvkg.release.folders import remove_orphans
from icvkg.release.lock import BusyError, exclusive
from icvkg.release.rollback import roll_back
from tests.graph.tables import FIGURE
from tests.release.small import RIVAL, build_small, figures

Rebuild = Callable[[], Built]


@pytest.fixture
def rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rebuild:
    """Builds the small release, at first and again."""
    tables = figures(tmp_path / "tables", FIGURE, RIVAL)
    build_small(monkeypatch, tmp_path, tables)
    return lambda: build_small(monkeypatch, tmp_path, tables)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(icvkg, [*words, "--out", str(root)], standalone_mode=False)


def faults(root: Path) -> list[Fault]:
    return examine(root).faults


def flip(file: Path, place: float) -> None:
    """Changes one bit; an empty file gets a byte."""
    data = bytearray(file.read_bytes()) or bytearray(b"\0")
    data[int(place * (len(data) - 1))] ^= 1
    file.write_bytes(data)


def files_of(root: Path) -> list[Path]:
    return sorted(file for name in ("releases", "stores") for file in (root / name).rglob("*") if file.is_file())


def test_a_flipped_bit_in_any_file_is_named(rebuild: Rebuild, tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    files = files_of(tmp_path)
    assert len(files) > 12
    for file in files:
        sound = file.read_bytes()
        for place in (0, 0.5, 1):
            flip(file, place)
            found = faults(tmp_path)
            assert any(file.name in f"{fault.place} {fault.said}" for fault in found) or "SHA256SUMS" in file.name, file
            assert found, (file, place)
            file.write_bytes(sound)
    assert faults(tmp_path) == []


def test_a_build_repairs_every_file_of_the_current_release(rebuild: Rebuild, tmp_path: Path) -> None:
    sound = {file: file.read_bytes() for file in files_of(tmp_path / "releases")}
    for file in (file for file in files_of(tmp_path) if file.stat().st_size):
        flip(file, 0.5)
    found = faults(tmp_path)
    assert {fault.repair for fault in found if "releases" in fault.place} == {"icvkg build"}
    rebuild()
    assert faults(tmp_path) == []
    assert {file: file.read_bytes() for file in files_of(tmp_path / "releases")} == sound


def test_truncated_missing_and_strange_files_are_named(rebuild: Rebuild, tmp_path: Path) -> None:
    folder = location.current(tmp_path)
    assert folder is not None
    dump = folder / "asserted.nt.gz"
    dump.write_bytes(dump.read_bytes()[:-2000])
    (folder / "icvkg.ttl").unlink()
    (folder / "stranger.txt").write_text("x", encoding="utf-8")
    said = {Path(fault.place).name: fault.said for fault in faults(tmp_path)}
    assert "cannot be read" in said["asserted.nt.gz"]
    assert "cannot be read" in said["icvkg.ttl"]
    assert "does not belong here" in said["stranger.txt"]
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in {Path(fault.place).name: fault.said for fault in faults(tmp_path)}["manifest.json"]


def test_a_release_of_an_older_version_is_named_as_such(rebuild: Rebuild, tmp_path: Path) -> None:
    folder = location.current(tmp_path)
    assert folder is not None
    (folder / "SHA256SUMS").unlink()
    (fault,) = faults(tmp_path)
    assert "an older version of icvkg made this" in fault.said
    assert fault.repair == "icvkg build"
    rebuild()
    assert faults(tmp_path) == []


def test_a_store_of_other_triples_is_named_and_its_removal_repairs(rebuild: Rebuild, tmp_path: Path) -> None:
    from icvkg.release import sums
    from icvkg.store.embedded import EmbeddedStore
    from icvkg.store.lines import lines_of

    (store,) = (tmp_path / "stores").iterdir()
    triples = list(EmbeddedStore.read_only(store))
    shutil.rmtree(store)
    EmbeddedStore.write(store, lines_of(triples[1:], ox.RdfFormat.N_TRIPLES))
    sums.write_sums(store)
    (fault,) = faults(tmp_path)
    assert "other triples" in fault.said
    assert fault.repair == f"rm -r {store}"
    shutil.rmtree(store)
    assert len(KnowledgeGraph.open(tmp_path).embedded) == len(triples)
    assert faults(tmp_path) == []


def test_a_lost_current_release_is_named(rebuild: Rebuild, tmp_path: Path) -> None:
    (tmp_path / "current").unlink()
    assert [fault.said for fault in faults(tmp_path)] == ["no release is current"]
    rebuild()
    shutil.rmtree(tmp_path / "releases")
    (tmp_path / "releases").mkdir()
    assert {fault.said.rpartition(" ")[2] for fault in faults(tmp_path)} == {"gone", "release"}


def test_only_what_a_killed_build_left_is_removed(rebuild: Rebuild, tmp_path: Path) -> None:
    left = [tmp_path / "releases" / ".writing-a", tmp_path / "stores" / ".writing-b"]
    for folder in left:
        folder.mkdir()
        (folder / "half").write_text("", encoding="utf-8")
    (tmp_path / ".current-1").symlink_to("releases/none")
    (tmp_path / ".history-fresh").write_text("", encoding="utf-8")
    (tmp_path / "mine.txt").write_text("", encoding="utf-8")
    with exclusive(tmp_path):
        with pytest.raises(BusyError, match="Another build"):
            remove_orphans(tmp_path)
        assert "was left alone" in run(tmp_path, "doctor").output
        assert all(folder.exists() for folder in left)
    before = {file for file in tmp_path.rglob("*") if "writing-" not in str(file)}
    result = run(tmp_path, "doctor", "--format", "json")
    assert len(json.loads(result.output)["removed"]) == 4
    after = set(tmp_path.rglob("*"))
    assert before - after == {tmp_path / ".current-1", tmp_path / ".history-fresh"}
    assert after <= before
    assert result.return_value == 0


def test_rollback_goes_back_and_refuses_the_damaged(
    rebuild: Rebuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = location.current_digest(tmp_path)
    assert first
    error = run(tmp_path, "rollback").exception
    assert isinstance(error, IcvkgError)
    second = build_small(monkeypatch, tmp_path, figures(tmp_path / "tables", FIGURE)).manifest.digest
    assert f"({first}) is current again" in run(tmp_path, "rollback").output
    assert location.current_digest(tmp_path) == first
    assert roll_back(tmp_path, second)[0] == first
    with pytest.raises(IcvkgError, match="current already"):
        roll_back(tmp_path, second)
    flip(tmp_path / "releases" / first / "derived.nt.gz", 0.5)
    with pytest.raises(IcvkgError, match="is damaged and was not switched to"):
        roll_back(tmp_path)
    assert location.current_digest(tmp_path) == second
    result = run(tmp_path, "doctor")
    assert result.return_value == 1
    assert f"repair: rm -r {tmp_path / 'releases' / first}" in result.output


def test_the_history_forgets_what_was_rolled_back(tmp_path: Path) -> None:
    for before, after in ((None, "a"), ("a", "b"), ("b", "c")):
        history.note(tmp_path, before, after)
    assert [history.before(tmp_path, name) for name in "abcd"] == [None, "a", "b", None]
    history.note(tmp_path, "b", "d")
    assert history.read_history(tmp_path) == ["a", "b", "d"]
    history.note(tmp_path, "d", "a")
    assert (history.before(tmp_path, "a"), history.before(tmp_path, "d")) == ("d", "b")
