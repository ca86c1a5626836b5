"""A server that turns to a new release while it is asked, and one whose front dies."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from icvkg.release import location
from tests.graph.tables import FIGURE
from tests.publish.serving import Running
from tests.release.small import RIVAL, build_small, environment, figures

ASK = "ASK { ?s ?p ?o }"
PATHS = ("/id/actor/a-firm.ttl", "/doc/id/actor/a-firm.html", "/health", "/")


@contextmanager
def served(home: Path) -> Iterator[tuple[Running, Path]]:
    """`icvkg serve` over that home with two fronts, and what it writes to standard error."""
    journal = home.parent / "journal"
    command = [sys.executable, "-m", "icvkg.cli", "serve", "--port", "0", "--workers", "1"]
    with (
        journal.open("w") as said,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=said, env=environment() | {location.HOME: str(home)}
        ) as process,
    ):
        try:
            wait_until(lambda: events(journal, "front-started") >= 2)
            port = int(journal.read_text().split("127.0.0.1:")[1].split("/")[0])
            yield Running(port, process.pid), journal
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0


def events(journal: Path, name: str) -> int:
    """How often something was noted."""
    lines = [json.loads(line) for line in journal.read_text().splitlines() if line.startswith("{")]
    assert all({"at", "event"} <= line.keys() for line in lines)
    return sum(line["event"] == name for line in lines)


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Waits for something to come true."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


class Asker(threading.Thread):
    """Asks one thing after the other until told to stop; keeps what did not succeed, and the releases that answered."""

    def __init__(self, server: Running, number: int) -> None:
        super().__init__()
        self.server, self.number, self.stops = server, number, False
        self.failed: list[object] = []
        self.releases: list[str] = []

    def run(self) -> None:
        """Asks and keeps."""
        while not self.stops:
            self.number += 1
            for target in (PATHS[self.number % len(PATHS)], f"/sparql?query={quote(f'{ASK} # {self.number}')}"):
                try:
                    answer = self.server.get(target)
                except OSError as error:
                    self.failed.append(error)
                    continue
                if answer.status not in (200, 303):
                    self.failed.append(answer)
                if answer.media == "application/health+json":
                    self.releases.append(answer.json()["hash"])


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    build_small(monkeypatch, tmp_path / "home", figures(tmp_path / "one", FIGURE))
    return tmp_path / "home"


def test_no_request_is_lost_when_a_server_turns(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    first = location.current_digest(home)
    with served(home) as (server, journal):
        askers = [Asker(server, number) for number in range(4)]
        for asker in askers:
            asker.start()
        build_small(monkeypatch, home, figures(tmp_path / "two", FIGURE, RIVAL))
        second = location.current_digest(home)
        assert json.loads(server.get("/health").body)["hash"] == first != second
        os.kill(server.pid, signal.SIGHUP)
        wait_until(lambda: events(journal, "release-turned") == 1)
        for _ in range(40):
            server.get("/id/claim/figure-b.ttl")
        for asker in askers:
            asker.stops = True
            asker.join()
        assert [asker.failed for asker in askers] == [[]] * 4
        assert {each for asker in askers for each in asker.releases} == {first, second}
        assert {server.get("/health").json()["hash"] for _ in range(20)} == {second}
        assert server.get("/doc/id/claim/figure-b.ttl").status == 200
        os.kill(server.pid, signal.SIGHUP)
        wait_until(lambda: events(journal, "release-unchanged") == 1)


def test_a_release_that_cannot_be_served_is_refused(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    first = location.current_digest(home)
    with served(home) as (server, journal):
        build_small(monkeypatch, home, figures(tmp_path / "two", FIGURE, RIVAL))
        (location.release_folder(home, location.current_digest(home) or "") / "manifest.json").write_text("{")
        os.kill(server.pid, signal.SIGHUP)
        wait_until(lambda: events(journal, "release-refused") == 1)
        assert {server.get("/health").json()["hash"] for _ in range(10)} == {first}


def test_a_front_that_dies_is_replaced(home: Path) -> None:
    with served(home) as (server, journal):
        fronts = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        assert len(fronts) == 2
        os.kill(int(fronts[0]), signal.SIGKILL)
        wait_until(lambda: events(journal, "front-started") == 3)
        assert [server.query(ASK).status for _ in range(10)] == [200] * 10
