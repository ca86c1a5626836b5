"""Connections in bounds: a head that is too large or too slow ends its connection before the application sees it."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 1 << 19
HEAD_SECONDS = 10.0
STALL_SECONDS = 30.0
"""How long a client may take for the head of a request, and for reading a part of the response."""
MAX_CONNECTIONS = 1000
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit on the bytes and the seconds that the head of a request may take."""

    _head = 0
    _clock: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client: one too many is turned away."""
        super().connection_made(transport)  # type: ignore[arg-type]
        if len(self.connections) > MAX_CONNECTIONS:
            self._refuse(_TOO_MANY)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._stop()
        self._read_on()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a head count; those of a body are counted by the application."""
        if self._clock is not None:
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._refuse(_TOO_LARGE)
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head is there in time."""
        self._stop()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Waits for the next head on this connection."""
        super().on_response_complete()
        self._await_head()

    def pause_writing(self) -> None:
        """The client reads more slowly than we write; if it stops, its connection ends."""
        super().pause_writing()
        self._stall = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads on."""
        self._read_on()
        super().resume_writing()

    def _read_on(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _await_head(self) -> None:
        self._stop()
        self._head = 0
        self._clock = self.loop.call_later(HEAD_SECONDS, self._refuse, _TOO_SLOW)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _refuse(self, answer: bytes) -> None:
        self._stop()
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()
