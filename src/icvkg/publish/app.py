"""The application (ASGI 3): reads a request within limits, finds its route, sends the response."""

import asyncio
import inspect
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote

from icvkg.publish.messages import Request, Response
from icvkg.publish.problems import ProblemError, problem
from icvkg.publish.routes import Route, find
from icvkg.publish.sending import Outgoing, conditional, header_line, preflight

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Dress = Callable[[Request, Response], Response]
MAX_BODY = 1 << 20
BODY_SECONDS = 10.0
"""How long a client may take for its whole body."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_LOG = logging.getLogger(__name__)


class App:
    """The routes, as a server for ASGI calls them."""

    def __init__(self, routes: Sequence[Route], base: str | None = None, dress: Dress | None = None) -> None:
        """`dress` may put a page in the place of a problem document."""
        self._routes, self._base, self._dress = routes, base, dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request, is_public = _bare(scope), False
        try:
            request = await self._read(scope, receive)
            route, match = find(self._routes, request)
            is_public = route.is_public
            response = preflight() if request.method == "OPTIONS" else await _call(route, request, match)
            response = conditional(request, response)
        except ProblemError as error:
            response = self._dress(request, error.response) if self._dress else error.response
        except Exception:
            _LOG.exception("a request failed")
            response = problem(500, "This request could not be handled; the fault is ours.")
        await send_out(Outgoing(request, response, is_public=is_public), send)

    async def _read(self, scope: Scope, receive: Receive) -> Request:
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        try:
            path = scope["raw_path"].decode("ascii")
            path = unquote(path, errors="strict") if "%" in path else path
            query = scope["query_string"].decode("ascii")
        except UnicodeDecodeError:
            raise ProblemError(400, "The address must be UTF-8, percent-encoded.") from None
        body = await _body(headers, receive) if scope["method"] == "POST" else b""
        return Request(scope["method"], path, query, headers, body, self._base or _address(headers))


def _bare(scope: Scope) -> Request:
    return Request(scope["method"], scope["path"])


async def _call(route: Route, request: Request, match: re.Match[str]) -> Response:
    response = route.handler(request, match)
    return await response if inspect.isawaitable(response) else response


def _address(headers: dict[str, str]) -> str:
    """Where the client thinks we are; a host that is no host name counts for nothing."""
    host = headers.get("host", "")
    return f"http://{host}/" if _HOST.fullmatch(host) else "http://127.0.0.1/"


async def _body(headers: dict[str, str], receive: Receive) -> bytes:
    """The whole body; raises ProblemError when it is too large, too slow, or compressed."""
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ProblemError(415, "The body of a request must not be compressed here.")
    if len(headers.get("content-length", "")) > 18 or int(headers.get("content-length") or 0) > MAX_BODY:
        raise ProblemError(413, f"The body may have {MAX_BODY} bytes.")
    data = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                data += message.get("body", b"")
                if len(data) > MAX_BODY:
                    raise ProblemError(413, f"The body may have {MAX_BODY} bytes.", ("Connection", "close"))
                if not message.get("more_body"):
                    return bytes(data)
    except TimeoutError:
        raise ProblemError(408, f"The body took longer than {BODY_SECONDS:g} s.", ("Connection", "close")) from None


async def send_out(outgoing: Outgoing, send: Send) -> None:
    """Sends all of it, no faster than the client takes it."""
    headers = [header_line(name, value) for name, value in outgoing.headers]
    await send({"type": "http.response.start", "status": outgoing.status, "headers": headers})
    try:
        if not outgoing.is_silent:
            for piece in outgoing.pieces():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        outgoing.close()
