"""How much one query may take."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The limits of one query: text in bytes, wall time in seconds, memory and answer in bytes.

    `waiting` is how many queries may stand in line for a worker, `patience` for how many seconds.
    """

    text: int = 256 * 1024
    seconds: float = 20.0
    memory: int = 1024 * MEBIBYTE
    answer: int = 512 * MEBIBYTE
    inline: int = MEBIBYTE
    waiting: int = 256
    patience: float = 20.0
