"""An answer: columns and rows of terms, with the words that people read in their place."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE, shorten_iri
from icvkg.store.embedded import Row, Term

_DATE_TIME = OUTSIDE["xsd"] + "dateTime"


@dataclass(frozen=True)
class Answer:
    """What a query gave: variable names, rows of terms (None where a variable is unbound)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Each row as a dict of plain words by column."""
        for row in self.rows:
            yield {name: words(term) for name, term in zip(self.columns, row, strict=True)}


def words(term: Term | None) -> str:
    """A term as people read it: a prefixed name, a day, a lexical form; empty for an unbound variable."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten_iri(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == _DATE_TIME:
        return term.value.removesuffix("T00:00:00Z")
    return term.value
