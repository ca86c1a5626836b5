"""How a worker and the process that asks it talk: a header in JSON and a body, each with its length before it."""

import json
import struct
from functools import lru_cache
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
_SHORT = 512
"""Headers up to so many bytes are read once: most frames bear one of a few."""
Frame = tuple[dict[str, Any], bytes]


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame as bytes."""
    return join(json.dumps(header).encode(), body)


def join(header: bytes, body: bytes) -> bytes:
    """A frame of a header that is in JSON already."""
    return b"%s%s%s" % (_LENGTHS.pack(len(header), len(body)), header, body)


def unpack(data: bytes | bytearray, at: int = 0) -> tuple[Frame, int] | None:
    """The frame that begins there, and where it ends; None while some of it is missing."""
    if len(data) < at + _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack_from(data, at)
    start = at + _LENGTHS.size
    middle, end = start + header, start + header + body
    if len(data) < end:
        return None
    return (_header(bytes(data[start:middle])), bytes(data[middle:end])), end


def read(stream: BinaryIO) -> Frame | None:
    """The next frame of a stream; None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    return _header(stream.read(header)), stream.read(body)


def _header(text: bytes) -> dict[str, Any]:
    """The header as a dictionary, which is not to be changed."""
    return _known(text) if len(text) <= _SHORT else json.loads(text)


@lru_cache(64)
def _known(text: bytes) -> dict[str, Any]:
    return json.loads(text)  # type: ignore[no-any-return]
