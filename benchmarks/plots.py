"""Seconds by number of triples, both on logarithmic scales, as SVG."""

from collections.abc import Sequence
from pathlib import Path

import altair as alt

from figures import Figure


def plot(figures: Sequence[Figure], file: Path) -> None:
    """Draws one kind of work: a line a side."""
    rows = [{"triples": each.size, "seconds": each.seconds, "side": each.side} for each in figures]
    scale = alt.Scale(type="log")
    alt.Chart(alt.InlineData(rows), title=figures[0].work, width=360, height=220).mark_line(point=True).encode(
        alt.X("triples:Q", scale=scale, axis=alt.Axis(format="~s", values=_decades(figures))),
        alt.Y("seconds:Q", scale=scale, axis=alt.Axis(format="~g", tickCount=5)),
        alt.Color("side:N", title=None, sort=list(dict.fromkeys(each.side for each in figures))),
    ).save(file)


def _decades(figures: Sequence[Figure]) -> list[int]:
    return sorted(
        {10 ** len(str(each.size)) for each in figures} | {10 ** (len(str(each.size)) - 1) for each in figures}
    )
