"""How a response leaves: conditional requests, HEAD, gzip, cross-origin and security headers, in bounded pieces."""

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from icvkg.publish.messages import Request, Response
from icvkg.publish.negotiation import likes_gzip
from icvkg.publish.pages.policy import STRICT

PIECE = 1 << 16
_SMALLEST = 860
"""Bytes below which compressing costs more than it saves."""
_SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
)
_PAGE = (
    *_SECURITY[:2],
    ("Content-Security-Policy", f"{STRICT}; frame-ancestors 'none'"),
)
_PUBLIC = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Content-Location, ETag, Link, Location, Retry-After"),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
_COMPRESSIBLE = (
    "text/", "application/json", "application/ld+json", "application/sparql", "application/rdf+xml", "application/n-",
    "application/trig", "application/xml", "application/problem", "image/svg",
)  # fmt: skip


def conditional(request: Request, response: Response) -> Response:
    """The response, or 304 without a body when the client has it already (RFC 9110, section 13)."""
    if response.status != 200 or request.method not in ("GET", "HEAD"):
        return response
    wanted = request.header("if-none-match")
    if wanted:
        known = {tag.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for tag in wanted.split(",")}
        is_known = bool(response.etag) and (response.etag in known or "*" in known)
    else:
        is_known = _unmodified(request.header("if-modified-since"), response.modified)
    return replace(response, status=304, body=b"", is_temporary=False) if is_known else response


def _unmodified(since: str, modified: float | None) -> bool:
    if not since or modified is None:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False


def preflight() -> Response:
    """The answer to OPTIONS."""
    return Response(204, "", b"", _PREFLIGHT)


class Outgoing:
    """A response on its way: its headers, and its body piece by piece."""

    def __init__(self, request: Request, response: Response, *, is_public: bool) -> None:
        self.status = response.status
        self._file: BinaryIO | None = _opened(response) if isinstance(response.body, Path) else None
        self._bytes = b"" if isinstance(response.body, Path) else response.body
        size = os.fstat(self._file.fileno()).st_size if self._file else len(self._bytes)
        can_shrink = size >= _SMALLEST and response.media.startswith(_COMPRESSIBLE)
        self._shrinks = can_shrink and likes_gzip(request.header("accept-encoding"))
        self.is_silent = request.method == "HEAD" or response.status in (204, 304)
        vary = (*response.vary, "Accept-Encoding") if can_shrink or response.status == 304 else response.vary
        self.headers = [*response.headers, *_security(response), *(_PUBLIC if is_public else ())]
        self._describe(response, vary, size)

    def _describe(self, response: Response, vary: tuple[str, ...], size: int) -> None:
        if response.media and self.status not in (204, 304):
            self.headers.append(("Content-Type", response.media))
        if vary:
            self.headers.append(("Vary", ", ".join(vary)))
        if response.etag:
            self.headers.append(("ETag", f'"{response.etag}{"-gzip" * self._shrinks}"'))
        if response.modified is not None:
            self.headers.append(("Last-Modified", formatdate(response.modified, usegmt=True)))
        if self._shrinks:
            self.headers.append(("Content-Encoding", "gzip"))
        elif self.status not in (204, 304):
            self.headers.append(("Content-Length", str(size)))

    def pieces(self) -> Iterator[bytes]:
        """The body, in pieces of bounded size; compressed when the client likes that."""
        plain = self._read()
        return _gzipped(plain) if self._shrinks else plain

    def _read(self) -> Iterator[bytes]:
        if self._file is None:
            yield from (self._bytes[at : at + PIECE] for at in range(0, len(self._bytes), PIECE))
            return
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        """Lets go of the file."""
        if self._file:
            self._file.close()


def plain(request: Request, response: Response) -> bytes | None:
    """Headers and body as they go over a connection; None for what is compressed, or lies in a file.

    As `Outgoing` has it, for a public response; the headers that are the same for many are put together once.
    """
    body = response.body
    if isinstance(body, Path) or (len(body) >= _SMALLEST and likes_gzip(request.header("accept-encoding"))):
        return None
    standing = _standing(response.media, response.headers, response.vary, len(body) >= _SMALLEST)
    tag = b'etag: "%s"\r\n' % response.etag.encode() if response.etag else b""
    return b"%s%scontent-length: %d\r\n\r\n%s" % (standing, tag, len(body), body)


@lru_cache(256)
def _standing(media: str, headers: tuple[tuple[str, str], ...], vary: tuple[str, ...], is_long: bool) -> bytes:
    """The headers that do not depend on the body, as bytes."""
    some = Response(200, media, bytes(_SMALLEST if is_long else 0), headers, vary=vary)
    lines = Outgoing(Request("GET", ""), some, is_public=True).headers
    return b"".join(b"%s: %s\r\n" % header_line(*pair) for pair in lines if pair[0] != "Content-Length")


@lru_cache(4096)
def header_line(name: str, value: str) -> tuple[bytes, bytes]:
    """A header as bytes; raises ValueError for a value that would begin another header."""
    if re.search(r"[\x00-\x1f\x7f]", value):
        raise ValueError("a header must be one line")
    return name.lower().encode("ascii"), value.encode("latin-1")


def _security(response: Response) -> tuple[tuple[str, str], ...]:
    given = {name for name, _ in response.headers}
    rules = _PAGE if response.media.startswith("text/html") else _SECURITY
    return tuple(pair for pair in rules if pair[0] not in given)


def _opened(response: Response) -> BinaryIO:
    assert isinstance(response.body, Path)
    file = response.body.open("rb")
    if response.is_temporary:
        response.body.unlink()
    return file


def _gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=5, wbits=31)
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()
