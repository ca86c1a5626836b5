"""Curated queries as SPARQL examples of the SIB (sib-swiss/sparql-examples): `sh:SPARQLExecutable` in Turtle.

One file a query, and one with the prefixes; SHACL, section 5 (SPARQL-based constraints: `sh:prefixes`, `sh:declare`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE
from icvkg.queries.catalogue import CuratedQuery
from icvkg.store.files import serialize

SPACE = BASE + "query/"
PREFIXES_FILE = "prefixes.ttl"
_DECLARED = re.compile(r"(?m)^PREFIX\s+([\w-]+):\s*<([^>]*)>")
_DECLARATIONS = SPACE + "prefixes"


def files(queries: Sequence[CuratedQuery], endpoint: str | None) -> dict[str, bytes]:
    """The files by name; `endpoint` is where the queries can be asked (`schema:target`)."""
    found = {f"{each.name}.ttl": _turtle(_executable(each, endpoint)) for each in queries}
    return found | {PREFIXES_FILE: _turtle(_declarations(queries))}


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Turtle for people: texts over several lines, as rdflib writes it."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix in ("dcterms", "owl", "rdfs", "schema", "sh", "xsd"):
        graph.bind(prefix, OUTSIDE[prefix])
    graph.parse(data=serialize(triples, ox.RdfFormat.N_TRIPLES), format="nt")
    return graph.serialize(format="longturtle", encoding="utf-8")


def _executable(query: CuratedQuery, endpoint: str | None) -> Iterator[ox.Triple]:
    subject = _node(SPACE + query.name)
    for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield ox.Triple(subject, _node(OUTSIDE["rdf"] + "type"), _sh(kind))
    for language in ("en", "zh"):
        title = ox.Literal(query.title(language), language=language)
        yield ox.Triple(subject, _node(OUTSIDE["rdfs"] + "comment"), title)
        meaning = ox.Literal(query.meaning(language), language=language)
        yield ox.Triple(subject, _node(OUTSIDE["dcterms"] + "description"), meaning)
    yield ox.Triple(subject, _sh("prefixes"), _node(_DECLARATIONS))
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+"))
    yield ox.Triple(subject, _sh("select"), ox.Literal(body + "\n"))
    for tag in dict.fromkeys((query.theme, *query.tags)):
        yield ox.Triple(subject, _node(OUTSIDE["schema"] + "keywords"), ox.Literal(tag))
    if endpoint:
        yield ox.Triple(subject, _node(OUTSIDE["schema"] + "target"), _node(endpoint))


def _declarations(queries: Iterable[CuratedQuery]) -> Iterator[ox.Triple]:
    declared = dict(sorted(pair for query in queries for pair in _DECLARED.findall(query.text)))
    uri = _node(OUTSIDE["xsd"] + "anyURI")
    yield ox.Triple(_node(_DECLARATIONS), _node(OUTSIDE["rdf"] + "type"), _node(OUTSIDE["owl"] + "Ontology"))
    for prefix, space in declared.items():
        one = _node(f"{_DECLARATIONS}#{prefix}")
        yield ox.Triple(_node(_DECLARATIONS), _sh("declare"), one)
        yield ox.Triple(one, _sh("prefix"), ox.Literal(prefix))
        yield ox.Triple(one, _sh("namespace"), ox.Literal(space, datatype=uri))


def _sh(name: str) -> ox.NamedNode:
    return _node(OUTSIDE["sh"] + name)


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        from icvkg.errors import IcvkgError

        raise IcvkgError(f"{iri!r} is no address.") from None
