"""Whatever stops a build, the old release is still served, and nothing half-written is taken for whole."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.release import cache, location
from icvkg.release.build import Built, build
from icvkg.release.doctor import examine
from icvkg.release.folders import remove_orphans
from tests.graph.tables import FIGURE
from tests.release.small import RIVAL, build_small, command, environment, figures

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="mounts and signals as Linux has them")
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}
FIGURES = "SELECT ?x { ?x a icv:Figure }"


def start(root: Path, tables: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(root, tables), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment() | UNBUFFERED,
    )  # fmt: skip


def finish(root: Path, tables: Path) -> Path:
    done = subprocess.run(command(root, tables), capture_output=True, text=True, env=environment(), check=True)
    return Path(done.stdout.splitlines()[-1])


def sound_with_either(root: Path, first: str | None) -> None:
    """The release before, or the new one when the switch was already made; either is whole and answers."""
    served = KnowledgeGraph.open(root)
    assert len(served.query(FIGURES)) == (1 if served.manifest.digest == first else 2)
    assert examine(root).faults == []
    remove_orphans(root)
    assert [path for path in root.rglob(".*") if path.name != ".lock"] == []


def kill(root: Path, tables: Path, step: str, delay: float) -> None:
    """Kills a build some time after a step began (or after its start)."""
    with start(root, tables) as process:
        assert process.stdout is not None
        for line in process.stdout if step else ():
            if line.strip() == step:
                break
        sleep(delay)
        process.kill()


@LINUX
@pytest.mark.parametrize(
    ("step", "delay"), [("map", 0.0), ("write", 0.0), ("write", 0.01), ("store", 0.0), ("store", 0.03)]
)
def test_a_kill_leaves_the_old_release_or_the_new(root: Path, tables: Path, step: str, delay: float) -> None:
    first = location.current_digest(root)
    kill(root, tables, step, delay)
    sound_with_either(root, first)
    finish(root, tables)
    assert len(KnowledgeGraph.open(root).query(FIGURES)) == 2
    assert examine(root).faults == []


@LINUX
@pytest.mark.slow
def test_kills_at_twenty_random_points(root: Path, tables: Path) -> None:
    """Half of them anywhere, half while the folders are written; every second table change makes a new release."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    for number in range(20):
        figures(tables, FIGURE, RIVAL | {"value": f"3{number}.5"})
        first = location.current_digest(root)
        figures_before = len(KnowledgeGraph.open(root).query(FIGURES))
        step, longest = (("", 1.5), ("write", 0.15))[number % 2]
        kill(root, tables, step, draw.uniform(0, longest))
        served = KnowledgeGraph.open(root)
        assert len(served.query(FIGURES)) == (figures_before if served.manifest.digest == first else 2)
        assert examine(root).faults == []
        remove_orphans(root)
    finish(root, tables)
    assert examine(root).faults == []


@LINUX
def test_ctrl_c_leaves_the_old_release(root: Path, tables: Path) -> None:
    first = location.current_digest(root)
    with start(root, tables) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(2)
        process.wait()
    assert location.current_digest(root) == first
    sound_with_either(root, first)


def test_a_build_waits_for_the_one_at_work_and_says_so(root: Path) -> None:
    """The other is killed, which releases its lock."""
    said: list[str] = []
    with subprocess.Popen([sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, env=environment()) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()

        def say(text: str) -> None:
            said.append(text)
            assert len(list((root / "releases").iterdir())) == 1
            holder.kill()

        assert build(root, say=say).folder == location.current(root)
    assert said == [f"Another build (process {holder.pid}) is writing to {root}: waiting for it to end."]


HOLD = """
import sys, time
from pathlib import Path
from icvkg.release.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_builds_at_once_both_end_well(root: Path, tables: Path) -> None:
    with start(root, tables) as one, start(root, tables) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert len(KnowledgeGraph.open(root).query(FIGURES)) == 2
    assert examine(root).faults == []


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Path]:
    """A folder to mount a small file system on; unmounted afterwards."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = tmp_path / "mount"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(mount: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(mount)], check=True)


def copy(root: Path, mount: Path) -> int:
    """Puts the release onto the mount; gives the kilobytes in use."""
    subprocess.run(["cp", "-a", f"{root}/.", str(mount)], check=True)
    done = subprocess.run(["du", "-s", "-k", str(mount)], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[0])


@pytest.mark.parametrize("more", [0, 400, 1000, 2000, 2600, 4500])
def test_a_full_disk_keeps_the_old_release(root: Path, tables: Path, mount: Path, more: int) -> None:
    """Full at once, while the release is written, and while the store is."""
    first = location.current_digest(root)
    remount(mount, f"size={copy(root, mount) + more}k")
    done = subprocess.run(command(mount, tables), capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        assert "No space left" in done.stderr
        assert location.current_digest(mount) == first
    remount(mount, "size=64m")
    sound_with_either(mount, first)
    finish(mount, tables)
    assert examine(mount).faults == []


def test_a_disk_that_is_full_but_for_the_cache_takes_the_release(root: Path, tables: Path, mount: Path) -> None:
    """The cache gives way."""
    held = copy(root, mount)
    assert (mount / cache.FILE).stat().st_size >= 4 << 20
    remount(mount, f"size={held + 400}k")
    folder = finish(mount, tables)
    assert folder.name == location.current_digest(mount)
    assert len(KnowledgeGraph.open(mount).query(FIGURES)) == 2
    assert examine(mount).faults == []


def test_a_release_is_served_from_a_full_disk_without_its_store(root: Path, mount: Path) -> None:
    copy(root, mount)
    for path in (mount / "stores", mount / cache.FILE):
        subprocess.run(["rm", "-r", str(path)], check=True)
    used = int(subprocess.run(["du", "-s", "-k", mount], capture_output=True, text=True, check=True).stdout.split()[0])
    remount(mount, f"size={used + 100}k")
    assert len(KnowledgeGraph.open(mount).query(FIGURES)) == 1
    remove_orphans(mount)
    assert examine(mount).faults == []


def test_a_read_only_folder_is_still_served(root: Path, tables: Path, mount: Path) -> None:
    first = location.current_digest(root)
    copy(root, mount)
    remount(mount, "ro")
    done = subprocess.run(command(mount, tables), capture_output=True, text=True, env=environment(), check=False)
    assert "Read-only file system" in done.stderr
    assert len(KnowledgeGraph.open(mount).query(FIGURES)) == 1
    assert examine(mount).faults == []
    assert location.current_digest(mount) == first
    remount(mount, "rw")
    for store in (mount / "stores").iterdir():
        store.rename(mount / "elsewhere")
    remount(mount, "ro")
    assert len(KnowledgeGraph.open(mount).query(FIGURES)) == 1


def test_a_clock_set_back_changes_nothing(root: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No time is read that could end in a release: files dated in the future are built over as any other."""
    built = build_small(monkeypatch, root, tables)
    assert isinstance(built, Built)
    assert built.folder is not None
    for file in built.folder.iterdir():
        os.utime(file, (2**32, 2**32))
    assert build_small(monkeypatch, root, tables).folder == built.folder
    assert examine(root).faults == []
