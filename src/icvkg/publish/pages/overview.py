"""The pages that show much at once: the value chain, policies along the years, zones on a map."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from icvkg.namespaces import CODE, DEF, OUTSIDE
from icvkg.publish.pages.drawing.chain import Stage, chain
from icvkg.publish.pages.drawing.chart import columns
from icvkg.publish.pages.drawing.place_map import Spot, place_map
from icvkg.publish.pages.drawing.policies import Dot, lanes
from icvkg.publish.pages.pictures import located
from icvkg.publish.pages.view import View

GROUPS = {
    "group_parts": ("materials-and-components", "semiconductors", "sensors", "drive-by-wire", "connectivity"),
    "group_systems": (
        "computing-platform", "operating-system-and-middleware", "hd-map-and-positioning", "ad-software",
    ),
    "group_vehicle": ("system-integration", "vehicle-manufacturing", "testing-and-certification"),
    "group_road": ("roadside-infrastructure", "cloud-and-data"),
    "group_service": ("operation", "after-sales", "finance-and-insurance"),
}  # fmt: skip
"""The order in which the stages are drawn, from parts to services; a stage that is not named here comes last."""
LEAST = 3
"""Supply ties between two stages from which on a line is drawn."""


def stages(view: View) -> list[tuple[str, list[str]]]:
    """The stages in groups, as IRIs."""
    scheme = CODE + "stage"
    known = view.facts.subjects(OUTSIDE["skos"] + "inScheme", scheme)
    grouped = [
        (view.t(key), [f"{scheme}/{name}" for name in names if f"{scheme}/{name}" in known])
        for key, names in GROUPS.items()
    ]
    named = {iri for _, iris in grouped for iri in iris}
    grouped[-1][1].extend(sorted(set(known) - named))
    return grouped


def actors(view: View, stage: str) -> list[str]:
    """The actors that a claim places in a stage, by name."""
    claims = view.facts.subjects(DEF + "stage", stage)
    found = {actor for claim in claims for actor in view.facts.links(claim, DEF + "stageActor")}
    return sorted(found, key=view.order)


def flows(view: View) -> Counter[tuple[str, str]]:
    """How many supply ties run from actors of one stage to actors of another; a tie between firms of many stages
    counts for each pair.
    """
    where: dict[str, set[str]] = defaultdict(set)
    for _, group in stages(view):
        for stage in group:
            for actor in actors(view, stage):
                where[actor].add(stage)
    found: Counter[tuple[str, str]] = Counter()
    for claim in filter(view.facts.stands, view.facts.of_type("SupplyRelation")):
        ends = [view.facts.links(claim, DEF + role) for role in ("supplier", "customer")]
        found.update({(a, b) for s in ends[0] for c in ends[1] for a in where[s] for b in where[c] if a != b})
    return found


def chain_drawn(view: View, ties: Mapping[tuple[str, str], int], page: str = "") -> Markup:
    """The drawing of the whole chain, whose stages lead to their places on that page."""
    drawn = [
        (name, [Stage(iri, view.name(iri), f"{page}#{iri.rpartition('/')[2]}", len(actors(view, iri))) for iri in iris])
        for name, iris in stages(view)
    ]
    column = {iri: place for place, (_, iris) in enumerate(stages(view)) for iri in iris}
    shown = {pair: count for pair, count in ties.items() if count >= LEAST and column[pair[0]] != column[pair[1]]}
    return chain(drawn, shown, view.t("chain"))


def chain_page(view: View) -> dict[str, Any]:
    """The drawing, then each stage with its actors and the stages that it supplies and is supplied by."""
    ties = flows(view)
    ordered = sorted(ties.items(), key=lambda flow: (-flow[1], flow[0]))
    entries = []
    for _, iris in stages(view):
        for iri in iris:
            to = [(b, count) for (a, b), count in ordered if a == iri][:4]
            since = [(a, count) for (a, b), count in ordered if b == iri][:4]
            entries.append({
                "key": iri.rpartition("/")[2], "link": view.link(iri), "name": view.named(iri),
                "definition": view.texts(iri, OUTSIDE["skos"] + "definition"),
                "actors": [view.link(each) for each in actors(view, iri)],
                "to": [(view.named(each), each.rpartition("/")[2], count) for each, count in to],
                "from": [(view.named(each), each.rpartition("/")[2], count) for each, count in since],
            })  # fmt: skip
    return {"drawing": chain_drawn(view, ties), "stages": entries}


def policies_page(view: View) -> dict[str, Any]:
    """Documents by level and day, and as a list by year."""
    documents = [
        iri for name in ("PolicyDocument", "Standard", "ProgrammeDocument") for iri in view.facts.of_type(name)
    ]
    dated = sorted((day, iri) for iri in documents if (day := view.day(iri, DEF + "issuedOn")))
    levels: dict[str, list[Dot]] = defaultdict(list)
    years: dict[str, list[tuple[str, Markup, Markup]]] = defaultdict(list)
    for day, iri in dated:
        level = (view.facts.links(iri, DEF + "policyLevel") or view.facts.types(iri))[0]
        levels[_capital(view.name(level))].append(Dot(day, view.name(iri), view.href(iri)))
        issuers = view.joined(view.link(each) for each in view.facts.links(iri, DEF + "issuer"))
        years[day[:4]].append((day, view.link(iri), issuers))
    ordered = dict(sorted(levels.items(), key=lambda pair: -len(pair[1])))
    undated = [view.link(iri) for iri in documents if not view.day(iri, DEF + "issuedOn")]
    return {
        "drawing": lanes(ordered, view.t("policies")) if ordered else None,
        "years": sorted(years.items(), reverse=True),
        "undated": undated,
    }


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def per_year(view: View) -> Markup | None:
    """How many policy documents were issued in each year since 2015."""
    days = [view.day(iri, DEF + "issuedOn") for iri in view.facts.of_type("PolicyDocument")]
    count = Counter(day[:4] for day in days if day >= "2015")
    if not count:
        return None
    span = range(int(min(count)), int(max(count)) + 1)
    return columns([(str(year), count[str(year)]) for year in span], view.t("issued_per_year"))


def zones_map(view: View) -> tuple[Markup, list[str]]:
    """The map of all zones, one circle a place, and the zones that have no coordinates."""
    at: dict[tuple[float, float], list[str]] = defaultdict(list)
    absent = list[str]()
    for zone in view.facts.of_type("DemonstrationZone"):
        holder = located(view.facts, zone)
        found = view.facts.position(holder) if holder else None
        (at[found] if found else absent).append(zone)
    spots = [_spot(view, place, zones) for place, zones in sorted(at.items())]
    return place_map(view.facts.dots, spots, view.t("zones")), absent


def _spot(view: View, place: tuple[float, float], zones: list[str]) -> Spot:
    """A zone by its name; several at one place by that of the place whose coordinates most of them have."""
    holders = Counter(holder for zone in zones if (holder := located(view.facts, zone)) not in zones)
    shown = max(holders, key=lambda holder: (holders[holder], holder)) if len(zones) > 1 and holders else zones[0]
    name = f"{view.name(shown)} ({len(zones)})" if len(zones) > 1 else view.name(shown)
    return Spot(*place, 4 + 2.2 * len(zones) ** 0.5, name, view.href(shown), len(zones) >= 4)


def zones_page(view: View) -> dict[str, Any]:
    """The map, and the zones by kind."""
    drawing, absent = zones_map(view)
    kinds: dict[str, list[Markup]] = defaultdict(list)
    for zone in view.facts.of_type("DemonstrationZone"):
        for kind in view.facts.links(zone, DEF + "zoneKind") or [""]:
            kinds[kind].append(_with_place(view, zone))
    ordered = sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    named = [
        (view.link(kind) if kind else Markup("–"), view.named(kind) if kind else "–", lines) for kind, lines in ordered
    ]
    return {"drawing": drawing, "kinds": named, "absent": [view.link(each) for each in absent]}


def _with_place(view: View, zone: str) -> Markup:
    places = [view.link(each) for each in view.facts.links(zone, DEF + "locatedIn")[:1]]
    day = view.day(zone, DEF + "establishedOn")
    shown = [Markup('<span class="when">{}</span>').format(day)] if day else []
    return Markup(" · ").join([view.link(zone), *places, *shown])
