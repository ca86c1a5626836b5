"""The forms in which an answer leaves by the standards of the W3C: CSV, TSV, JSON, XML, Turtle and JSON-LD."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import OUTSIDE, PREFIXES
from icvkg.queries.answers import Answer, words
from icvkg.store.asking import Row, Term
from icvkg.store.files import serialize

TRIPLES = ("subject", "predicate", "object")
"""The columns of an answer that holds triples."""
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: plain values, CRLF line ends as RFC 4180 says."""
    return delimited(answer.columns, [[plain(term) for term in row] for row in answer.rows])


def as_words_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of words as CSV with LF line ends, for listings that are no SPARQL answer."""
    return delimited(columns, rows, "\n")


def delimited(columns: Sequence[str], rows: Iterable[Sequence[str]], ends: str = "\r\n") -> str:
    """Rows as CSV (RFC 4180), the columns first."""
    out = io.StringIO()
    csv.writer(out, lineterminator=ends).writerows([list(columns), *rows])
    return out.getvalue()


def as_tsv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results TSV: terms in Turtle syntax."""
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join("" if term is None else _one_line(str(term)) for term in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def as_json(answer: Answer, about: object = None) -> str:
    """SPARQL 1.1 Query Results JSON; `about` is one more member of its head, which readers of the format pass over."""
    import json

    bindings = [
        {name: _json_term(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    head = {"vars": list(answer.columns)} | ({"about": about} if about else {})
    document = {"head": head, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_xml(answer: Answer) -> str:
    """SPARQL Query Results XML (second edition); raises IcvkgError for a character that XML 1.0 cannot hold."""
    head = "".join(f"  <variable name={_quoted(name)}/>\n" for name in answer.columns)
    results = "".join(f"  <result>{''.join(_xml_bindings(answer.columns, row))}</result>\n" for row in answer.rows)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f" <head>\n{head} </head>\n <results>\n{results} </results>\n</sparql>\n"
    )
    if found := _FORBIDDEN.search(text):
        raise IcvkgError(f"XML cannot hold the character U+{ord(found[0]):04X} of this answer: take JSON or TSV.")
    return text


def _xml_bindings(columns: Sequence[str], row: Row) -> Iterator[str]:
    for name, term in zip(columns, row, strict=True):
        if term is not None:
            yield f"<binding name={_quoted(name)}>{_xml_term(term)}</binding>"


def _xml_term(term: Term) -> str:
    if not isinstance(term, ox.Literal):
        tag = "uri" if isinstance(term, ox.NamedNode) else "bnode"
        return f"<{tag}>{_xml_text(term.value)}</{tag}>"
    if term.language:
        return f"<literal xml:lang={_quoted(term.language)}>{_xml_text(term.value)}</literal>"
    datatype = "" if _is_plain(term) else f" datatype={_quoted(term.datatype.value)}"
    return f"<literal{datatype}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    return escape(text, quote=False).replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """A value of an XML attribute in its quotes."""
    return f'"{escape(text)}"'


def as_turtle(answer: Answer) -> str:
    """The triples of a CONSTRUCT or DESCRIBE query; of another, the rows in the result-set vocabulary."""
    if answer.columns == TRIPLES:
        return turtle(triples_of(answer))
    return serialize(triples_of(answer), ox.RdfFormat.TURTLE, {"rs": _RS, **_used(triples_of(answer))}).decode()


def triples_of(answer: Answer) -> list[ox.Triple]:
    """The triples that an answer holds, else its rows in the vocabulary for result sets of the W3C's test suites."""
    if answer.columns == TRIPLES:
        return [ox.Triple(*row) for row in answer.rows]  # type: ignore[arg-type]
    return list(_result_set(answer))


def _result_set(answer: Answer) -> Iterator[ox.Triple]:
    """Each blank node is named by its place, so that the same rows give the same bytes."""
    table, kind = ox.BlankNode("table"), ox.NamedNode(OUTSIDE["rdf"] + "type")
    yield ox.Triple(table, kind, _rs("ResultSet"))
    for name in answer.columns:
        yield ox.Triple(table, _rs("resultVariable"), ox.Literal(name))
    for number, row in enumerate(answer.rows, start=1):
        solution = ox.BlankNode(f"row{number}")
        yield ox.Triple(table, _rs("solution"), solution)
        index = ox.Literal(str(number), datatype=ox.NamedNode(OUTSIDE["xsd"] + "integer"))
        yield ox.Triple(solution, _rs("index"), index)
        for place, (name, term) in enumerate(zip(answer.columns, row, strict=True)):
            if term is not None:
                binding = ox.BlankNode(f"row{number}cell{place}")
                yield ox.Triple(solution, _rs("binding"), binding)
                yield ox.Triple(binding, _rs("variable"), ox.Literal(name))
                yield ox.Triple(binding, _rs("value"), term)


def _rs(name: str) -> ox.NamedNode:
    return ox.NamedNode(_RS + name)


def turtle(triples: Iterable[ox.Triple]) -> str:
    """Sorted triples in Turtle with our prefixes, those that are used."""
    ordered = sorted(triples, key=str)
    return serialize(ordered, ox.RdfFormat.TURTLE, _used(ordered)).decode()


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    text = " ".join(map(str, triples))
    return {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in text}


def plain(term: Term | None) -> str:
    """The value of a term without datatype or language; empty for an unbound variable."""
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
    return found if _is_plain(term) else found | {"datatype": term.datatype.value}


def _is_plain(literal: ox.Literal) -> bool:
    return literal.datatype.value == OUTSIDE["xsd"] + "string"


def words_of(rows: Iterable[Row]) -> list[list[str]]:
    """Rows of terms as rows of words."""
    return [[words(term) for term in row] for row in rows]
