"""What the pages of classes, properties, code lists and modules show beside what every page shows."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from icvkg.namespaces import BASE, DEF, OUTSIDE, shorten_iri
from icvkg.publish.pages import things
from icvkg.publish.pages.axioms import axioms
from icvkg.publish.pages.facts import RDF_TYPE
from icvkg.publish.pages.view import View
from icvkg.queries.catalogue import CuratedQuery

EXAMPLES = 8
_OWL, _RDFS, _SKOS = OUTSIDE["owl"], OUTSIDE["rdfs"], OUTSIDE["skos"]
KINDS = {
    "classes": (_OWL + "Class",),
    "properties": (_OWL + "ObjectProperty", _OWL + "DatatypeProperty", _OWL + "AnnotationProperty"),
    "code_lists": (_SKOS + "ConceptScheme",),
}


def term(view: View, iri: str, uses: Mapping[str, list[CuratedQuery]]) -> dict[str, Any]:
    """Axioms, examples, kinds, properties, and the questions that use it."""
    facts = view.facts
    return {
        "prefixed": shorten_iri(iri),
        "axioms": axioms(view, iri),
        "subclasses": [view.link(each) for each in facts.subjects(_RDFS + "subClassOf", iri)],
        "own_properties": [view.link(each) for each in facts.subjects(_RDFS + "domain", iri)],
        "value_of": [view.link(each) for each in facts.subjects(_RDFS + "range", iri)],
        "count": len(facts.subjects(RDF_TYPE, iri)),
        "examples": examples(view, iri),
        "questions": [(query, view.page(f"queries/{query.name}.html")) for query in uses.get(iri, ())],
    }


def examples(view: View, iri: str) -> list[Markup]:
    """Instances of a class; statements that use a property."""
    instances = view.facts.subjects(RDF_TYPE, iri)
    if instances:
        return [view.link(each) for each in instances[:EXAMPLES]]
    found = []
    for thing, value in view.facts.using(iri)[:EXAMPLES]:
        found.append(Markup("{} → {}").format(view.link(thing), view.term(thing, iri, value)))
    return found


def members(view: View, scheme: str) -> list[tuple[Markup, Markup]]:
    """The codes of a code list, each with its definition."""
    codes = view.facts.subjects(_SKOS + "inScheme", scheme)
    return [(view.link(code), view.texts(code, _SKOS + "definition")) for code in codes]


def uses(queries: Iterable[CuratedQuery]) -> dict[str, list[CuratedQuery]]:
    """The questions that use a term of ours, by its IRI."""
    found: dict[str, list[CuratedQuery]] = {}
    for query in queries:
        for name in sorted(set(re.findall(r"\bicv:([A-Za-z]\w*)", query.text))):
            found.setdefault(DEF + name, []).append(query)
    return found


def contents(view: View) -> dict[str, list[tuple[Markup, Markup]]]:
    """Classes, properties, code lists and modules of the ontology, each with its definition, by name."""
    found = {}
    for kind, types in KINDS.items():
        ours = {each for name in types for each in view.facts.subjects(RDF_TYPE, name) if view.href(each)}
        found[kind] = listed(view, ours)
    modules = [
        path
        for path in sorted(view.known)
        if path.startswith("ontology/") and "/codes-" not in path and path.count("/") == 1
    ]
    found["modules"] = [(view.link(BASE + path, path.rpartition("/")[2]), Markup("")) for path in modules]
    return found


def listed(view: View, iris: Iterable[str]) -> list[tuple[Markup, Markup]]:
    """Things with their definitions, by name."""
    ordered = sorted(iris, key=view.order)
    return [(view.link(iri), view.texts(iri, _SKOS + "definition")) for iri in ordered]


def without_axioms(view: View, iri: str) -> dict[str, Any]:
    """Statements and references of a term that its axioms do not show already."""
    shown = {_RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")}
    return {
        "statements": things.statements(view, iri, things.Sources(), shown),
        "groups": things.groups(view, iri, shown),
    }
