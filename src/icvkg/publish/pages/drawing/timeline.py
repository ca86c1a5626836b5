"""Spans and days along the years."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, short, text

WIDTH, ROW, TOP, NAMES = 980.0, 22.0, 30.0, 370.0


@dataclass(frozen=True)
class Span:
    """Something that happened: name, page, first and last day (equal for a day, empty where the end is open)."""

    name: str
    target: str
    first: str
    last: str


def timeline(spans: Sequence[Span], until: str, label: str) -> Markup:
    """One row a span, the earliest on top; an open end runs to the day `until`."""
    ordered = sorted(spans, key=lambda span: (span.first, span.last, span.name))
    start = int(min(span.first for span in ordered)[:4])
    end = max(int(max((span.last or until) for span in ordered)[:4]), start) + 1
    scale = (WIDTH - NAMES - 8) / (end - start)
    height = TOP + ROW * len(ordered) + 8
    rows = [_row(span, place, start, scale, until) for place, span in enumerate(ordered)]
    return picture(WIDTH, height, [*years(start, end, scale, height, NAMES), *rows], label, "timeline on-wide")


def years(start: int, end: int, scale: float, height: float, left: float) -> list[Markup]:
    """The years as lines with their numbers, as many as have room."""
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 1000) if each * scale >= 44)
    shown = [year for year in range(start, end + 1) if year % step == 0 or year == start == end]
    lines = [_line(left + (year - start) * scale, height) for year in shown]
    return lines + [text(left + (year - start) * scale + 3, 14, str(year), "year") for year in shown if year < end]


def _line(x: float, height: float) -> Markup:
    return element("line", x1=x, x2=x, y1=0, y2=height, class_="grid")


def position(day: str, start: int) -> float:
    """Years from the start of that year; a day may be as short as a year.

    >>> position("2020-07", 2019)
    1.5
    """
    month = int(day[5:7]) if len(day) >= 7 else 1
    return int(day[:4]) - start + (month - 1) / 12 + (int(day[8:10]) / 372 if len(day) >= 10 else 0)


def _row(span: Span, place: int, start: int, scale: float, until: str) -> Markup:
    y = TOP + place * ROW
    x1 = NAMES + position(span.first, start) * scale
    x2 = NAMES + position(span.last or until, start) * scale
    if span.last and x2 - x1 < 6:
        mark = element("circle", cx=min(x1 + 3, WIDTH - 6), cy=y + 6, r=4.5, class_="spot")
    else:
        kind = "span" if span.last else "span open"
        mark = element("rect", x=x1, y=y, width=max(x2 - x1, 6), height=12, rx=3, class_=kind)
    words = text(NAMES - 10, y + 11, short(span.name, 46), "item", "end")
    return linked(span.target, [words, mark], f"{span.name}: {span.first}–{span.last}")
