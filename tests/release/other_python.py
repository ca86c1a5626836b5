"""Another Python than this one: `python -m tests.release.other_python` prints where one lies, or nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_ASK = "import sys; print(*sys.version_info[:2])"
_OLDEST = (3, 11)


def candidates() -> Iterator[str]:
    """Interpreters that may run here, the newest first: of the search path, then of pyenv."""
    names = [f"python3.{minor}" for minor in range(20, 10, -1)] + ["pypy3"]
    yield from filter(None, map(shutil.which, names))
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(root.glob("versions/3.*/bin/python"), key=_minor, reverse=True))


def _minor(python: Path) -> int:
    return int(python.parents[1].name.split(".")[1])


def other_python() -> str:
    """The first interpreter of another version that is new enough for us; empty when there is none."""
    for python in candidates():
        done = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False)
        found = tuple(map(int, done.stdout.split())) if done.returncode == 0 else _OLDEST
        if found >= _OLDEST and found != sys.version_info[:2]:
            return python
    return ""


if __name__ == "__main__":
    print(other_python())
