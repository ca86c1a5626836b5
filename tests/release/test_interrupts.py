"""Ctrl-C at any time, and a kill while a store is loaded: status 130, and what was current is still served."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.release import location
from icvkg.release.doctor import examine
from icvkg.release.folders import remove_orphans
from tests.graph.tables import FIGURE
from tests.release.small import RIVAL, environment, figures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
FIGURES = "SELECT ?x { ?x a icv:Figure }"
INTERRUPTED = {130, -signal.SIGINT}
"""What a shell calls 130: the status of the command, or, before its code runs, the signal that ends Python."""
BUILD = (
    "import sys; from pathlib import Path; from icvkg.release import build as b; from icvkg.cli import main;"
    "b.own_folder = lambda: Path({tables!r}); sys.argv = ['icvkg', 'build', '--out', {root!r}];"
    "print('ready', flush=True); main()"
)
LOAD = (
    "import sys; from pathlib import Path; from icvkg.knowledge import KnowledgeGraph;"
    "print('ready', flush=True); KnowledgeGraph.open(Path({root!r}))"
)
LONGEST = {BUILD: 2.5, LOAD: 0.4}
"""Seconds that each takes from `ready`, more or less."""


def stopped(code: str, root: Path, tables: Path, delay: float, number: signal.Signals) -> tuple[int, str]:
    """The exit status and standard error of a process that got a signal some time after it was ready."""
    with subprocess.Popen(
        [sys.executable, "-c", code.format(root=str(root), tables=str(tables))],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        sleep(delay)
        process.send_signal(number)
        return process.wait(), process.communicate()[1]


def served_whole(root: Path, first: str | None) -> None:
    served = KnowledgeGraph.open(root)
    assert len(served.query(FIGURES)) == (1 if served.manifest.digest == first else 2)
    remove_orphans(root)
    assert examine(root).faults == []


def delays(code: str, count: int) -> Iterator[float]:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    return (draw.uniform(0, LONGEST[code]) for _ in range(count))


def interrupt(root: Path, tables: Path, count: int) -> None:
    for number, delay in enumerate(delays(BUILD, count)):
        figures(tables, FIGURE, RIVAL | {"value": f"3{number}.5"})
        first = location.current_digest(root) if number == 0 else None
        status, said = stopped(BUILD, root, tables, delay, signal.SIGINT)
        if status:
            assert status in INTERRUPTED, said
            assert status != 130 or said.endswith("Interrupted. Whatever was current is whole.\n")
        if number == 0:
            served_whole(root, first)
        remove_orphans(root)
        assert examine(root).faults == []
        assert len(KnowledgeGraph.open(root).query(FIGURES)) in (1, 2)


def kill_loads(root: Path, tables: Path, count: int) -> None:
    first = location.current_digest(root)
    for delay in delays(LOAD, count):
        shutil.rmtree(root / "stores", ignore_errors=True)
        stopped(LOAD, root, tables, delay, signal.SIGKILL)
        served_whole(root, first)


def test_ctrl_c_at_three_points_of_a_build(root: Path, tables: Path) -> None:
    interrupt(root, tables, 3)


def test_a_kill_at_three_points_of_a_load(root: Path, tables: Path) -> None:
    kill_loads(root, tables, 3)


@pytest.mark.slow
def test_ctrl_c_at_twenty_points_of_a_build(root: Path, tables: Path) -> None:
    interrupt(root, tables, 20)


@pytest.mark.slow
def test_a_kill_at_twenty_points_of_a_load(root: Path, tables: Path) -> None:
    kill_loads(root, tables, 20)
