"""The drawings of a thing's page: where it is, when what happened, who supplies whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.namespaces import DEF, ID
from icvkg.publish.pages.drawing.neighbourhood import Neighbour, neighbourhood
from icvkg.publish.pages.drawing.place_map import Spot, is_inside, place_map
from icvkg.publish.pages.drawing.timeline import Span, timeline
from icvkg.publish.pages.facts import Facts
from icvkg.publish.pages.view import View

PLACES = tuple(
    DEF + name for name in ("locatedIn", "deployedAt", "atPlace", "seat", "jurisdiction", "partOf", "within")
)
_DATES = (
    ("validFrom", "validThrough"), ("establishedOn", ""), ("issuedOn", ""), ("eventOn", ""), ("effectiveOn", ""),
    ("foundedOn", ""), ("endedOn", ""), ("periodEnd", ""),
)  # fmt: skip
MOST_SPANS, MOST_NEIGHBOURS = 40, 12


@dataclass(frozen=True)
class Partners:
    """Suppliers or customers as a list: what they are called together, each with what is supplied, how many more."""

    head: str
    lines: Sequence[tuple[Markup, str]]
    more: int


@dataclass(frozen=True)
class Supply:
    """The supply ties of an actor, drawn, and listed for screens too narrow for the drawing."""

    drawing: Markup
    sides: Sequence[Partners]


@dataclass(frozen=True)
class Dated:
    """What has dates, drawn, and listed for screens too narrow for the drawing: time and name as a link."""

    drawing: Markup
    lines: Sequence[tuple[str, Markup]]


def position(facts: Facts, iri: str) -> tuple[float, float] | None:
    """Where a thing is: its own coordinates, else those of the nearest place that it names."""
    holder = located(facts, iri)
    return facts.position(holder) if holder else None


def located(facts: Facts, iri: str) -> str:
    """What has the coordinates of a thing: the thing, else the nearest place that it names; empty where none has."""
    if facts.position(iri):
        return iri
    for link in PLACES[:-1]:
        for place in facts.links(iri, link):
            found = located(facts, place) if place != iri and not place.endswith("/china") else ""
            if found:
                return found
    return ""


def where(view: View, iri: str) -> Markup | None:
    """A map with the thing on it; None where it has no place that is drawn."""
    if not iri.startswith((f"{ID}place/", f"{ID}claim/", f"{ID}item/")):
        return None
    found = position(view.facts, iri)
    spot = (
        Spot(*found, 8.0, view.name(iri) if iri.startswith(f"{ID}place/") else "", shows_name=True) if found else None
    )
    if spot is None or not is_inside(spot):
        return None
    return place_map(view.facts.dots, [spot], f"{view.t('map')}: {view.name(iri)}")


def spans(view: View, iri: str) -> Iterator[Span]:
    """What has a date among the thing itself and what refers to it."""
    seen = set[str]()
    for thing in (iri, *(subject for _, subject in view.facts.incoming(iri))):
        if thing not in seen and (thing == iri or thing.startswith((ID + "claim/", ID + "document/"))):
            seen.add(thing)
            first, last = _dates(view, thing)
            if first:
                yield Span(view.name(thing), view.href(thing) if thing != iri else "", first, last)


def _dates(view: View, thing: str) -> tuple[str, str]:
    for begin, end in _DATES:
        first = view.day(thing, DEF + begin)
        if first:
            return first, view.day(thing, DEF + end) if end else first
    return "", ""


def when_drawn(view: View, iri: str, until: str) -> Dated | None:
    """A timeline of the thing; None with fewer than two dates."""
    found = list(spans(view, iri)) if iri.startswith(ID) else []
    if len(found) < 2:
        return None
    latest = sorted(found, key=lambda span: (span.first, span.last, span.name))[-MOST_SPANS:]
    drawing = timeline(latest, until, f"{view.t('timeline')}: {view.name(iri)}")
    lines = [(view.period(span.first, span.last), view.to(span.target, span.name)) for span in latest]
    return Dated(drawing, lines)


def who(view: View, iri: str) -> Supply | None:
    """Suppliers and customers of an actor; None where no supply tie is known."""
    found = {"suppliers": _partners(view, iri, "customer", "supplier")}
    found["customers"] = _partners(view, iri, "supplier", "customer")
    if not any(found.values()):
        return None
    sides = [_listed(view, f"{view.t(key)} ({len(partners)})", partners) for key, partners in found.items()]
    label = f"{view.t('neighbourhood')}: {view.name(iri)}"
    left, right = (partners[:MOST_NEIGHBOURS] for partners in found.values())
    drawing = neighbourhood(view.name(iri), left, right, (sides[0].head, sides[1].head), label)
    return Supply(drawing, [side for side in sides if side.lines])


def _listed(view: View, head: str, partners: Sequence[Neighbour]) -> Partners:
    lines = [(view.to(each.target, each.name), each.what) for each in partners[:MOST_NEIGHBOURS]]
    return Partners(head, lines, len(partners) - len(lines))


def _partners(view: View, iri: str, own: str, other: str) -> list[Neighbour]:
    ties: Counter[str] = Counter()
    what: dict[str, set[str]] = defaultdict(set)
    for claim in filter(view.facts.stands, view.facts.subjects(DEF + own, iri)):
        for partner in view.facts.links(claim, DEF + other):
            ties[partner] += 1
            what[partner] |= {view.name(kind) for kind in view.facts.links(claim, DEF + "componentKind")}
    ordered = sorted(ties, key=lambda partner: (-ties[partner], view.name(partner), partner))
    return [
        Neighbour(view.name(each), view.href(each), ties[each], view.t("comma").join(sorted(what[each])))
        for each in ordered
    ]
