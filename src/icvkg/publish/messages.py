"""What comes in and what goes out, apart from how either travels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    """A request: path decoded, `query` as it came, header names in lower case, `base` the address of the server."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    base: str = "http://127.0.0.1/"

    def header(self, name: str) -> str:
        """The value of a header, empty when there is none."""
        return self.headers.get(name, "")

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The pairs of the query part; raises UnicodeDecodeError when they are not UTF-8, ValueError when too many."""
        return pairs(self.query)


def pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of a query part or form; raises UnicodeDecodeError when not UTF-8, ValueError when too many."""
    return parse_qsl(text, keep_blank_values=True, max_num_fields=100, errors="strict")


@dataclass(frozen=True)
class Response:
    """A response: the body as bytes, or a file to send (`is_temporary`: it goes as soon as it is opened).

    `etag` names the content, without quotes; `vary` the request headers that chose it.
    """

    status: int = 200
    media: str = "text/plain; charset=utf-8"
    body: bytes | Path = b""
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""
    modified: float | None = None
    vary: tuple[str, ...] = ()
    is_temporary: bool = False
