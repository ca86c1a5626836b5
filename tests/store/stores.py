"""Triple stores on the loopback, empty and open for writing: Oxigraph, Apache Jena Fuseki and OpenLink Virtuoso."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FUSEKI = os.environ.get("ICVKG_FUSEKI", "~/.m2/repository/org/apache/jena/jena-fuseki-server")
"""The jar, or a folder with it, where `mvn dependency:get` leaves it."""
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


@dataclass(frozen=True)
class Served:
    """A store's addresses, the graph to use (None for the default graph), and who may write."""

    query: str
    update: str
    graph_store: str
    graph: str | None = None
    login: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def oxigraph() -> Iterator[Served]:
    """The server of the PyPI package oxigraph."""
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("needs the program oxigraph (PyPI)")
    place = f"127.0.0.1:{_free()}"
    with _process([program, "serve", "--bind", place], f"http://{place}/"):
        yield Served(f"http://{place}/query", f"http://{place}/update", f"http://{place}/store")


@contextmanager
def fuseki() -> Iterator[Served]:
    """Apache Jena Fuseki with a dataset in memory."""
    java, place = shutil.which("java"), Path(FUSEKI).expanduser()
    jars = [place] if place.is_file() else sorted(place.rglob("jena-fuseki-server-*.jar"))
    if java is None or not jars:
        pytest.skip("needs Java 17 and the jar jena-fuseki-server (Maven Central); ICVKG_FUSEKI names it")
    port = _free()
    command = [java, "-Xmx2g", "-jar", str(jars[-1]), "--localhost", f"--port={port}", "--mem", "--update", "/icvkg"]
    with tempfile.TemporaryDirectory() as folder, _process(command, f"http://127.0.0.1:{port}/$/ping", folder):
        base = f"http://127.0.0.1:{port}/icvkg"
        yield Served(f"{base}/query", f"{base}/update", f"{base}/data")


@contextmanager
def virtuoso() -> Iterator[Served]:
    """OpenLink Virtuoso, whose users log in by digest; it has no default graph of its own."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs virtuoso-t (Debian: virtuoso-opensource-7)")
    sql, port = _free(), _free()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "virtuoso.ini")
        settings.write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=port))
        base = f"http://127.0.0.1:{port}"
        with _process([program, "+configfile", str(settings), "+foreground"], f"{base}/sparql?query=ASK%7B%7D", folder):
            login = {"ICVKG_ENDPOINT_USER": "dba", "ICVKG_ENDPOINT_PASSWORD": "dba"}
            auth = f"{base}/sparql-auth"
            yield Served(auth, auth, f"{base}/sparql-graph-crud-auth", "https://w3id.org/icvkg/", login)


STORES: dict[str, Callable[[], AbstractContextManager[Served]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


@contextmanager
def _process(command: list[str], url: str, folder: str | None = None) -> Iterator[None]:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(url, process)
            yield
        finally:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url).close()
            return
        except OSError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.1)
    raise TimeoutError(url)


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
