"""The application called directly: what a server never lets through, and faults of ours."""

import asyncio
import re
from collections.abc import MutableMapping
from typing import Any

import pytest

from icvkg.publish.app import App
from icvkg.publish.messages import Request, Response
from icvkg.publish.negotiation import choose, likes_gzip
from icvkg.publish.routes import Route

Message = MutableMapping[str, Any]


def call(response: Response | Exception, path: str = "/x") -> list[Message]:
    """What the application sends for a handler that gives, or raises, this."""

    def handler(request: Request, match: re.Match[str]) -> Response:
        if isinstance(response, Exception):
            raise response
        return response

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": []}
    asyncio.run(App([Route("/x", handler)])(scope, receive, send))
    return sent


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x", "a\nb", "a\rb", "\x00", "a\x7f"])
def test_no_value_begins_another_header(value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        call(Response(200, headers=(("Location", value),)))


def test_a_fault_of_ours_tells_nothing_about_us() -> None:
    start, body, *_ = call(RuntimeError("/secret/path"))
    assert start["status"] == 500
    assert b"secret" not in body["body"]


def test_what_is_not_there_is_404() -> None:
    assert call(Response(), "/y")[0]["status"] == 404


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/b"),
        ("c/d", "c/d"),
        ("a/b;q=0.2, c/d;q=0.3", "c/d"),
        ("*/*", "a/b"),
        ("*/*;q=0.1, c/*", "c/d"),
        ("a/*;q=0, */*", "c/d"),
        ("a/b;q=0", None),
        ("x/y", None),
        ("nonsense", None),
        ("c/d;level=1;q=0.9, a/b;q=0.8", "c/d"),
        ("a/b;q=7", "a/b"),
    ],
)
def test_the_form_liked_best_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, ("a/b", "c/d")) == chosen


@pytest.mark.parametrize(
    ("accepted", "likes"),
    [("", False), ("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("*", True), ("identity", False)],
)
def test_gzip_is_sent_to_those_who_take_it(accepted: str, likes: bool) -> None:
    assert likes_gzip(accepted) is likes
