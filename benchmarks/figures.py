"""What a benchmark measured, in the same form for all: figures, written as JSON for `all.py` or printed as a table."""

import argparse
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

COLUMNS = ("work", "size", "side", "seconds", "times ours", "peak MB", "growth", "same as ours")


@dataclass(frozen=True)
class Figure:
    """The median seconds and peak memory of one side at some work.

    `size` counts triples, 0 where it makes no sense; `same` says how far the result was that of the first side.
    """

    work: str
    size: int
    side: str
    seconds: float
    megabytes: float = 0
    same: str = ""


def add_options(parser: argparse.ArgumentParser, rounds: int) -> None:
    """The options that all benchmarks have."""
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--json", type=Path, help="Write the figures there; otherwise a table is printed.")


def deliver(figures: Iterable[Figure], given: argparse.Namespace) -> None:
    """Writes the figures as JSON, or prints their table."""
    found = list(figures)
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in found]), encoding="utf-8")
    else:
        print("\n".join(table(found)))


def table(figures: Sequence[Figure]) -> Iterator[str]:
    """Markdown: each side beside the first of its work and size, and how fast its time grows from size to size.

    Growth is the exponent: 1 where the time grows as the number of triples does.
    """
    yield f"| {' | '.join(COLUMNS)} |"
    yield "| --- | ---: | --- | ---: | ---: | ---: | ---: | --- |"
    for each in figures:
        first = next(other for other in figures if (other.work, other.size) == (each.work, each.size))
        cells = (
            each.work, f"{each.size:,}" if each.size else "", each.side, precise(each.seconds),
            f"{each.seconds / first.seconds:.2f}", f"{each.megabytes:,.0f}" if each.megabytes else "",
            growth(each, figures), each.same,
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def growth(figure: Figure, figures: Iterable[Figure]) -> str:
    """The growth exponent of the time since the next smaller size; empty where there is none."""
    smaller = [
        other
        for other in figures
        if (other.work, other.side) == (figure.work, figure.side) and other.size < figure.size
    ]
    if not smaller:
        return ""
    last = max(smaller, key=lambda other: other.size)
    return f"{math.log(figure.seconds / last.seconds) / math.log(figure.size / last.size):.2f}"


def precise(number: float) -> str:
    """Three digits that count."""
    return f"{number:,.{max(0, 2 - math.floor(math.log10(number))) if number else 0}f}"
