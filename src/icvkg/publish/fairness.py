"""How findable, accessible, interoperable and reusable a running site is: each test with a score from 0 to 1.

The tests are those of FOOPS! (Garijo et al.), of five-star open data, of the LOD cloud and of FAIR Signposting. Names
under our base are asked of the server under test, as if w3id.org sent them there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE

ONTOLOGY = BASE + "ontology/icv"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}  # fmt: skip
"""The forms of RDF that are asked for; JSON-LD too, which takes its context from us."""
_OWL = OUTSIDE["owl"]
_THING = BASE + "id/actor/huawei"


@dataclass(frozen=True)
class Got:
    """What a server answered in the end, and on which address; header names in lower case."""

    status: int
    address: str
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[int, ...] = ()

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


Get = Callable[[str, str], Got]
"""Asks for an IRI with an Accept header, redirects followed."""


@dataclass(frozen=True)
class Score:
    """One test: its catalogue and code, what it asks, how far it is met, and what was seen."""

    catalogue: str
    code: str
    question: str
    score: float
    seen: str

    def row(self) -> tuple[str, str, str, str, str]:
        """The test for people."""
        return self.catalogue, self.code, f"{self.score:.2f}", self.question, self.seen


HEADER = ("catalogue", "test", "score", "question", "seen")


def scores(get: Get) -> list[Score]:
    """Every test that asks the server."""
    return [*foops(get), *five_star(get), *lod_cloud(get), *signposting(get)]


def foops(get: Get) -> list[Score]:
    """The tests of FOOPS! that need a published ontology, save those that ask registries and other hosts."""
    served = {media: _triples(get(ONTOLOGY, media), form) for media, form in FORMATS.items()}
    page = get(ONTOLOGY, "text/html")
    turtle = served["text/turtle"]
    versions = [str(t.object).strip("<>") for t in turtle if t.predicate.value == _OWL + "versionIRI"]
    declared = [str(t.subject) for t in turtle if t.object == ox.NamedNode(_OWL + "Ontology")]
    version = get(versions[0], "text/turtle") if versions else Got(0, "", {}, b"")
    title = re.search(rb"<h1>([^<]*)", page.body)
    ways = sum(bool(found) for found in served.values())
    return [
        _foops("CN1", "Served in several forms of RDF?", ways / len(FORMATS), f"{ways} of {len(FORMATS)} forms read"),
        _foops("DOC1", "A page for people?", page.media == "text/html" and bool(title), f"{page.status} {page.media}"),
        _foops("URI1", "Does the IRI of the ontology resolve?", page.status == 200, f"{page.hops} {page.status}"),
        _foops(
            "URI2",
            "Is the IRI that resolves the one in the header?",
            declared == [f"<{ONTOLOGY}>"],
            ", ".join(declared),
        ),
        _foops(
            "VER2", "Does the version IRI resolve?", version.status == 200, f"{' '.join(versions)} {version.status}"
        ),
    ]


def _foops(code: str, question: str, score: float, seen: str) -> Score:
    return Score("FOOPS!", code, question, float(score), seen)


def five_star(get: Get) -> list[Score]:
    """Berners-Lee's five stars, of the release and of one thing."""
    release = get(BASE + "void", "text/turtle")
    said = _triples(release, ox.RdfFormat.TURTLE)
    licences = {str(t.object) for t in said if t.predicate.value == OUTSIDE["dcterms"] + "license"}
    thing = _triples(get(_THING, "text/turtle"), ox.RdfFormat.TURTLE)
    outside = {s for t in thing for s in (t.predicate.value,) if not s.startswith(BASE)}
    own = [t for t in thing if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(BASE)]
    tables = any(str(t.object).endswith('tables.zip"') or "tables.zip" in str(t.object) for t in said)
    return [
        Score(
            "five stars", "1", "On the web under an open licence?", float(bool(licences)), " ".join(sorted(licences))
        ),
        Score("five stars", "2", "As structured data?", float(tables), "tables.zip" if tables else "none"),
        Score("five stars", "3", "In an open format?", float(bool(said)), f"{release.media}, CSV in tables.zip"),
        Score(
            "five stars", "4", "Do IRIs name things, and do they resolve?", float(bool(thing)), f"{len(thing)} triples"
        ),
        Score(
            "five stars", "5", "Linked to other data?", float(bool(own and outside)), f"{len(outside)} terms of others"
        ),
    ]


def lod_cloud(get: Get) -> list[Score]:
    """The conditions of the LOD cloud."""
    said = _triples(get(BASE + "void", "text/turtle"), ox.RdfFormat.TURTLE)
    counts = [int(each.value) for each in _values(said, "void#triples")]
    size = max(counts, default=0)
    dump = any("dcat#downloadURL" in t.predicate.value for t in said)
    links = _outside_links(get)
    thing = get(_THING, "text/turtle")
    return [
        Score(
            "LOD cloud",
            "resolvable",
            "Do http(s) IRIs resolve to RDF?",
            float(thing.media == "text/turtle"),
            f"{thing.hops}",
        ),
        Score("LOD cloud", "size", "At least 1,000 triples?", float(size >= 1000), f"{size}"),
        Score("LOD cloud", "links", "At least 50 links to a dataset of others?", min(links / 50, 1.0), f"{links}"),
        Score("LOD cloud", "access", "A dump or an endpoint?", float(dump), "dumps named in DCAT" if dump else "none"),
    ]


def _outside_links(get: Get) -> int:
    """Links of the alignments to the vocabulary of others that has most of them."""
    said = _triples(get(BASE + "ontology/alignment", "text/turtle"), ox.RdfFormat.TURTLE)
    spaces = [re.sub(r"[^/#]*$", "", t.object.value) for t in said if isinstance(t.object, ox.NamedNode)]
    outside = [space for space in spaces if not space.startswith((BASE, _OWL))]
    return max((outside.count(space) for space in set(outside)), default=0)


def signposting(get: Get) -> list[Score]:
    """FAIR Signposting, levels 1 and 2, of the page of one thing."""
    page = get(_THING, "text/html")
    header = page.headers.get("link", "")
    relations = ("cite-as", "license", "describedby", "type", "linkset")
    found = [
        Score("Signposting", rel, f"A typed link: {rel}?", float(f'rel="{rel}"' in header), "") for rel in relations
    ]
    target = re.search(r'<([^>]*)>; rel="linkset"', header)
    links = get(target[1], "application/linkset+json") if target else Got(0, "", {}, b"")
    found.append(
        Score("Signposting", "level 2", "Does the set of links resolve?", float(links.status == 200), links.media)
    )
    return found


def _values(said: Sequence[ox.Triple], ending: str) -> list[ox.Literal]:
    """The literals of the properties whose names end like this."""
    return [t.object for t in said if t.predicate.value.endswith(ending) and isinstance(t.object, ox.Literal)]


def _triples(got: Got, form: ox.RdfFormat) -> list[ox.Triple]:
    """What an answer says; nothing when it is not in the form that was asked for."""
    if got.status != 200:
        return []
    try:
        return [quad.triple for quad in ox.parse(got.body, format=form)]
    except (SyntaxError, ValueError):
        return []


def mean(found: Sequence[Score]) -> float:
    """The mean of the scores; 0 for none."""
    return sum(each.score for each in found) / len(found) if found else 0.0
