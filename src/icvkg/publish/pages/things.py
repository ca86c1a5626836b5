"""The page of anything: names, statements with their sources, what refers to it, and the drawings that fit it."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyoxigraph as ox
from markupsafe import Markup

from icvkg.namespaces import DEF, ID, OUTSIDE
from icvkg.publish.pages.facts import DEFINITION, LABEL, NOTE, RDF_TYPE, Term
from icvkg.publish.pages.view import View
from icvkg.queries.answers import PRECISION

SHOWN, PAGE = 12, 200
"""How many of what refers to a thing its own page shows by property, and how many each further page holds."""
EVIDENCE, SOURCE, EVIDENCE_FOR = DEF + "hasEvidence", DEF + "source", DEF + "evidenceFor"
_APART = {LABEL, NOTE, DEFINITION, RDF_TYPE, EVIDENCE, OUTSIDE["skos"] + "prefLabel"}
_ALSO = OUTSIDE["skos"] + "altLabel"
_CLAIM = ID + "claim/"


@dataclass(frozen=True)
class Said:
    """One value of a property: the value, the numbers of its sources, whether a rule derived it."""

    value: Markup
    sources: Sequence[int]
    is_derived: bool


@dataclass(frozen=True)
class Line:
    """What refers to a thing: its name as a link, when, and the sources of it as links."""

    name: Markup
    when: str
    sources: Sequence[Markup]


@dataclass(frozen=True)
class Group:
    """What refers to a thing by one property; `more` leads to all of it."""

    property: Markup
    key: str
    count: int
    lines: Sequence[Line]
    more: str
    is_derived: bool


class Sources:
    """The sources of a page, numbered in the order in which it names them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, iris: Iterable[str]) -> list[int]:
        """The numbers of these sources, in order."""
        return sorted(self.numbers.setdefault(iri, len(self.numbers) + 1) for iri in iris)


def basics(view: View, iri: str) -> dict[str, Any]:
    """What every page of a thing shows."""
    sources = Sources()
    own = [source for item in view.facts.links(iri, EVIDENCE) for source in view.facts.links(item, SOURCE)]
    sources.number(own)
    return {
        "iri": iri,
        "title": view.named(iri),
        "also": also(view, iri),
        "types": [view.link(each) for each in view.facts.types(iri)],
        "note": view.texts(iri, NOTE),
        "definition": view.texts(iri, DEFINITION),
        "statements": statements(view, iri, sources),
        "sources": [(number, source_line(view, source)) for source, number in sources.numbers.items()],
    }


def also(view: View, iri: str) -> list[Markup]:
    """The names of a thing in other languages, each marked with its own."""
    shown = view.facts.name(iri, view.language)[0]
    texts = sorted(view.facts.texts(iri, LABEL).items())
    return [view.spoken(text, language) for language, text in texts if text != shown]


def statements(view: View, iri: str, sources: Sources, without: Container[str] = ()) -> list[tuple[Markup, list[Said]]]:
    """What is said of a thing, by property."""
    rows = [(name, value) for name, value in _read(view, iri) if _is_shown(name) and name not in without]
    found = []
    for name, group in groupby(rows, key=lambda row: row[0]):
        values = [
            Said(
                view.term(iri, name, value),
                sources.number(view.facts.sources_of(iri, name, value)),
                view.facts.is_derived(iri, name, value),
            )
            for _, value in group
        ]
        found.append((view.link(name), values))
    return found


def _read(view: View, iri: str) -> list[tuple[str, Term]]:
    """What is said of a thing, without texts in another language that are there in the reader's; names excepted."""
    rows = view.facts.statements(iri)
    spoken = {name for name, value in rows if isinstance(value, ox.Literal) and value.language == view.language}
    return [
        (name, value)
        for name, value in rows
        if name not in spoken - {_ALSO} or not (isinstance(value, ox.Literal) and value.language != view.language)
    ]


def _is_shown(name: str) -> bool:
    return name not in _APART and not name.endswith(PRECISION)


def source_line(view: View, source: str) -> Markup:
    """A source as a reader needs it: title, publisher, day, address on the web."""
    address = view.facts.value(source, DEF + "url")
    parts = [view.link(source), view.facts.value(source, DEF + "publisherName"), view.day(source, DEF + "publishedOn")]
    web = view.link(address, _host(address)) if address else Markup("")
    return Markup(" · ").join([part for part in (*parts, web) if part])


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].removeprefix("www.") or address


def groups(view: View, iri: str, without: Container[str] = ()) -> list[Group]:
    """What refers to a thing, by property: what sources say before what rules derive, claims before all else."""
    found, place = [], 0
    for name, pairs in groupby(referring(view, iri), key=lambda pair: pair[0]):
        subjects = [subject for _, subject in pairs]
        value = ox.NamedNode(iri)
        more = view.page(further(view.path, place // PAGE + 1)) + f"#{fragment(name)}" if len(subjects) > SHOWN else ""
        lines = [line(view, each) for each in subjects[:SHOWN]]
        derived = view.facts.is_derived(subjects[0], name, value)
        if name not in without:
            found.append(Group(view.link(name), fragment(name), len(subjects), lines, more, derived))
        place += len(subjects)
    return sorted(found, key=lambda group: (group.is_derived, not any(each.sources for each in group.lines)))


def fragment(name: str) -> str:
    """The part of a property's IRI that names it within a page."""
    return name.rpartition("/")[2].rpartition("#")[2]


def further(path: str, number: int) -> str:
    """The path of a further page of what refers to the thing whose page has that path."""
    return f"links/{path.removeprefix('doc/').removesuffix('.html')}/{number}.html"


def referring(view: View, iri: str) -> list[tuple[str, str]]:
    """Everything that refers to a thing, in the order of the further pages."""
    return [pair for pair in view.facts.incoming(iri) if pair[0] not in (EVIDENCE_FOR, RDF_TYPE)]


def line(view: View, subject: str) -> Line:
    """Something that refers to a thing, with its time and sources."""
    if not subject.startswith(_CLAIM):
        return Line(view.link(subject), "", ())
    items = view.facts.links(subject, EVIDENCE)
    found = dict.fromkeys(source for item in items for source in view.facts.links(item, SOURCE))
    links = [view.link(each, view.facts.value(each, DEF + "publisherName")) for each in found]
    return Line(view.link(subject), when(view, subject), links)


def evidence(view: View, iri: str) -> dict[str, Any]:
    """What the page of a piece of evidence shows in place of a label: what it is evidence for."""
    found = view.facts.links(iri, EVIDENCE_FOR)
    return {"title": Markup(view.t("evidence_title")).format(thing=view.named(found[0]))} if found else {}


def when(view: View, claim: str) -> str:
    """The time of a claim in figures: first and last day, each as precise as it is known."""
    first = view.day(claim, DEF + "validFrom") or view.day(claim, DEF + "speaksFrom")
    last = view.day(claim, DEF + "validThrough") or view.day(claim, DEF + "speaksThrough")
    return view.day(claim, DEF + "periodEnd") or (view.period(first, last) if first else "")
