"""A server on loopback in a process of its own, and a client that sends whatever it is told to.

`python -m tests.publish.serving JSON` serves; it prints its port once it listens.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:  # noqa: ANN401
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Running:
    """A server that runs: its port and its process."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Sends one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None or method in ("POST", "PUT"):
                connection.putheader("Content-Length", str(len(body or b"")))
            connection.endheaders(body)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, target: str, **headers: str) -> Answer:
        """A GET; underscores in names of headers stand for hyphens."""
        return self.ask("GET", target, {name.replace("_", "-"): value for name, value in headers.items()})

    def query(self, text: str, path: str = "/sparql", **headers: str) -> Answer:
        """A query by GET."""
        return self.get(f"{path}?{urlencode({'query': text})}", **headers)


@contextmanager
def running(**options: object) -> Iterator[Running]:
    """A server with these options: `places` (pairs of folders of store and release) and limits; ended afterwards."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.publish.serving", json.dumps(options, default=str)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        try:
            started = Running(int(process.stdout.readline()), process.pid)
            while started.get("/ready").status != 200:
                time.sleep(0.05)
            yield started
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def main(options: dict[str, Any]) -> None:
    """Serves one release with the whole site, until it is told to stop."""
    from icvkg.publish import app, connections
    from icvkg.publish.rates import Rate
    from icvkg.publish.server import Front, Place, listen
    from icvkg.publish.supervisor import supervise
    from icvkg.store.limits import Limits

    connections.HEAD_SECONDS = options.pop("head_seconds", connections.HEAD_SECONDS)
    app.BODY_SECONDS = options.pop("body_seconds", app.BODY_SECONDS)
    connections.STALL_SECONDS = options.pop("stall_seconds", connections.STALL_SECONDS)
    place = Place(Path(options.pop("store")), Path(options.pop("folder")))
    fronts, workers = options.pop("fronts", 1), options.pop("workers", 2)
    rate = Rate(*options.pop("rate", (0,)))
    opened = listen("127.0.0.1", 0)
    print(opened.getsockname()[1], flush=True)
    supervise(Front(opened, Limits(**options), workers, rate), place, fronts)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
