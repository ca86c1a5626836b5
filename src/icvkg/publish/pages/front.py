"""The front page, the list of questions, the further pages of a thing, the files of the release."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from markupsafe import Markup

from icvkg.namespaces import DEF, ID
from icvkg.publish.links import downloads
from icvkg.publish.pages import overview, things
from icvkg.publish.pages.claims import citations
from icvkg.publish.pages.view import View
from icvkg.publish.resources import Published
from icvkg.queries.catalogue import CuratedQuery, theme_title
from icvkg.release.manifest import Manifest

THEMES = ("policy", "supply", "business-models", "reconfiguration", "infrastructure", "quality")


def front(view: View, queries: Mapping[str, CuratedQuery], manifest: Manifest) -> dict[str, Any]:
    """The numbers of the release, the chain, the zones, the years, and one claim with its citation."""
    return {
        "numbers": numbers(view, manifest),
        "chain": overview.chain_drawn(view, overview.flows(view), view.page("chain.html")),
        "zones": overview.zones_map(view)[0],
        "years": overview.per_year(view),
        "example": example(view, f"{manifest.version} ({manifest.digest})"),
        "question_count": len(queries),
    }


def numbers(view: View, manifest: Manifest) -> list[tuple[str, str, str]]:
    """How much there is: number, what of, and the page that shows it."""
    facts = view.facts
    space = {
        kind: sum(iri.startswith(f"{ID}{kind}/") for iri in facts.said)
        for kind in ("claim", "source", "actor", "document")
    }
    triples = sum(manifest.triples[each] for each in ("asserted", "derived"))
    counts = [
        (space["claim"], "n_claims", "queries/index.html"),
        (space["source"], "n_sources", "doc/def/Source.html"),
        (space["actor"], "n_actors", "chain.html"),
        (space["document"], "n_documents", "policies.html"),
        (len(facts.of_type("DemonstrationZone")), "n_zones", "zones.html"),
        (triples, "n_triples", f"doc/release/{manifest.version}.html"),
    ]
    return [(f"{count:,}", view.t(key), view.page(target)) for count, key, target in counts]


def example(view: View, release: str) -> tuple[Markup, str] | None:
    """A paid ride without a safety operator that rests on most sources, with its citation."""
    driverless = [
        claim for claim in view.facts.of_type("Deployment")
        if view.facts.value(claim, DEF + "chargesFares") == "true"
        and view.facts.value(claim, DEF + "safetyOperator").endswith("/none")
    ]  # fmt: skip
    ordered = sorted(driverless, key=lambda claim: (-len(view.facts.links(claim, things.EVIDENCE)), claim))
    found = citations(view, ordered[0]) if ordered else []
    return (view.link(ordered[0]), found[0].text(release)) if found else None


def themes(view: View, queries: Mapping[str, CuratedQuery]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions by theme, each with its page."""
    found = []
    known = {query.theme for query in queries.values()}
    for theme in (*THEMES, *sorted(known - set(THEMES))):
        name = theme_title(theme, view.language)
        asked = [query for query in queries.values() if query.theme == theme]
        found.append((name, [(query.title(view.language), view.page(f"queries/{query.name}.html")) for query in asked]))
    return [entry for entry in found if entry[1]]


def further(view: View, iri: str, path: str, number: int, pages: int) -> dict[str, Any]:
    """One page of all that refers to a thing."""
    pairs = things.referring(view, iri)[(number - 1) * things.PAGE : number * things.PAGE]
    grouped = [
        (things.fragment(name), view.link(name), [things.line(view, subject) for _, subject in group])
        for name, group in groupby(pairs, key=lambda pair: pair[0])
    ]

    def target(other: int) -> str:
        return view.page(things.further(f"doc/{path}.html", other)) if 1 <= other <= pages else ""

    return {
        "thing": view.link(iri), "title": view.named(iri), "parts": grouped, "number": number, "pages": pages,
        "previous": target(number - 1), "next": target(number + 1),
    }  # fmt: skip


def release(view: View, graph: Published) -> dict[str, Any]:
    """What the page of the release shows: its title, numbers and files."""
    title = Markup("{} {}").format(view.t("release_title"), graph.manifest.version)
    return {"title": title, "files": files(view, graph), "definition": view.t("tagline")}


def files(view: View, graph: Published) -> list[tuple[str, str, str]]:
    """The files of the release: name, address, size."""
    sized = ((name, (graph.folder / name).stat().st_size) for name in downloads(graph))
    return [(name, view.file(f"{graph.release.path}/{name}"), _size(size)) for name, size in sized]


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
