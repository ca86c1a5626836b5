"""An answer: columns and rows of terms, with the words that people read in their place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from icvkg.errors import UnknownNameError
from icvkg.namespaces import OUTSIDE, SCHEMES, shorten_iri
from icvkg.queries.chinese import base, shared
from icvkg.store.asking import Row, Term

if TYPE_CHECKING:
    import altair as alt
    import pandas
    import polars
    import pyarrow

    from icvkg.queries.origin import Origin

SOURCES = "sources"
"""The column that holds all sources of a row, where they are asked for."""
FOOTNOTE = ("claim", "status", "confidence", "source", SOURCES)
"""Columns that stand under a table for readers, a line a row."""
_DATE_TIME = OUTSIDE["xsd"] + "dateTime"
_BOOLEAN = OUTSIDE["xsd"] + "boolean"
_SPELT = {"1": "true", "0": "false"}
"""Spellings of booleans (XML Schema 1.1 part 2, section 3.3.2.2) and the canonical ones."""


@dataclass(frozen=True)
class Answer:
    """What a query gave: variable names, rows of terms (None where a variable is unbound), and where it came from."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    origin: "Origin | None" = None
    note_zh: str = ""

    def remark(self, language: str) -> str:
        """The note in that language: what the sources lack where there are no rows."""
        return self.note_zh if language == "zh" and self.note_zh else self.note

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def cut(self, limit: int | None, columns: Sequence[str] | None) -> "Answer":
        """The first `limit` rows and the columns named; raises UnknownNameError for a column that is not there."""
        for name in columns or ():
            if name not in self.columns:
                raise UnknownNameError("column", name, self.columns)
        kept = [self.columns.index(name) for name in columns or self.columns]
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows[:limit])
        return replace(self, columns=tuple(self.columns[place] for place in kept), rows=rows)

    def for_readers(self, language: str) -> "Answer":
        """The columns that people read in a table, codes and names in the reader's language."""
        from icvkg.queries.wording import worded

        return worded(self.cut(None, self.readers_columns(language)), language)

    def readers_columns(self, language: str) -> list[str]:
        """The columns that people read in a table: names instead of IRIs, one language, footnotes apart."""
        follower = dict(pairwise(self.columns))
        hidden = {name for name in self.columns if f"{name}Name" in follower.values() or name.endswith("Url")}
        hidden |= {name for name, after in follower.items() if after.endswith(("Name", "title")) and self._names(name)}
        hidden |= {name if language == "zh" else f"{name}Zh" for name in self.columns if f"{name}Zh" in self.columns}
        if self.has_footnotes:
            hidden |= set(FOOTNOTE)
        return [name for name in self.columns if name not in hidden]

    def _names(self, column: str) -> bool:
        """Whether a column holds IRIs only."""
        place = self.columns.index(column)
        return all(isinstance(row[place], ox.NamedNode) for row in self.rows)

    @property
    def has_footnotes(self) -> bool:
        """Whether each row names its source."""
        return bool({"source", SOURCES} & set(self.columns))

    def footnotes(self, *, addresses: bool = False) -> list[str]:
        """Claim, status and source of each row, in words; all sources where the answer has them.

        With `addresses`, that of the source follows it.
        """
        whole = SOURCES in self.columns
        wanted = [*FOOTNOTE, "sourceUrl"] if addresses else FOOTNOTE
        named = [name for name in wanted if name in self.columns and not (whole and name in ("source", "sourceUrl"))]
        kept = self.cut(None, named)
        return [" · ".join(bare_code(words(term)) for term in row if term is not None) for row in kept.rows]

    def chart(self, language: str = "en") -> "alt.TopLevelMixin":
        """The chart that the query's header asks for, as Altair has it; raises IcvkgError where it asks for none."""
        from icvkg.queries.charts.chart import chart

        return chart(self, language)

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Each row as a dict of plain words by column."""
        for row in self.rows:
            yield {name: words(term) for name, term in zip(self.columns, row, strict=True)}

    def pandas(self) -> "pandas.DataFrame":
        """The rows as a pandas data frame with real types (extra `icvkg[frames]`); see `arrow` for which."""
        from icvkg.queries.frames import as_pandas

        return as_pandas(self)

    def polars(self) -> "polars.DataFrame":
        """The rows as a polars data frame with real types (extra `icvkg[frames]`); see `arrow` for which."""
        from icvkg.queries.frames import as_polars

        return as_polars(self)

    def arrow(self) -> "pyarrow.Table":
        """The rows as an Arrow table: int64, decimal128, float64, bool, date32, timestamp (UTC) or string by column.

        IRIs and texts in a language are strings; a column of mixed types is a string column; unbound is null.
        """
        from icvkg.queries.frames import as_arrow

        return as_arrow(self)


def heading(column: str, language: str = "en") -> str:
    """A column's name in words that a narrow table can break; in Chinese where the curated queries have such a column.

    >>> heading("safetyOperatorName"), heading("safetyOperatorName", "zh")
    ('safety operator', '安全员位置')
    """
    if language == "zh" and (chinese := shared("headings").get(base(column))):
        return chinese
    return re.sub(r"(?<!^)([A-Z])", r" \1", re.sub(r"(?<=.)Name(Zh)?$", "", column)).lower()


PRECISION = "Precision"
"""How the name of a property ends that says how precisely the date of the property named before it is known."""
_LENGTHS = {"precision:year": 4, "precision:month": 7}


def as_precise(day: str, precision: str) -> str:
    """A day cut to what is known of it.

    >>> as_precise("2024-07-01", "precision:month")
    '2024-07'
    """
    return day[: _LENGTHS.get(precision, 10)]


def bare_code(text: str) -> str:
    """A code without the name of its list.

    >>> bare_code("from-means:began")
    'began'
    """
    scheme, _, notation = text.partition(":")
    return notation if scheme in SCHEMES else text


def words(term: Term | None) -> str:
    """A term as people read it: a prefixed name, a day, a lexical form; empty for an unbound variable."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten_iri(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == _DATE_TIME:
        return term.value.removesuffix("T00:00:00Z")
    if isinstance(term, ox.Literal) and term.datatype.value == _BOOLEAN:
        return _SPELT.get(term.value, term.value)
    return term.value
