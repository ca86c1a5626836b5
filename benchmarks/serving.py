"""`icvkg serve` beside `oxigraph serve-read-only` (PyPI `oxigraph`) on the same store and machine.

    python benchmarks/serving.py [--seconds 4] [--only small|hostile|large|pages]

Prints a table for each part: small queries, repeated and never seen, at 1, 8 and 64 connections; the same while a
hostile query runs; how late queries are stopped; a million rows; documents.
"""

import argparse
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from icvkg.knowledge import KnowledgeGraph
from icvkg.release import location
from load import run

QUERY = "SELECT * { ?s a <https://w3id.org/icvkg/def/Firm> } LIMIT 5"
HOSTILE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_NUMBERS = itertools.count()


def never_seen() -> str:
    """A query that nobody has asked yet, of the same cost."""
    return f"{QUERY} # {next(_NUMBERS)}"


def free_port() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        return int(opened.getsockname()[1])


@contextmanager
def ours(*options: str) -> Iterator[tuple[int, int]]:
    """Our server: port and process."""
    port = free_port()
    with _started([sys.executable, "-m", "icvkg.cli", "serve", "--port", str(port), *options], port) as pid:
        _fetch(port, "/ready")
        yield port, pid


@contextmanager
def theirs(store: Path) -> Iterator[tuple[int, int]]:
    """Oxigraph's server on the store: port and process."""
    port, binary = free_port(), shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    with _started([binary, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"], port) as pid:
        yield port, pid


@contextmanager
def _started(command: list[str], port: int) -> Iterator[int]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(200):
            time.sleep(0.1)
            with socket.socket() as trying:
                if not trying.connect_ex(("127.0.0.1", port)):
                    break
        time.sleep(0.5)
        try:
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def small(store: Path, seconds: float) -> None:
    """Small queries, repeated and never seen."""
    print("server, queries, connections, answers/s, p50 ms, p99 ms, wrong")
    kinds: dict[str, Callable[[], str]] = {"repeated": lambda: QUERY, "never seen": never_seen}
    for name, server, path in (("icvkg", ours(), "/sparql"), ("oxigraph", theirs(store), "/query")):
        with server as (port, _):
            for kind, query in kinds.items():
                for connections in (1, 8, 64):
                    found = run(port, path, query, connections, seconds)
                    numbers = f"{found.rate:.0f}, {found.middle:.2f}, {found.slow:.2f}, {found.wrong}"
                    print(f"{name}, {kind}, {connections}, {numbers}", flush=True)


def hostile(seconds: float) -> None:
    """Ordinary queries beside a hostile one, and how late a query is stopped."""
    with ours("--timeout", "2") as (port, _):
        stop = threading.Event()
        stuck = threading.Thread(target=_ask_until, args=(port, stop))
        stuck.start()
        found = run(port, "/sparql", never_seen, 8, seconds)
        stop.set()
        stuck.join()
        print(f"p99 at 8 connections beside a hostile query: {found.slow:.1f} ms ({found.wrong} wrong)")
        late = []
        for _ in range(5):
            began = time.perf_counter()
            status, _ = _fetch(port, f"/sparql?{urlencode({'query': HOSTILE})}")
            late.append((time.perf_counter() - began - 2) * 1000)
            assert status == 504
        print(f"stopped after the limit by at most {max(late):.0f} ms")


def _ask_until(port: int, stop: threading.Event) -> None:
    while not stop.is_set():
        _fetch(port, f"/sparql?{urlencode({'query': f'{HOSTILE} # {next(_NUMBERS)}'})}")


def _fetch(port: int, target: str, media: str = "*/*") -> tuple[int, int]:
    """Status and bytes of an answer that is read and thrown away."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{target}", headers={"Accept": media})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, sum(len(piece) for piece in iter(lambda: answer.read(1 << 20), b""))
    except urllib.error.HTTPError as error:
        return error.code, len(error.read())


def large(rows: int = 1_000_000) -> None:
    """A million rows: seconds, bytes, and the most memory that any process of the tree had."""
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(f"{folder}/store")
        name = ox.NamedNode("http://example.org/p")
        each = (ox.Quad(ox.NamedNode(f"http://example.org/{n}"), name, ox.Literal(str(n))) for n in range(rows))
        store.bulk_extend(each)
        store.flush()
        del store
        code = (
            "import sys; from pathlib import Path; from icvkg.publish.server import Front, Place, listen;"
            "from icvkg.publish.supervisor import supervise; from icvkg.store.limits import Limits;"
            "front = Front(listen('127.0.0.1', int(sys.argv[1])), Limits(seconds=120), 2);"
            "supervise(front, Place(Path(sys.argv[2]), Path(sys.argv[3])), 1)"
        )
        port = free_port()
        current = location.current(location.home())
        with _started([sys.executable, "-c", code, str(port), f"{folder}/store", str(current)], port) as pid:
            for media in ("application/sparql-results+json", "text/csv"):
                began = time.perf_counter()
                _, size = _fetch(port, f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o }'})}", media)
                taken = time.perf_counter() - began
                print(
                    f"{rows} rows, {media}: {taken:.1f} s, {size >> 20} MiB, most memory {_most(pid)} MiB", flush=True
                )


def _most(pid: int) -> int:
    """The highest resident size so far, in MiB, of a process and of those below it (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    own = int(status.split("VmHWM:")[1].split()[0]) >> 10
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max([own, *(_most(int(each)) for each in below)])


def pages() -> None:
    """Documents: milliseconds each."""
    with ours() as (port, _):
        _fetch(port, "/health")
        for suffix in ("html", "ttl", "jsonld", "rdf", "nt"):
            taken = []
            for thing in ("id/actor/huawei", "id/actor/weride", "id/place/wuhan", "def/supplier", "code/stage") * 4:
                began = time.perf_counter()
                _fetch(port, f"/doc/{thing}.{suffix}")
                taken.append((time.perf_counter() - began) * 1000)
            print(f"{suffix}: middle {sorted(taken)[len(taken) // 2]:.1f} ms, most {max(taken):.1f} ms", flush=True)


def main() -> None:
    """Runs all parts, or one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--only", choices=["small", "hostile", "large", "pages"])
    given = parser.parse_args()
    graph = KnowledgeGraph.open()
    store = location.store_folder(location.home(), graph.manifest.digest)
    del graph
    parts: dict[str, Callable[[], None]] = {
        "small": lambda: small(store, given.seconds),
        "hostile": lambda: hostile(given.seconds),
        "large": large,
        "pages": pages,
    }
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, pyoxigraph {ox.__version__}")
    for name, part in parts.items():
        if given.only in (None, name):
            part()


if __name__ == "__main__":
    main()
