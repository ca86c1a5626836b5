"""One thing and what is said of it: statements, claims, and the sources of both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.namespaces import BASE, ID, KINDS, expand_name, shorten_iri
from icvkg.queries.answers import PRECISION, as_precise, words
from icvkg.store.asking import AskableStore, Term

if TYPE_CHECKING:
    from icvkg.queries.search import Hit

_STATEMENTS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?property ?value (SAMPLE(?name) AS ?label) (SAMPLE(?valueName) AS ?valueLabel) WHERE {
  THING ?property ?value .
  OPTIONAL { ?property rdfs:label ?name . FILTER(LANG(?name) = "LANGUAGE") }
  OPTIONAL { ?value rdfs:label ?valueName . FILTER(LANG(?valueName) IN ("LANGUAGE", "")) }
} GROUP BY ?property ?value ORDER BY ?property ?value"""

_THINGS = """
PREFIX icv: <https://w3id.org/icvkg/def/>
SELECT ?thing WHERE { ?thing icv:hasEvidence ?evidence }"""

_CLAIMS = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?claim ?title ?publisher ?url ?label ?confidence WHERE {
  { ?claim ?role THING . FILTER(STRSTARTS(STR(?claim), "CLAIMS")) }
  UNION { VALUES ?claim { THING } ?claim icv:hasEvidence ?evidence }
  ?claim icv:hasEvidence/icv:source ?source . ?source rdfs:label ?title ; icv:publisherName ?publisher .
  OPTIONAL { ?claim rdfs:label ?label . FILTER(LANG(?label) = "LANGUAGE") }
  OPTIONAL { ?claim icv:confidence ?confidence }
  OPTIONAL { ?source icv:url ?url }
}"""


@dataclass(frozen=True)
class SourceLine:
    """A source as a reader needs it."""

    title: str
    publisher: str
    url: str


@dataclass(frozen=True)
class ClaimLine:
    """A claim about a thing: its IRI, its name, how well it is supported, and its sources."""

    iri: str
    label: str
    confidence: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Description:
    """A thing: statements as (property, value) in words, its own sources, and the claims that name it."""

    iri: str
    statements: tuple[tuple[str, str], ...]
    sources: tuple[SourceLine, ...]
    claims: tuple[ClaimLine, ...]


def resolve(store: AskableStore, name: str, find: Callable[[str, int], Sequence["Hit"]]) -> str:
    """The IRI that a name means: an IRI, a prefixed name (act:huawei), a slug or a name that only one thing has.

    `find` looks for names. Raises IcvkgError with the nearest ones, or when a slug has several meanings.
    """
    iri = name if name.startswith(BASE) else expand_name(name)
    candidates = [iri] if iri else [f"{ID}{kind}/{name}" for kind in KINDS.values()]
    if not set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/#"):
        candidates = []
    found = [each for each in candidates if store.ask(f"ASK {{ <{each}> ?property ?value }}")]
    if len(found) > 1:
        raise IcvkgError(f"{name!r} can be {' or '.join(map(shorten_iri, found))}: say which.")
    return found[0] if found else _named(store, name, find(name, 3))


def _named(store: AskableStore, name: str, near: Sequence["Hit"]) -> str:
    """The IRI of the one thing that bears the name."""
    bearers = [hit.iri for hit in near if hit.rank == 0]
    if len(bearers) != 1:
        raise _unknown(store, name, near)
    return bearers[0]


def _unknown(store: AskableStore, name: str, near: Sequence["Hit"]) -> IcvkgError:
    """An error with the things whose names hold the text, else with the slugs most like it."""
    if near:
        known = ", ".join(f"{hit.name} ({shorten_iri(hit.iri)})" for hit in near)
        return IcvkgError(f"There is no thing named {name!r}. Nearest: {known}.")
    slugs = (words(row[0]).rpartition(":")[2] for row in store.select(_THINGS)[1])
    return UnknownNameError("thing", name, set(slugs))


def describe(store: AskableStore, iri: str, language: str) -> Description:
    """What the graph says of a thing, labels in that language; raises nothing for a thing that is there."""
    claims = _claims(store, iri, language)
    own = [source for claim in claims if claim.iri == iri for source in claim.sources]
    others = tuple(claim for claim in claims if claim.iri != iri)
    return Description(iri, _statements(store, iri, language), tuple(own), others)


def _statements(store: AskableStore, iri: str, language: str) -> tuple[tuple[str, str], ...]:
    _, rows = store.select(_fill(_STATEMENTS, iri, language))
    precision = {words(prop): words(value) for prop, value, _, _ in rows if words(prop).endswith(PRECISION)}
    return tuple(
        (words(label) or words(prop).removeprefix("rdfs:"), _value(value, name, precision.get(words(prop) + PRECISION)))
        for prop, value, label, name in rows
        if not words(prop).startswith(("icv:hasEvidence", "rdf:")) and not words(prop).endswith(PRECISION)
    )


def _value(value: Term | None, name: Term | None, precision: str | None) -> str:
    """A value with its name where it has one; a date as precise as it is known."""
    if precision:
        return as_precise(words(value), precision)
    return f"{words(name)} ({words(value)})" if name else words(value)


def _claims(store: AskableStore, iri: str, language: str) -> list[ClaimLine]:
    found: dict[str, ClaimLine] = {}
    _, rows = store.select(_fill(_CLAIMS, iri, language))
    for claim, title, publisher, url, label, confidence in sorted(rows, key=lambda row: [words(each) for each in row]):
        key = claim.value if claim else ""
        before = found.get(key, ClaimLine(key, words(label), words(confidence).rpartition(":")[2], ()))
        source = SourceLine(words(title), words(publisher), words(url))
        sources = before.sources if source in before.sources else (*before.sources, source)
        found[key] = ClaimLine(before.iri, before.label, before.confidence, sources)
    return list(found.values())


def _fill(text: str, iri: str, language: str) -> str:
    return text.replace("THING", f"<{iri}>").replace("CLAIMS", f"{ID}claim/").replace("LANGUAGE", language)
