"""The charts of answers as pictures of their own, where the extra `charts` is installed."""

from functools import cache
from importlib.util import find_spec

from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery

MOST_ROWS = 2_000
"""Rows beyond which a picture would be a blot, and long in the making."""


@cache
def can_draw() -> bool:
    """Whether Altair and vl-convert are here."""
    return all(find_spec(name) for name in ("altair", "vl_convert"))


def has_picture(query: CuratedQuery, answer: Answer) -> bool:
    """Whether the header of the query asks for a chart, and there is something to draw."""
    return query.chart is not None and 0 < len(answer) <= MOST_ROWS and can_draw()


def picture(answer: Answer, language: str) -> bytes:
    """The chart as SVG, with what it says of itself; raises IcvkgError for what cannot be drawn."""
    from icvkg.queries.charts.drawing import drawn

    return drawn(answer, ".svg", language)
