"""One request and its response on a connection, as an ASGI application sees them."""

import asyncio
import logging
from collections.abc import MutableMapping
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from icvkg.publish.tally import count_status

if TYPE_CHECKING:
    from icvkg.publish.all_connections import Application
    from icvkg.publish.connections import Connection

Message = MutableMapping[str, Any]
_LOG = logging.getLogger(__name__)
_FULL = 1 << 18
"""Bytes of a body that may lie here unread before the connection is read no further."""


class Exchange:
    """A request that comes in and the response that goes out."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self.url, self.headers = b"", list[tuple[bytes, bytes]]()
        self.task: asyncio.Task[None] | None = None
        self._body, self._is_whole = bytearray(), False
        self._news = asyncio.Event()
        self._head, self._is_chunked, self._keep, self._begun, self._done = b"", False, True, False, False

    def begin(self, method: bytes, version: str, keep: bool) -> None:
        """The head is there."""
        self.method, self._version, self._keep = method.decode("ascii"), version, keep

    def feed(self, data: bytes) -> None:
        """A part of the body."""
        self._body += data
        self._news.set()
        if len(self._body) > _FULL:
            self._connection.transport.pause_reading()

    def end(self) -> None:
        """The body is whole."""
        self._is_whole = True
        self._news.set()

    def abandon(self) -> None:
        """The client is gone."""
        if self.task is not None:
            self.task.cancel()

    async def run(self, application: "Application") -> None:
        """Has the application answer; a fault that it does not handle ends the connection."""
        path, _, query = self.url.partition(b"#")[0].partition(b"?")
        if path[:1] != b"/":
            path = b"/" + path.partition(b"://")[2].partition(b"/")[2]
        scope = {
            "type": "http", "method": self.method, "path": path.decode("latin-1"), "raw_path": path,
            "query_string": query, "headers": self.headers,
        }  # fmt: skip
        try:
            await application(scope, self.receive, self.send)
        except Exception:
            _LOG.exception("the application failed")
            self._keep = False
        self._connection.answered(self, keep=self._keep and self._done and self._is_whole)

    async def receive(self) -> Message:
        """What has come of the body since the last time."""
        if self._version == "1.1" and (b"expect", b"100-continue") in self.headers and not self._begun:
            self._begun = True
            self._connection.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        while not (self._body or self._is_whole):
            self._news.clear()
            await self._news.wait()
        data = bytes(self._body)
        self._body.clear()
        self._connection.transport.resume_reading()
        return {"type": "http.request", "body": data, "more_body": not self._is_whole}

    async def send(self, message: Message) -> None:
        """The head is held until the first piece of the body; pieces wait for a client that reads slowly."""
        if message["type"] == "http.response.start":
            self._start(message["status"], message["headers"])
            return
        data, more = message.get("body", b""), message.get("more_body", False)
        if self._is_chunked:
            data = (b"%x\r\n%s\r\n" % (len(data), data) if data else b"") + (b"" if more else b"0\r\n\r\n")
        self._done = not more
        if self._head or data:
            self._connection.transport.write(self._head + data)
            self._head = b""
        if not self._connection.writable.is_set():
            await self._connection.writable.wait()

    def _start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        count_status(status)
        names = {name for name, _ in headers}
        is_sized = b"content-length" in names or status in (204, 304) or self.method == "HEAD"
        self._is_chunked = not is_sized and self._version == "1.1"
        self._keep = self._keep and (is_sized or self._is_chunked) and (b"connection", b"close") not in headers
        lines = [_status(status), self._connection.all.date()]
        lines += [b"%s: %s\r\n" % pair for pair in headers]
        if self._is_chunked:
            lines.append(b"transfer-encoding: chunked\r\n")
        if not self._keep and b"connection" not in names:
            lines.append(b"connection: close\r\n")
        elif self._version == "1.0":
            lines.append(b"connection: keep-alive\r\n")
        self._head = b"".join([*lines, b"\r\n"])


@lru_cache
def _status(status: int) -> bytes:
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
