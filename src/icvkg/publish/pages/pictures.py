"""The drawings of a thing's page: where it is, when what happened, who supplies whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator

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


def position(facts: Facts, iri: str) -> tuple[float, float] | None:
    """Where a thing is: its own coordinates, else those of the nearest place that it names."""
    own = facts.position(iri)
    if own:
        return own
    for link in PLACES[:-1]:
        for place in facts.links(iri, link):
            found = position(facts, place) if place != iri and not place.endswith("/china") else None
            if found:
                return found
    return None


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


def when_drawn(view: View, iri: str, until: str) -> Markup | None:
    """A timeline of the thing; None with fewer than two dates."""
    found = list(spans(view, iri)) if iri.startswith(ID) else []
    if len(found) < 2:
        return None
    latest = sorted(found, key=lambda span: span.first)[-MOST_SPANS:]
    return timeline(latest, until, f"{view.t('timeline')}: {view.name(iri)}")


def who(view: View, iri: str) -> Markup | None:
    """Suppliers and customers of an actor; None where no supply tie is known."""
    suppliers = _partners(view, iri, "customer", "supplier")
    customers = _partners(view, iri, "supplier", "customer")
    if not (suppliers or customers):
        return None
    heads = tuple(
        f"{view.t(key)} ({len(found)})" for key, found in (("suppliers", suppliers), ("customers", customers))
    )
    label = f"{view.t('neighbourhood')}: {view.name(iri)}"
    left, right = suppliers[:MOST_NEIGHBOURS], customers[:MOST_NEIGHBOURS]
    return neighbourhood(view.name(iri), left, right, (heads[0], heads[1]), label)


def _partners(view: View, iri: str, own: str, other: str) -> list[Neighbour]:
    ties: Counter[str] = Counter()
    what: dict[str, set[str]] = defaultdict(set)
    for claim in view.facts.subjects(DEF + own, iri):
        for partner in view.facts.links(claim, DEF + other):
            ties[partner] += 1
            what[partner] |= {view.name(kind) for kind in view.facts.links(claim, DEF + "componentKind")}
    ordered = sorted(ties, key=lambda partner: (-ties[partner], view.name(partner), partner))
    return [Neighbour(view.name(each), view.href(each), ties[each], ", ".join(sorted(what[each]))) for each in ordered]
