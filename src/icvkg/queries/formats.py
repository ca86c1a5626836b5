"""The forms in which an answer leaves: table, CSV, TSV, JSON (SPARQL results) and Turtle."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES
from icvkg.queries.answers import Answer, words
from icvkg.store.asking import Row, Term
from icvkg.store.files import serialize


def as_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: plain values, CRLF line ends as RFC 4180 says."""
    return _delimited(answer, [[_plain(term) for term in row] for row in answer.rows])


def as_words_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of words as CSV with LF line ends, for listings that are no SPARQL answer."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()


def as_tsv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results TSV: terms in Turtle syntax."""
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join("" if term is None else _one_line(str(term)) for term in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def as_json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON."""
    import json

    bindings = [
        {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_turtle(answer: Answer) -> str:
    """The triples of a CONSTRUCT or DESCRIBE query; raises IcvkgError for an answer of another kind."""
    if answer.columns != ("subject", "predicate", "object"):
        raise IcvkgError("Turtle holds triples: use it with a CONSTRUCT or DESCRIBE query.")
    return turtle(ox.Triple(*row) for row in answer.rows)  # type: ignore[arg-type]


def turtle(triples: Iterable[ox.Triple]) -> str:
    """Sorted triples in Turtle with our prefixes, those that are used."""
    ordered = sorted(triples, key=str)
    text = " ".join(map(str, ordered))
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}
    return serialize(ordered, ox.RdfFormat.TURTLE, used).decode()


def _delimited(answer: Answer, rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([list(answer.columns), *rows])
    return out.getvalue()


def _plain(term: Term | None) -> str:
    return "" if term is None else term.value


def _one_line(text: str) -> str:
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    plain = term.datatype.value.endswith("XMLSchema#string")
    return found if plain else found | {"datatype": term.datatype.value}


def words_of(rows: Iterable[Row]) -> list[list[str]]:
    """Rows of terms as rows of words."""
    return [[words(term) for term in row] for row in rows]


TEXT_FORMATS: dict[str, Callable[[Answer], str]] = {
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
    "ttl": as_turtle,
}
