"""How a worker and the process that asks it talk: a header in JSON and a body, each with its length before it."""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
Frame = tuple[dict[str, Any], bytes]


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame as bytes."""
    text = json.dumps(header).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def unpack(data: bytes | bytearray) -> Frame | None:
    """The frame that these bytes hold; None while some are missing."""
    if len(data) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size + header
    if len(data) < start + body:
        return None
    return json.loads(data[_LENGTHS.size : start]), bytes(data[start : start + body])


def read(stream: BinaryIO) -> Frame | None:
    """The next frame of a stream; None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(header)), stream.read(body)
