"""HTTP/1.1 connections kept in bounds: parsed by httptools, answered by an ASGI application.

A head that is too large or too slow ends its connection before the application sees it, and so does a client that stops
reading. Requests in a row on one connection are answered in order (RFC 9112).
"""

import asyncio
from collections import deque
from http import HTTPStatus
from typing import cast

import httptools

from icvkg.publish.all_connections import Connections
from icvkg.publish.app import send_out
from icvkg.publish.exchange import Exchange
from icvkg.publish.lendable import Lendable
from icvkg.publish.lenders import Lease
from icvkg.publish.plain import FOUND
from icvkg.publish.rates import too_many
from icvkg.publish.sending import Outgoing
from icvkg.publish.shortcut import Pending
from icvkg.publish.tally import Counted, count, count_status

MAX_HEAD = 1 << 19
HEAD_SECONDS = 10.0
STALL_SECONDS = 30.0
"""How long a client may take for the head of a request, and for reading a part of the response."""
LINGER_SECONDS = 2.0
MAX_CONNECTIONS = 1000
MAX_WAITING = 32
"""Requests that may wait on one connection before it is read on."""


class Connection(Lendable, asyncio.Protocol):
    """One connection."""

    transport: asyncio.Transport

    def __init__(self, all_: Connections) -> None:
        self.all, self.loop = all_, asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._waiting: deque[Exchange] = deque()
        self._reading: Exchange | None = None
        self._answering: Exchange | Lease | Pending | None = None
        self._head, self._last, self._is_partial = 0, False, False
        self._since: float | None = None
        """Since when a head is awaited."""
        self._clock: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None
        self.writable = asyncio.Event()
        self.writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client: one too many is turned away."""
        self.transport = cast("asyncio.Transport", transport)
        self._peer = str((self.transport.get_extra_info("peername") or ("",))[0])
        self.all.open.add(self)
        count(Counted.CONNECTIONS)
        if len(self.all.open) > MAX_CONNECTIONS:
            self._refuse(503)
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone, and what was done for it stops."""
        self.all.open.discard(self)
        self._cancel_clock()
        self._stop_stall()
        self.writable.set()
        for begun in (self._reading, self._answering):
            if begun is not None:
                begun.abandon()

    def data_received(self, data: bytes) -> None:
        """Bytes of a head count here; those of a body are counted by the application."""
        if self._last or (self._is_between() and self._short(data)):
            return
        if self._since is not None:
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._refuse(431)
                return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._last = True
        except httptools.HttpParserError:
            self._refuse(400)

    def _is_between(self) -> bool:
        """Whether no request is being read or answered."""
        return not self._is_partial and self._answering is None and self.writable.is_set()

    def _short(self, data: bytes) -> bool:
        shortcut = self.all.shortcut
        return shortcut is not None and shortcut.take(self, data)

    def may_ask(self) -> bool:
        """Whether a plain query is within the rate of this client."""
        return self.all.buckets is None or not self.all.buckets.wait(self._peer)

    def pause_writing(self) -> None:
        """The client reads more slowly than we write; if it stops, its connection ends."""
        self.writable.clear()
        self._stall = self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads on; a head is awaited from now."""
        self._stop_stall()
        if self._since is not None:
            self._since = self.loop.time()
        self.writable.set()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_partial = True
        self._reading = Exchange(self)

    def on_url(self, url: bytes) -> None:
        """The address, or a part of it."""
        cast("Exchange", self._reading).url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        cast("Exchange", self._reading).headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """The head is there in time: it is answered when those before it are."""
        self._since = None
        exchange = cast("Exchange", self._reading)
        exchange.begin(self._parser.get_method(), self._parser.get_http_version(), self._parser.should_keep_alive())
        if self._answering is None:
            self._answer(exchange)
        else:
            self._waiting.append(exchange)
            if len(self._waiting) > MAX_WAITING:
                self.transport.pause_reading()

    def on_body(self, data: bytes) -> None:
        """A part of a body."""
        cast("Exchange", self._reading).feed(data)

    def on_message_complete(self) -> None:
        """A request ends."""
        self._is_partial = False
        cast("Exchange", self._reading).end()

    def _answer(self, exchange: Exchange) -> None:
        self._answering = exchange
        wait = self._wait(exchange)
        application = too_many(wait) if wait else self.all.application
        exchange.task = self.loop.create_task(exchange.run(application))

    def _wait(self, exchange: Exchange) -> float:
        """The seconds until this client may ask again; 0: it may now."""
        if self.all.buckets is None:
            return 0.0
        forwarded = b",".join(value for name, value in exchange.headers if name == b"x-forwarded-for")
        return self.all.buckets.wait(self._peer, forwarded.decode("latin-1"))

    def begin(self, pending: Pending) -> None:
        """A plain query that came by the short way."""
        self._since = None
        self._answering = pending
        pending.start()

    def send_found(self, rest: bytes) -> None:
        """Sends an answer that is at hand: its headers and body."""
        self._since = self.loop.time()
        count(Counted.SUCCESS)
        self.transport.write(FOUND + self.all.date() + rest)

    def send(self, outgoing: Outgoing) -> None:
        """Sends a response to a plain query piece by piece, no faster than the client takes it."""
        self._answering = exchange = Exchange(self)
        exchange.begin(b"GET", "1.1", keep=True)
        exchange.end()
        exchange.task = self.loop.create_task(exchange.run(lambda _, __, send: send_out(outgoing, send)))

    def answered(self, exchange: Exchange | Lease | Pending, *, keep: bool) -> None:
        """A response is out; the next request on this connection is answered, or waited for."""
        self._answering = None
        if not keep or self._last:
            self._part()
        elif self._waiting:
            self._answer(self._waiting.popleft())
            self.transport.resume_reading()
        else:
            self._await_head()

    def finish(self) -> None:
        """Closes now, or after the response that is being written."""
        self._last = True
        if self._answering is None:
            self.transport.close()

    def _await_head(self) -> None:
        self._head, self._since = 0, self.loop.time()
        if self._clock is None:
            self._clock = self.loop.call_later(HEAD_SECONDS, self._look)

    def _look(self) -> None:
        """The clock runs on from request to request: it says only now and then how long a head has been awaited."""
        self._clock = None
        is_awaited = self._since is not None and self.writable.is_set()
        left = HEAD_SECONDS - (self.loop.time() - cast("float", self._since)) if is_awaited else HEAD_SECONDS
        if left > 0:
            self._clock = self.loop.call_later(left, self._look)
        else:
            self._refuse(408)

    def _cancel_clock(self) -> None:
        self._since = None
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _stop_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _part(self) -> None:
        """Sends nothing more, and lets what the client still sends go by for a while, so that it reads our answer."""
        self._last = True
        self._cancel_clock()
        if not self.transport.is_closing():
            self.transport.write_eof()
            self.transport.resume_reading()
            self._clock = self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _refuse(self, status: int) -> None:
        """Says why in one line, unless something else is being said, and closes."""
        self._cancel_clock()
        self._last = True
        if not self.transport.is_closing():
            if self._answering is None:
                count_status(status)
                line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
                self.transport.write(f"{line}connection: close\r\ncontent-length: 0\r\n\r\n".encode())
            self._part()
