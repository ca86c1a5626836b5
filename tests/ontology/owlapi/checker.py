"""Builds the Java checker with Maven and runs it on files; skips where Java or Maven is missing, but never in CI."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
OUT = HERE.parents[2] / "build" / "owlapi"
GOALS = ("compile", "dependency:copy-dependencies")

Report = dict[str, Any]


def require_tools() -> None:
    """Skips the test, or fails it in CI, when a tool is not on the path."""
    missing = [tool for tool in ("javac", "mvn") if not shutil.which(tool)]
    if missing:
        reason = f"needs {' and '.join(missing)} (Debian: maven, openjdk-17-jdk-headless)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def compile_checker() -> None:
    """Compiles the checker and copies OWLAPI and HermiT beside it; Maven keeps what it fetched in its own folder."""
    require_tools()
    command = ["mvn", "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml"), *GOALS]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]


def inspect(files: Iterable[Path]) -> list[Report]:
    """What OWLAPI and HermiT say of each file."""
    classpath = f"{OUT / 'classes'}{os.pathsep}{OUT / 'jars' / '*'}"
    command = ["java", "-Xmx3g", "-Dfile.encoding=UTF-8", "-cp", classpath, "icvkg.Check", *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
