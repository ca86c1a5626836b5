"""Runs the rules of the ontology over ontology, data and what the artefacts name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import CODE, ID, shorten_iri
from icvkg.ontology.closure import read_ontology
from icvkg.ontology.rules import IMPORTANCE, Rule
from icvkg.ontology.usage import usage
from icvkg.store.asking import Term
from icvkg.store.embedded import EmbeddedStore

HEADER = ("importance", "rule", "term", "detail", "message")
_DATA = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  ?s ?p ?o . FILTER(isIRI(?s) && (STRSTARTS(STR(?s), "{ID}") || STRSTARTS(STR(?s), "{CODE}"))) }}"""
_STALE = {
    "en": "The exception of this term matches nothing any more: take it out.",
    "zh": "该术语的例外已无匹配:请删除。",
}


@dataclass(frozen=True)
class Finding:
    """An offender that no exception excuses, or (`stale`) an exception that excuses nothing."""

    rule: Rule
    term: str
    detail: str = ""
    stale: bool = False

    def row(self, language: str) -> tuple[str, ...]:
        """The finding for people, in the order of HEADER."""
        message = _STALE[language] if self.stale else self.rule.title(language)
        return self.rule.importance, self.rule.name, self.term, self.detail, message


def everything(release: EmbeddedStore) -> list[ox.Triple]:
    """What the rules look at: the ontology, what the artefacts name, and the things and codes of a release.

    The ontology comes from its files, since a release keeps but one of the headers.
    """
    return [*read_ontology(), *usage(), *release.construct(_DATA)]


def check(store: EmbeddedStore, rules: Sequence[Rule]) -> list[Finding]:
    """What the rules find in the store, gravest first."""
    found = [finding for rule in rules for finding in findings(store, rule)]
    return sorted(found, key=lambda each: (IMPORTANCE.index(each.rule.importance), each.rule.name))


def findings(store: EmbeddedStore, rule: Rule) -> Iterator[Finding]:
    """The offenders of one rule that it does not excuse, then the excuses that nobody needs."""
    offenders = list(_offenders(store, rule))
    yield from (Finding(rule, term, detail) for term, detail in offenders if term not in rule.exceptions)
    needed = {term for term, _ in offenders}
    yield from (Finding(rule, term, stale=True) for term in rule.exceptions if term not in needed)


def _offenders(store: EmbeddedStore, rule: Rule) -> Iterator[tuple[str, str]]:
    names, rows = store.select(rule.text)
    for row in rows:
        found: dict[str, Term | None] = dict(zip(names, row, strict=True))
        yield _short(found["term"]), _short(found.get("detail"))


def _short(term: Term | None) -> str:
    """A prefixed name where there is one, else the IRI or the text."""
    return "" if term is None else shorten_iri(term.value)
