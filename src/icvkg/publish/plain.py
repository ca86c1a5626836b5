"""Plain queries: GET, a few harmless headers, the query alone in the address.

Most queries come like this. Two patterns that leave no room for a second reading take them apart.
"""

import re
from binascii import a2b_qp
from functools import lru_cache

from icvkg.publish.endpoint import Asked, Desk
from icvkg.publish.messages import Request
from icvkg.publish.problems import ProblemError

FOUND = b"HTTP/1.1 200 OK\r\n"
LONGEST = 1 << 13
"""Bytes of the longest plain query."""
_LINE = re.compile(rb"GET /sparql\?query=((?:[\w.~!$'()*,;:@/?+-]++|%[0-9A-Fa-f]{2})++) HTTP/1\.1")
_HEADERS = re.compile(
    rb"(?:(?:host|accept|accept-encoding|user-agent): [\x21-\x7e][\x20-\x7e]*\r\n|connection: keep-alive\r\n)+\r\n",
    re.IGNORECASE,
)


def plain_query(desk: Desk, data: bytes) -> tuple[Request, Asked] | None:
    """The request in these bytes and what it asks; None for what is not exactly one plain query."""
    if len(data) > LONGEST:
        return None
    line, _, block = data.partition(b"\r\n")
    query, request = _LINE.fullmatch(line), _request(block)
    if query is None or request is None:
        return None
    try:
        text = decoded(query[1]).decode()
        return request, desk.understand(text, [], request.header("accept"))
    except (ProblemError, UnicodeDecodeError):
        return None


def decoded(query: bytes) -> bytes:
    """A part of a query string without its escapes, which must all be well-formed; `=` must not stand in it.

    Percent-encoding is quoted-printable with another sign, and that is decoded in C.
    """
    return a2b_qp(query.replace(b"+", b" ").replace(b"%", b"="))


@lru_cache(1024)
def _request(block: bytes) -> Request | None:
    """A request with these headers; None when there are others than plain ones, or one twice."""
    if not _HEADERS.fullmatch(block):
        return None
    pairs = [line.split(": ", 1) for line in block.decode("ascii").split("\r\n")[:-2]]
    found = {name.lower(): value for name, value in pairs}
    return Request("GET", "/sparql", "", found) if len(found) == len(pairs) else None
