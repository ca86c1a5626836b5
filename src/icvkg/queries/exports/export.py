"""An answer on its way out: what was asked of it, and what it says of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from icvkg.namespaces import BASE
from icvkg.queries.answers import SOURCES, Answer, bare_code, heading, words
from icvkg.queries.wording import worded

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Shape:
    """How an answer was cut: at most so many rows, these columns (none means all), with all sources or not."""

    limit: int | None = None
    columns: tuple[str, ...] = ()
    cite: bool = False
    language: str = "en"


@dataclass(frozen=True)
class Export:
    """An answer that was shaped, and what it says of itself in a file."""

    answer: Answer
    shape: Shape
    about: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    """The source of each row in words; none for an answer whose rows name no source."""

    @property
    def headings(self) -> list[str]:
        """What stands over the columns that people read."""
        return [heading(name, self.shape.language) for name in self._shown.columns]

    @property
    def cells(self) -> list[list[str]]:
        """The rows as people read them."""
        return [[bare_code(words(term)) for term in row] for row in self._shown.rows]

    @property
    def _shown(self) -> Answer:
        """The columns asked for, else those that people read."""
        wanted = [name for name in self.shape.columns if name != SOURCES]
        if wanted:
            return self.answer.cut(None, wanted)
        readers = self.answer.for_readers(self.shape.language)
        return readers if readers.columns else self.answer

    @property
    def title(self) -> str:
        """The question in the language of the export; nothing for a query of a user's own."""
        return str(self.about.get("question", ""))

    @property
    def comment(self) -> str:
        """What it says of itself as JSON that can stand in a comment of XML or HTML, where two hyphens may not."""
        return json.dumps(self.about, ensure_ascii=False).replace("--", "-\\u002d").replace("--", "-\\u002d")

    @property
    def source_line(self) -> str:
        """Release, query and parameters in one line for readers."""
        said = [f"icvkg {self.about['release']} ({self.about['digest']})"]
        said += [f"query {self.about['query']}"] if self.about["query"] else []
        said += [f"{name}={value}" for name, value in self.about["parameters"].items() if value]
        return ", ".join([*said, f"SHA-256 of the query {self.about['sha256'][:16]}"])


def make_export(answer: Answer, shape: Shape, form: str = "table") -> Export:
    """The answer cut as asked for, with its sources if wanted, to leave in that form.

    Raises UnknownNameError for a column that is not there, IcvkgError when nothing in the answer can be cited.
    """
    columns = shape.columns
    if shape.cite:
        from icvkg.queries.sources import with_sources

        answer = with_sources(answer, SOURCES)
        columns = (*columns, SOURCES) if columns else ()
    whole = answer.cut(shape.limit, ())
    kept = whole.cut(None, columns)
    notes = worded(whole, shape.language).footnotes(addresses=True) if whole.has_footnotes else ()
    return Export(kept, shape, about(kept, shape, form), tuple(notes))


def about(answer: Answer, shape: Shape, form: str) -> dict[str, Any]:
    """What an export says of itself: release, query with its hash, parameters, how it was cut, rows.

    `sparql` is the text of a user's own query; a curated one is named.
    """
    origin = answer.origin
    if origin is None:
        raise ValueError("an answer without an origin cannot say where it comes from")
    query = origin.query
    said: dict[str, Any] = {
        "release": origin.version,
        "digest": origin.digest,
        "iri": f"{BASE}release/{origin.version}",
        "query": query.name if query else "",
        "sha256": origin.sha256,
        "parameters": dict(origin.parameters),
        "form": form,
        "limit": shape.limit,
        "columns": list(shape.columns),
        "cite": shape.cite,
        "language": shape.language,
        "rows": len(answer),
        "licence": LICENCE,
    }
    return said | ({"question": query.title(shape.language)} if query else {"sparql": origin.text})
