"""One engine of `benchmarks/queries.py`: loads N-Triples, asks every query of a folder, says how long each took.

    python benchmarks/query_engines.py ENGINE DATA.nt QUERIES LIMIT

Needs no more than the engine, so that it runs in any environment. Prints one line of JSON for each query as soon as it
has its answer: its name, the median CPU seconds of three runs (one when it takes long; wall-clock of a server), its
number of rows, and a hash of these, sorted: values without their datatypes and languages, numbers by value.
"""

import csv
import hashlib
import io
import json
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Rows = tuple[Sequence[str], Iterable[Sequence[str]]]
"""The columns, and the rows as text."""
Ask = Callable[[str], Rows]
RUNS = 3


@contextmanager
def pyoxigraph_memory(data: Path) -> Iterator[Ask]:
    """The embedded store in memory."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
    yield lambda text: _oxigraph_rows(store.query(text))


@contextmanager
def pyoxigraph_disk(data: Path) -> Iterator[Ask]:
    """The embedded store on disk, as releases are served."""
    import pyoxigraph as ox

    with tempfile.TemporaryDirectory() as place:
        fresh = ox.Store(place)
        fresh.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
        fresh.optimize()
        del fresh
        store = ox.Store.read_only(place)
        yield lambda text: _oxigraph_rows(store.query(text))


def _oxigraph_rows(answer: object) -> Rows:
    import pyoxigraph as ox

    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return columns, [[term.value if term is not None else "" for term in row] for row in answer]


@contextmanager
def rdflib_memory(data: Path) -> Iterator[Ask]:
    """rdflib's own store."""
    import rdflib

    graph = rdflib.Graph().parse(data, format="nt")

    def ask(text: str) -> Rows:
        answer = graph.query(text)
        rows: list[Any] = list(answer)
        return [str(each) for each in answer.vars or ()], [["" if v is None else str(v) for v in row] for row in rows]

    yield ask


@contextmanager
def maplib(data: Path) -> Iterator[Ask]:
    """maplib's open core, loaded again after a fault (a panic leaves it unusable); at most 16 GiB of addresses."""
    from maplib import Model  # type: ignore[import-not-found]

    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))

    held: list[Any] = []

    def load() -> None:
        held[:] = [Model()]
        held[0].read(str(data), format="ntriples")

    def ask(text: str) -> Rows:
        try:
            frame = held[0].query(text)
        except BaseException:  # a panic is no Exception
            load()
            raise
        return frame.columns, [[_bare(value) for value in row] for row in frame.iter_rows()]

    load()
    yield ask


def _bare(value: object) -> str:
    """maplib's text of a term without brackets, quotes, language and datatype."""
    text = "" if value is None else str(value)
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    if text.startswith('"') and text.count('"') > 1:
        return text[1 : text.rindex('"')]
    return text


@contextmanager
def oxigraph_serve(data: Path) -> Iterator[Ask]:
    """Oxigraph's own server, over HTTP."""
    binary = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port = opened.getsockname()[1]
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([binary, "load", "--location", place, "--file", str(data)], check=True, capture_output=True)
        command = [binary, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(2)
            yield lambda text: _over_http(f"http://127.0.0.1:{port}/query", text)
        finally:
            server.kill()
            server.wait()


def _over_http(url: str, text: str) -> Rows:
    body = urllib.parse.urlencode({"query": text}).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body, {"Accept": "text/csv"})) as answer:
        columns, *rows = csv.reader(io.StringIO(answer.read().decode()))
    return columns, rows


ENGINES = {
    "pyoxigraph, memory": pyoxigraph_memory, "pyoxigraph, disk": pyoxigraph_disk, "rdflib": rdflib_memory,
    "maplib": maplib, "oxigraph serve": oxigraph_serve,
}  # fmt: skip


def digest(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A hash of the sorted rows, whatever the order of their columns."""
    order = sorted(range(len(columns)), key=lambda place: columns[place])
    lines = sorted("\x1f".join(_value(row[place]) for place in order) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _value(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        day = text.replace("T00:00:00Z", "").replace("T00:00:00+00:00", "").replace(" 00:00:00+00:00", "")
        return {"True": "true", "False": "false"}.get(day, day)
    return str(Context(prec=9).plus(number).normalize()) if number.is_finite() else text


def timed(ask: Ask, text: str, limit: float, clock: Callable[[], float]) -> tuple[float, Rows]:
    """The median of some runs and the rows; raises TimeoutError after `limit` seconds where Python gets to see it."""

    def late(*_: object) -> None:
        raise TimeoutError(f"not within {limit:.0f} s")

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        taken: list[float] = []
        while not taken or (len(taken) < RUNS and sum(taken) < limit / 4):
            start = clock()
            columns, rows = ask(text)
            taken.append(clock() - start)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return statistics.median(taken), (columns, rows)


def main(engine: str, data: str, queries: str, limit: str) -> None:
    """Asks everything."""
    clock, who = time.process_time, resource.RUSAGE_SELF
    if engine == "oxigraph serve":
        clock, who = time.perf_counter, resource.RUSAGE_CHILDREN
    with ENGINES[engine](Path(data)) as ask:
        for file in sorted(Path(queries).glob("*.rq")):
            found: dict[str, Any] = {"name": file.stem}
            try:
                seconds, (columns, rows) = timed(ask, file.read_text(encoding="utf-8"), float(limit), clock)
                found |= {"seconds": seconds, "digest": digest(columns, rows), "rows": sum(1 for _ in rows)}
            except BaseException as error:  # maplib panics with what is no Exception
                found["failed"] = f"{type(error).__name__}: {str(error)[:200]}"
            print(json.dumps(found | {"MB": resource.getrusage(who).ru_maxrss / 1024}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
