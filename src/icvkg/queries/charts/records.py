"""The rows of an answer as a chart takes them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from icvkg.queries.answers import Answer, bare_code, words
from icvkg.queries.exports.typed import kinds
from icvkg.queries.wording import worded

Record = dict[str, Any]
Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart
_NUMBERS = ("integer", "decimal", "double")
STRONG = 10
UNKNOWN = {"en": "not stated", "zh": "未说明"}


def records(answer: Answer, language: str) -> list[Record]:
    """One record a row: numbers as numbers, all else in words, None where a variable is unbound.

    Chinese names stand in place of English ones if asked for.
    """
    answer = worded(answer, language)
    numeric = [kind in _NUMBERS for kind in kinds(answer)]
    found = []
    for row in answer.rows:
        record: Record = {}
        for name, term, number in zip(answer.columns, row, numeric, strict=True):
            record[name] = None if term is None else float(term.value) if number else bare_code(words(term))
        found.append(_in_language(record) if language == "zh" else record)
    return found


def shades(rows: Sequence[Record], field: str) -> alt.Scale:
    """A colour for each value of a field: ten strong ones, or twenty where ten are too few."""
    return alt.Scale(scheme="tableau20" if len({row[field] for row in rows}) > STRONG else "tableau10")


def drawing(rows: Sequence[Record]) -> alt.Chart:
    """A chart of these rows, to be marked and encoded."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def _in_language(record: Record) -> Record:
    return record | {name: record[f"{name}Zh"] for name in record if record.get(f"{name}Zh")}


def text_of(record: Mapping[str, Any], field: str, language: str) -> str:
    """What a field says, or that it is not stated."""
    return str(record.get(field) or UNKNOWN[language])


def period(text: str | None) -> tuple[str, str] | None:
    """The first and last day of a day, month or year as the sources give it; None for no day.

    >>> period("2024-02"), period("2024")
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'))
    """
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return f"{text}-01-01", f"{text}-12-31"
    if len(parts) == 2:
        year, month = parts
        following = date(year + month // 12, month % 12 + 1, 1)
        return f"{text}-01", (following - timedelta(days=1)).isoformat()
    return text, text
