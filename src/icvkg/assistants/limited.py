"""A query within limits: the one place where the server runs what an assistant wrote."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icvkg.errors import IcvkgError

Rows = list[dict[str, dict[str, str]]]
"""Bindings as in SPARQL 1.1 Query Results JSON, a row each."""


@dataclass(frozen=True)
class Limits:
    """How much a query and a page of its answer may take; `text` and `page` in characters, `answer` in bytes."""

    text: int = 100_000
    seconds: float = 20.0
    answer: int = 64 << 20
    rows: int = 100
    page: int = 60_000


def limited(folder: Path, text: str, limits: Limits) -> tuple[list[str], Rows]:
    """Columns and rows of a query on the store in that folder, asked in a process that is killed at the time limit.

    Raises IcvkgError for a query that is too long, not valid, not allowed, too slow or has too large an answer.
    """
    if len(text) > limits.text:
        raise IcvkgError(f"The query has {len(text)} characters; at most {limits.text} are allowed.")
    try:
        done = _run(folder, text, limits.seconds)
    except subprocess.TimeoutExpired:
        raise IcvkgError(f"The query took longer than {limits.seconds:g} s and was stopped: ask for less.") from None
    if done.returncode == 2:
        raise IcvkgError(done.stderr.decode().strip())
    if done.returncode:
        raise IcvkgError("The query took too much memory and was stopped: ask for less, or with LIMIT.")
    if len(done.stdout) > limits.answer:
        raise IcvkgError(f"The answer is larger than {limits.answer} bytes: ask for less, or with LIMIT.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found["head"]["vars"], found["results"]["bindings"]


def _run(folder: Path, text: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
    words = [sys.executable, "-P", "-m", "icvkg.assistants.once", str(folder)]
    places = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    data = text.encode("utf-8", errors="replace")
    return subprocess.run(words, input=data, capture_output=True, timeout=seconds, env=places, check=False)
