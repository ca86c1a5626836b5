"""What can go wrong, in words that say where, what was expected and what is near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class IcvkgError(Exception):
    """Wrong use or bad input; the command line ends with status 2."""


LONGEST_NAME = 200
"""Of a longer name only so many characters are compared, so that the hint costs little."""


class UnknownNameError(IcvkgError):
    """A name that is not there, with the nearest that are."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name[:LONGEST_NAME], sorted(known), n=3, cutoff=0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"There is no {kind} named {shorten(name)!r}.{hint}")


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a table: where it is, what stands there, what was expected, what is near.

    `line` counts from 1, the header being line 1; 0 means the file as a whole.
    """

    file: str
    line: int
    column: str
    value: str
    expected: str
    nearest: str = ""

    def __str__(self) -> str:
        """One line for a terminal: file:line, column, value, expectation, nearest valid value."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" {self.column}:" if self.column else ""
        value = f" {shorten(self.value)!r}:" if self.value else ""
        near = f" (nearest: {shorten(self.nearest)!r})" if self.nearest else ""
        return f"{place}:{column}{value} {self.expected}{near}"


class FaultyTablesError(IcvkgError):
    """The tables cannot be read as they stand; carries every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        files = len({fault.file for fault in faults})
        super().__init__(f"{len(faults)} fault{'s' * (len(faults) != 1)} in {files} file{'s' * (files != 1)}")


def shorten(text: str, limit: int = 80) -> str:
    """The text in at most `limit` characters; an ellipsis shows a cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def nearest(value: str, known: Iterable[str]) -> str:
    """The known value most like `value`, or nothing when none is alike."""
    near = get_close_matches(value, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""
