"""How the command ends: exit status, messages on standard error, closed pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from icvkg.release.build import Built
from icvkg.release.location import HOME


def icvkg(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {HOME: str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "icvkg.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("queries",), 0),
        (("search", "no such name anywhere"), 1),
        (("query", "no-such-query"), 2),
        (("query",), 2),
        (("no-such-command",), 2),
        (("build", "--no-such-option"), 2),
    ],
)
def test_the_exit_status_says_how_it_went(built: Built, home: Path, words: tuple[str, ...], status: int) -> None:
    assert built.folder is not None
    done = icvkg(home, *words)
    assert done.returncode == status
    assert bool(done.stderr) == (status == 2)
    assert "Traceback" not in done.stderr


def test_faulty_tables_are_listed_and_change_nothing(built: Built, home: Path, tmp_path: Path) -> None:
    current = (home / "current").resolve()
    (tmp_path / "firms.csv").write_text("id,label_en\nx,X\n", encoding="utf-8")
    done = icvkg(home, "build", "--tables", str(tmp_path), "--out", str(home))
    assert done.returncode == 2
    assert "firms.csv:1: source: this column is missing" in done.stderr
    assert "The current release is untouched." in done.stderr
    assert (home / "current").resolve() == current


def test_a_place_that_cannot_be_written_is_named(built: Built, home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = icvkg(home, "query", "cities-in-programmes", "--out", str(tmp_path / "file" / "x.csv"))
    assert done.returncode == 2
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(built: Built, home: Path) -> None:
    environment = os.environ | {HOME: str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = f"{sys.executable} -m icvkg.cli query firms-by-origin-and-stage --format tsv | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
