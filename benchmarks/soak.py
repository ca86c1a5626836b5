"""Mixed good and hostile traffic against `icvkg serve` for a while: memory flat, descriptors flat, no wrong answer.

    python benchmarks/soak.py [--minutes 60] [--clients 6]

Good clients ask curated questions (past the cache and through it) and read documents, and compare each answer with the
first (503 and 504 while hostile queries hold the machine are counted, and are no wrong answers); hostile ones send
what must be refused or stopped, and leave early. Prints a line every half minute; ends with 1
when an answer was wrong, or memory or descriptors have grown since the first third.
"""

import argparse
import hashlib
import http.client
import itertools
import os
import random
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import catalogue
from serving import HOSTILE, ours

THINGS = ("id/actor/huawei", "id/actor/weride", "id/place/wuhan", "def/supplier", "code/stage", "def/Firm")
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
SLACK = 1.1
"""By how much memory and descriptors may be above their most in the first third."""
HEAD = "GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n"
Expected = set[int]


def hostile_queries() -> list[tuple[str, Expected]]:
    """Queries, and the statuses that are right for them."""
    return [
        (HOSTILE, {504}),
        (GREEDY, {503, 504}),
        ("ASK { FILTER(" + "(" * 300 + "1" + ")" * 300 + ") }", {400}),
        ("ASK { FILTER(" + "!" * 5_000 + "true) }", {200, 400, 503}),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", {403}),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {403}),
        ("DELETE WHERE { ?s ?p ?o }", {400}),
        ("SELECT (REPLACE('" + "a" * 40 + "', '(a+)+b', 'x') AS ?x) {}", {200}),
        ("SELECT * { ?s ?p ", {400}),
    ]


class Soak:
    """The traffic, and what came of it."""

    def __init__(self, port: int, queries: list[str], until: float) -> None:
        self.port, self.queries, self.until = port, queries, until
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._first: dict[str, str] = {}
        self._numbers = itertools.count()

    def good(self) -> None:
        """Asks and reads, and compares; a query that names NOW is not kept by the server."""
        chosen = random.Random(next(self._numbers))
        while time.monotonic() < self.until:
            query, thing = chosen.choice(self.queries), chosen.choice(THINGS)
            suffix = chosen.choice(("html", "ttl", "jsonld", "rdf", "nt"))
            self._same(query, f"/sparql?{urlencode({'query': query})}")
            self._same(query, f"/sparql?{urlencode({'query': query + ' # NOW'})}")
            self._same(f"{thing}.{suffix}", f"/doc/{thing}.{suffix}")

    def _same(self, name: str, target: str) -> None:
        status, body = self._fetch(target)
        digest = hashlib.sha256(b"\n".join(sorted(body.split(b"\n")))).hexdigest()
        if status in (503, 504):
            self.counts["put off"] += 1
        else:
            is_same = status == 200 and self._first.setdefault(name, digest) == digest
            self._count(name, is_same, f"{status} {body[:80]!r}")

    def hostile(self) -> None:
        """Sends what must be refused or stopped; hangs up; drips."""
        chosen = random.Random(next(self._numbers))
        tricks: list[Callable[[], None]] = [self._leave, self._drip, self._garble]
        while time.monotonic() < self.until:
            query, statuses = chosen.choice(hostile_queries())
            status, body = self._fetch(f"/sparql?query={quote(query)}")
            self._count(query[:60], status in statuses | {503}, f"{status} {body[:80]!r}")
            chosen.choice(tricks)()

    def _leave(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            client.sendall(f"GET /sparql?query={quote(HOSTILE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.2)

    def _drip(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            for character in HEAD:
                client.sendall(character.encode())
                time.sleep(0.002)

    def _garble(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            client.sendall(os.urandom(200) + b"\r\n\r\n")

    def _fetch(self, target: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", target, headers={"Accept": "text/csv, */*;q=0.5"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error).encode()
        finally:
            connection.close()

    def _count(self, name: str, is_right: bool, said: str) -> None:
        self.counts["right" if is_right else "wrong"] += 1
        if not is_right:
            self.wrong.append(f"{name[:60]}: {said}")


def tree(pid: int) -> list[int]:
    """A process and those below it (Linux)."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in below for each in tree(int(child)))]


def lasting(pid: int) -> list[int]:
    """The processes that are there from the beginning: the first and its fronts; workers come and go."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def measured(pid: int) -> tuple[int, int, int]:
    """Resident MiB and descriptors of what lasts, and how many processes there are."""
    sizes = [int(Path(f"/proc/{each}/status").read_text().split("VmRSS:")[1].split()[0]) for each in lasting(pid)]
    handles = [len(os.listdir(f"/proc/{each}/fd")) for each in lasting(pid)]
    return sum(sizes) >> 10, sum(handles), len(tree(pid))


def watched(soak: Soak, pid: int, began: float) -> list[tuple[int, int, int]]:
    """What was measured twice a minute."""
    found = []
    while time.monotonic() < soak.until:
        time.sleep(min(30, max(0.1, soak.until - time.monotonic())))
        found.append(measured(pid))
        memory, handles, processes = found[-1]
        minutes = (time.monotonic() - began) / 60
        said = f"{memory} MiB, {handles} descriptors, {processes} processes"
        came = ", ".join(f"{soak.counts[name]} {name}" for name in ("right", "put off", "wrong"))
        print(f"{minutes:.1f} min: {came}; {said}", flush=True)
    return found


def verdict(soak: Soak, found: list[tuple[int, int, int]]) -> int:
    """The exit status."""
    for line in soak.wrong[:10]:
        print(f"wrong: {line}")
    third = max(1, len(found) // 3)
    grown = [name for place, name in enumerate(("memory", "descriptors"))
             if found[-1][place] > SLACK * max(each[place] for each in found[:third])]  # fmt: skip
    print(f"grown: {', '.join(grown) or 'nothing'}")
    return int(bool(grown or soak.counts["wrong"]))


def main() -> int:
    """Starts the server and the clients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=6, help="good clients; there are a third as many hostile ones")
    given = parser.parse_args()
    graph = KnowledgeGraph.open()
    queries = [graph.bound(each, {}) for each in catalogue()]
    with ours("--timeout", "3") as (port, pid):
        began = time.monotonic()
        soak = Soak(port, queries, began + given.minutes * 60)
        tasks = [soak.good] * given.clients + [soak.hostile] * max(1, given.clients // 3)
        clients = [threading.Thread(target=task) for task in tasks]
        for client in clients:
            client.start()
        found = watched(soak, pid, began)
        for client in clients:
            client.join()
        return verdict(soak, found)


if __name__ == "__main__":
    sys.exit(main())
