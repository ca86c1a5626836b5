"""Axioms in words, in both languages, next to their form in Manchester syntax."""

from collections.abc import Iterator

from markupsafe import Markup

from icvkg.namespaces import OUTSIDE, shorten_iri
from icvkg.publish.pages.facts import RDF_TYPE, Facts
from icvkg.publish.pages.view import View

_OWL, _RDF, _RDFS = OUTSIDE["owl"], OUTSIDE["rdf"], OUTSIDE["rdfs"]
_LINKS = {
    _RDFS + "subClassOf": ("SubClassOf", "Every {0} is a {1}.", "每个{0}都是{1}。"),
    _OWL + "equivalentClass": ("EquivalentTo", "{0} and {1} are the same.", "{0}等同于{1}。"),
    _OWL + "disjointWith": ("DisjointWith", "No {0} is a {1}.", "任何{0}都不是{1}。"),
    _RDFS + "subPropertyOf": ("SubPropertyOf", "What {0} links, {1} links too.", "凡以{0}相连者，也以{1}相连。"),
    _OWL + "inverseOf": ("InverseOf", "{0} is {1} read backwards.", "{0}是{1}的逆。"),
    _RDFS + "domain": ("Domain", "What has {0} is a {1}.", "具有{0}者是{1}。"),
    _RDFS + "range": ("Range", "The value of {0} is a {1}.", "{0}的值是{1}。"),
}
_TRAITS = {
    _OWL + "TransitiveProperty": (
        "Transitive", "{0} carries over: if A leads to B and B to C, then A to C.",
        "{0}可传递：若甲至乙、乙至丙，则甲至丙。",
    ),
    _OWL + "SymmetricProperty": ("Symmetric", "{0} holds both ways.", "{0}双向成立。"),
    _OWL + "FunctionalProperty": ("Functional", "A thing has at most one {0}.", "每个事物至多有一个{0}。"),
    _OWL + "AsymmetricProperty": ("Asymmetric", "{0} never holds both ways.", "{0}不会双向成立。"),
    _OWL + "IrreflexiveProperty": ("Irreflexive", "Nothing has {0} with itself.", "任何事物不与自身有{0}。"),
}  # fmt: skip
_CHAIN = ("{0} follows from {1}.", "{0}由{1}得出。")
_DISJOINT = ("Nothing is at once a {0} and a {1}.", "没有事物既是{0}又是{1}。")
Axiom = tuple[Markup, str]


def axioms(view: View, term: str) -> list[Axiom]:
    """Each axiom about a term: in words, and in Manchester syntax."""
    found: list[Axiom] = []
    for predicate, (keyword, *wordings) in _LINKS.items():
        values = view.facts.links(term, predicate)
        found += [(_said(view, wordings, term, value), f"{keyword}: {shorten_iri(value)}") for value in values]
    for kind in view.facts.types(term):
        if kind in _TRAITS:
            keyword, *wordings = _TRAITS[kind]
            found.append((_said(view, wordings, term), f"Characteristics: {keyword}"))
    return [*found, *_chains(view, term), *_disjoint(view, term)]


def _said(view: View, wordings: list[str] | tuple[str, ...], *terms: str) -> Markup:
    wording = Markup(wordings[view.language == "zh"])
    return wording.format(*(view.link(each) for each in terms))


def _chains(view: View, term: str) -> Iterator[Axiom]:
    for value in view.facts.objects(term, _OWL + "propertyChainAxiom"):
        steps = list(_members(view.facts, str(value)))
        joined = Markup(" → ").join(view.link(each) for each in steps)
        words = Markup(_CHAIN[view.language == "zh"]).format(view.link(term), joined)
        yield words, f"SubPropertyChain: {' o '.join(map(shorten_iri, steps))}"


def _disjoint(view: View, term: str) -> Iterator[Axiom]:
    for axiom in view.facts.subjects(RDF_TYPE, _OWL + "AllDisjointClasses"):
        members = [
            each for value in view.facts.objects(axiom, _OWL + "members") for each in _members(view.facts, str(value))
        ]
        for other in sorted(set(members) - {term}) if term in members else ():
            yield _said(view, _DISJOINT, term, other), f"DisjointWith: {shorten_iri(other)}"


def _members(facts: Facts, head: str) -> Iterator[str]:
    """The members of an RDF list; a list that bites its tail ends where it does."""
    seen: set[str] = set()
    node = head.strip("<>")
    while node not in seen and _first(facts, node, "first"):
        seen.add(node)
        yield _first(facts, node, "first")
        node = _first(facts, node, "rest")


def _first(facts: Facts, node: str, name: str) -> str:
    found = facts.objects(node, _RDF + name)
    return str(found[0]).strip("<>") if found else ""
