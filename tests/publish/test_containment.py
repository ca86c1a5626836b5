"""A query that takes too much ends alone: it gets a problem document, the next query an answer."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from icvkg.release.location import store_folder
from tests.publish.serving import Answer, Running, running

SECONDS = 1.0
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?f . ?g ?b ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
EVERYTHING = "SELECT * { ?s ?p ?o }"
SMALL = "ASK { act:huawei a icv:Firm }"


@pytest.fixture(scope="module")
def endpoint(release: Path, home: Path) -> Iterator[Running]:
    """A server with tight limits and two workers."""
    options = {"seconds": SECONDS, "memory": 640 << 20, "answer": 4 << 20, "inline": 1 << 12}
    with running(store=store_folder(home, release.name), folder=release, workers=2, **options) as started:
        yield started


def is_problem(answer: Answer, status: int, word: str) -> bool:
    document = answer.json()
    whole = answer.media == "application/problem+json" and int(answer.headers["content-length"]) == len(answer.body)
    return whole and answer.status == document["status"] == status and word in document["detail"]


def test_time_is_limited(endpoint: Running) -> None:
    began = time.monotonic()
    assert is_problem(endpoint.query(ENDLESS), 504, "stopped after 1 s")
    assert time.monotonic() - began < SECONDS + 1


def test_memory_is_limited(endpoint: Running, release: Path, home: Path) -> None:
    options = {"seconds": 30, "memory": 640 << 20}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        assert is_problem(started.query(GREEDY), 503, "640 MiB")
        assert started.query(SMALL).status == 200


def test_an_answer_is_limited(endpoint: Running) -> None:
    assert is_problem(endpoint.query(EVERYTHING), 503, "larger than 4 MiB")


def test_a_deep_query_ends_its_worker_at_most(endpoint: Running) -> None:
    text = "ASK { FILTER(" + "!" * 100_000 + "true) }"
    answer = endpoint.ask("POST", "/sparql", {"Content-Type": "application/sparql-query"}, text.encode())
    assert is_problem(answer, 503, "nested too deep")


def test_the_next_query_is_unharmed(endpoint: Running) -> None:
    for hostile in (ENDLESS, GREEDY, EVERYTHING):
        assert endpoint.query(hostile).status in (503, 504)
        assert endpoint.query(SMALL).json() == {"head": {}, "boolean": True}


def test_others_are_answered_while_one_is_stuck(endpoint: Running) -> None:
    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(endpoint.query, ENDLESS)
        time.sleep(0.1)
        answered = [endpoint.query(f"{SMALL} # {number}").status for number in range(20)]
        assert not stuck.done()
        assert answered == [200] * 20
        assert stuck.result().status == 504


def test_when_every_worker_is_stuck_the_rest_wait(endpoint: Running) -> None:
    with ThreadPoolExecutor(3) as pool:
        stuck = [pool.submit(endpoint.query, f"{ENDLESS} # {number}") for number in range(2)]
        time.sleep(0.2)
        assert endpoint.query(f"{SMALL} # waits").status == 200
        assert [each.result().status for each in stuck] == [504, 504]


def test_too_many_at_once_are_told_to_come_back(release: Path, home: Path) -> None:
    options = {"seconds": 2, "waiting": 1}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(started.query, [f"{ENDLESS} # {number}" for number in range(6)]))
        busy = [answer for answer in answers if answer.status == 503]
        assert len(busy) >= 4
        assert all(is_problem(answer, 503, "busy") and answer.headers["retry-after"] for answer in busy)


def test_a_large_answer_comes_whole(server: Running) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 50000"
    counts = {
        form: server.query(text, Accept=form).body.count(b"\n") for form in ("text/csv", "text/tab-separated-values")
    }
    assert counts == {"text/csv": 50001, "text/tab-separated-values": 50001}
    assert len(server.query(text).json()["results"]["bindings"]) == 50000


def test_nothing_is_left_behind(release: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    options = {"seconds": 1, "inline": 1 << 12}
    with running(store=store_folder(home, release.name), folder=release, **options) as started:
        assert started.query("SELECT * { ?s ?p ?o } LIMIT 5000").status == 200
        assert started.query(GREEDY).status in (503, 504)
        assert started.query("SELECT * { ?a ?b ?c . ?d ?e ?f }").status == 504
        spools = list(tmp_path.iterdir())
        assert spools
        assert [file for spool in spools for file in spool.iterdir()] == []
        children = descendants(started.pid)
        assert len(children) >= 4
    assert list(tmp_path.iterdir()) == []
    assert [pid for pid in children if is_alive(pid)] == []


def descendants(pid: int) -> list[int]:
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [below for each in found for below in descendants(each)]


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


CONFINED = """
import os, socket, sys
from icvkg.store.sandbox import confine
closed = confine(1 << 30, 1 << 20)
acts = {
    "socket": socket.socket,
    "program": lambda: os.execv("/bin/true", ["true"]),
    "memory": lambda: bytearray(2 << 30),
    "file": lambda: open(sys.argv[1], "wb").write(b"x" * (2 << 20)),
}
tried = {}
for name, act in acts.items():
    try:
        act()
        tried[name] = "done"
    except (OSError, MemoryError) as error:
        tried[name] = type(error).__name__
print(closed, tried)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel keeps these promises on Linux alone")
def test_the_kernel_refuses_what_a_worker_must_not_do(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", CONFINED, str(tmp_path / "file")]
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    expected = {"socket": "PermissionError", "program": "PermissionError", "memory": "MemoryError", "file": "OSError"}
    assert said.strip() == f"True {expected}"


def test_who_leaves_stops_the_query(release: Path, home: Path) -> None:
    options = {"seconds": 60}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        for way in ("", "X-Takes: the-long-way\r\n"):
            with socket.create_connection(("127.0.0.1", started.port)) as client:
                text = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n{way}\r\n"
                client.sendall(text.encode())
                time.sleep(0.3)
            assert started.query(f"{SMALL} # {way}").status == 200


def test_questions_behind_a_slow_one_go_to_another_worker(release: Path, home: Path) -> None:
    options = {"seconds": 5}
    folder = store_folder(home, release.name)
    with running(store=folder, folder=release, workers=2, **options) as started, ThreadPoolExecutor(12) as pool:
        began = time.monotonic()
        stuck = pool.submit(started.query, ENDLESS)
        answers = list(pool.map(started.query, [f"{SMALL} # {number}" for number in range(60)]))
        assert time.monotonic() - began < 4
        assert [answer.status for answer in answers] == [200] * 60
        assert stuck.result().status == 504


def test_a_worker_is_replaced(release: Path, home: Path) -> None:
    options = {"seconds": SECONDS}
    with running(store=store_folder(home, release.name), folder=release, workers=1, **options) as started:
        for number in range(5):
            assert started.query(f"{ENDLESS} # {number}").status == 504
            assert started.query(f"{SMALL} # {number}").status == 200
