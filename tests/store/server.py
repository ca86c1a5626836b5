"""Servers on the loopback: oxigraph's own with some data, and one that answers as a test wants."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

Answer = Callable[[BaseHTTPRequestHandler, str], None]
"""Answers one request, whose body is given."""


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """The address of a server that answers each POST and GET so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hangs up is what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, body: bytes, media_type: str, status: int = 200, **headers: str) -> None:
    """One whole answer."""
    handler.send_response(status)
    handler.send_header("Content-Type", media_type)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def oxigraph(*files: Path) -> Iterator[str]:
    """The query address of `oxigraph serve` with those files loaded; skips the test without the program."""
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("needs the program oxigraph (PyPI)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([program, "serve", "--bind", place], stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://{place}/")
        for file in files:
            headers = {"Content-Type": "application/n-triples"}
            url = f"http://{place}/store?default"
            urllib.request.urlopen(urllib.request.Request(url, file.read_bytes(), headers, method="POST")).close()
        yield f"http://{place}/query"
    finally:
        process.kill()
        process.wait()


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)
