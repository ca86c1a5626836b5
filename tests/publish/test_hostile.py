"""Hostile requests: each is refused or stopped in time, and afterwards the server is what it was."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from icvkg.publish.problems import MEDIA
from icvkg.release.location import store_folder
from icvkg.release.sums import broken
from tests.publish.hostile.cases import FAMILIES, Case
from tests.publish.serving import Answer, Running, running

SECONDS = 1.0
"""The limit of a query here."""


class Listener:
    """Counts who connects to it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.hits = 0
        threading.Thread(target=self._count, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/"

    def _count(self) -> None:
        while True:
            self._socket.accept()[0].close()
            self.hits += 1


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="module")
def target(release: Path, home: Path, listener: Listener) -> Iterator[Running]:
    """A server with tight limits; at the end of the module its store must be what it was, and nothing fetched."""
    store = store_folder(home, release.name)
    assert broken(store) == {}
    options = {"seconds": SECONDS, "memory": 768 << 20, "answer": 8 << 20, "head_seconds": 1.0}
    with running(store=store, folder=release, workers=3, **options) as started:
        yield started
        assert started.get("/health").status == 200
        assert descriptors(started.pid) < 60
    assert broken(store) == {}
    assert listener.hits == 0


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd")) if Path("/proc").is_dir() else 0


def send(server: Running, case: Case) -> tuple[Case, Answer]:
    return case, server.ask(case.method, case.target, case.headers, case.body)


def wrong(case: Case, answer: Answer) -> str:
    """What is wrong with an answer, empty when nothing is."""
    if answer.status not in case.statuses:
        return f"{case.name}: {answer.status} {answer.body[:200]!r}"
    if answer.headers.get("x-content-type-options") != "nosniff":
        return f"{case.name}: may be sniffed"
    if answer.status >= 400 and answer.media != MEDIA:
        return f"{case.name}: {answer.media}"
    return "" if b"root:" not in answer.body else f"{case.name}: gave a file away"


def test_there_are_more_than_three_hundred_cases() -> None:
    counts = {name: len(list(family())) for name, (family, _) in FAMILIES.items()}
    assert [name for name, (_, least) in FAMILIES.items() if counts[name] < least] == []
    assert sum(counts.values()) >= 300


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_refused_or_stopped(target: Running, listener: Listener, family: str) -> None:
    cases = [case.at(listener.url) for case in FAMILIES[family][0]()]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda case: send(target, case), cases))
    assert [said for case, answer in answers if (said := wrong(case, answer))] == []
    began = time.monotonic()
    assert target.get("/health").json()["status"] == "pass"
    assert time.monotonic() - began < 1
    assert listener.hits == 0
