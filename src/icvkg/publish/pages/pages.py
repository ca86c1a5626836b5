"""Every page of a release: its path, and its bytes in either language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from icvkg.namespaces import BASE, OUTSIDE
from icvkg.publish.pages import front, overview, pictures, terms, things
from icvkg.publish.pages.claims import citations
from icvkg.publish.pages.facts import Facts
from icvkg.publish.pages.policy import policy
from icvkg.publish.pages.questions import question
from icvkg.publish.pages.templates import render
from icvkg.publish.pages.view import CHINESE, View
from icvkg.publish.pages.words import LANGUAGES
from icvkg.publish.paths import is_safe
from icvkg.publish.resources import Published
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery
from icvkg.queries.origin import Origin
from icvkg.queries.parameters import bound_text, effective
from icvkg.release.questions import read_questions

PLAIN = ("index.html", "chain.html", "policies.html", "zones.html", "ontology.html", "search.html", "sparql.html")
"""Pages that stand for themselves."""
_QUESTION = re.compile(r"queries/([^/]+)\.html")
_FURTHER = re.compile(r"links/(.+)/([1-9][0-9]{0,5})\.html")


@dataclass(frozen=True)
class Pages:
    """The pages of one release. The path of a page is that in English; the Chinese one lies under `zh/`."""

    graph: Published
    base_path: str = "/"
    """Where the site lies on its host: what the page for unknown addresses starts its links with."""

    @cached_property
    def facts(self) -> Facts:
        """The release in memory."""
        return Facts.of(self.graph.store, self.graph.folder)

    @cached_property
    def known(self) -> Mapping[str, object]:
        """The resources that pages lead to: those whose pages can be files."""
        return {path: one for path, one in self.graph.resources.items() if is_safe(f"doc/{path}.html")}

    @cached_property
    def queries(self) -> Mapping[str, CuratedQuery]:
        """The curated queries of the release by name."""
        return read_questions(self.graph.folder)

    @cached_property
    def uses(self) -> Mapping[str, list[CuratedQuery]]:
        """The questions that use a term, by its IRI."""
        return terms.uses(self.queries.values())

    def paths(self) -> Iterator[str]:
        """The path of every page in English, each once."""
        yield from PLAIN
        yield from ("404.html", "queries/index.html")
        yield from (f"queries/{name}.html" for name in self.queries)
        for path in self.graph.resources:
            yield f"doc/{path}.html"
            yield from (
                things.further(f"doc/{path}.html", number) for number in range(1, self.further(BASE + path) + 1)
            )

    def further(self, iri: str) -> int:
        """How many pages it takes to list all that refers to a thing; 0 where its own page does."""
        view = self.view("", "en")
        counts: dict[str, int] = {}
        for name, _ in things.referring(view, iri):
            counts[name] = counts.get(name, 0) + 1
        return -(-sum(counts.values()) // things.PAGE) if any(each > things.SHOWN for each in counts.values()) else 0

    def view(self, path: str, language: str) -> View:
        """The view of one page."""
        return View(self.facts, self.known, language, path, self.base_path if path == "404.html" else "")

    def page(self, path: str, language: str) -> bytes | None:
        """The page with that path; None where there is none."""
        view = self.view(path, language)
        if path.startswith("doc/") and path.endswith(".html"):
            return self._document(view, path.removeprefix("doc/").removesuffix(".html"))
        further = _FURTHER.fullmatch(path)
        if further:
            return self._further(view, further[1], int(further[2]))
        asked = _QUESTION.fullmatch(path)
        if asked and asked[1] in self.queries:
            query = self.queries[asked[1]]
            return self.question(view, query, self.answer(query), {})
        return self._plain(view, path)

    def _plain(self, view: View, path: str) -> bytes | None:
        content: dict[str, Any] = {}
        if path in ("index.html", "queries/index.html"):
            content = front.front(view, self.queries, self.graph.manifest) if path == "index.html" else {}
            content["themes"] = front.themes(view, self.queries)
        elif path == "chain.html":
            content = overview.chain_page(view)
        elif path == "policies.html":
            content = overview.policies_page(view)
        elif path == "zones.html":
            content = overview.zones_page(view)
        elif path == "ontology.html":
            content = {"parts": terms.contents(view)}
        elif path == "search.html":
            content = {"text": "", "hits": None}
        elif path not in ("sparql.html", "404.html"):
            return None
        name = "questions.html" if path == "queries/index.html" else path
        return self.render(name, view, **content)

    def render(self, template: str, view: View, **content: Any) -> bytes:  # noqa: ANN401
        """A page with what all pages show: release, day and address."""
        manifest = self.graph.manifest
        shown = {"version": manifest.version, "digest": manifest.digest, "as_of": manifest.as_of}
        return render(template, view, policy=policy(view.path), **shown, **content)

    def answer(self, query: CuratedQuery) -> Answer:
        """The answer of a curated query to its defaults."""
        columns, rows = self.graph.store.select(bound_text(query, {}, self.graph.manifest.as_of))
        return Answer(tuple(columns), tuple(rows), origin=self.origin(query, {}))

    def origin(self, query: CuratedQuery, given: Mapping[str, str]) -> Origin:
        """Where an answer to the query with these parameters comes from; raises IcvkgError for a wrong one."""
        manifest = self.graph.manifest
        values = effective(query, given, manifest.as_of)
        return Origin(manifest.version, manifest.digest, query.text, values, self.graph.store, query)

    def question(self, view: View, query: CuratedQuery, answer: Answer, given: Mapping[str, str]) -> bytes:
        """The page of a curated query with an answer of it."""
        return self.render("question.html", view, **question(view, query, answer, given, self.graph.manifest.as_of))

    def found(self, language: str, text: str, hits: list[str]) -> bytes:
        """The search page with what was found, as IRIs."""
        view = self.view("search.html", language)
        return self.render("search.html", view, text=text, hits=[(view.link(iri), view.kind(iri)) for iri in hits])

    def _document(self, view: View, path: str) -> bytes | None:
        resource = self.graph.resources.get(path)
        if resource is None:
            return None
        iri = resource.iri
        content = things.basics(view, iri) | {
            "groups": things.groups(view, iri), "map": pictures.where(view, iri), "document": path,
            "timeline": pictures.when_drawn(view, iri, self.graph.manifest.as_of), "who": pictures.who(view, iri),
            "citations": [], "release": f"{self.graph.manifest.version} ({self.graph.manifest.digest})",
            "term": None, "members": [], "supports": [], "files": [],
        }  # fmt: skip
        return self.render("thing.html", view, **content | self._special(view, iri, resource.kind))

    def _special(self, view: View, iri: str, kind: str) -> dict[str, Any]:
        """What only some kinds of things show."""
        if kind == "claim":
            return {"citations": citations(view, iri)}
        if kind == "source":
            items = view.facts.subjects(things.SOURCE, iri)
            supported = [thing for item in items for thing in view.facts.links(item, things.EVIDENCE_FOR)]
            return {
                "supports": [things.line(view, each) for each in dict.fromkeys(supported)],
                "groups": [],
                "sources": [],
            }
        if kind == "evidence":
            return things.evidence(view, iri)
        if kind == "def":
            return {"term": terms.term(view, iri, self.uses), "sources": []} | terms.without_axioms(view, iri)
        if kind == "code" and OUTSIDE["skos"] + "ConceptScheme" in view.facts.types(iri):
            return {"members": terms.members(view, iri)}
        if kind == "ontology":
            module = "/".join(iri.removeprefix(BASE).split("/")[:2])
            own = view.facts.subjects(OUTSIDE["rdfs"] + "isDefinedBy", BASE + module)
            name = module.rpartition("/")[2]
            return {"title": view.t("module").format(name=name), "members": terms.listed(view, own), "groups": []}
        return front.release(view, self.graph) if kind == "release" else {}

    def _further(self, view: View, path: str, number: int) -> bytes | None:
        resource = self.graph.resources.get(path)
        pages = self.further(resource.iri) if resource else 0
        if resource is None or number > pages:
            return None
        return self.render("links.html", view, **front.further(view, resource.iri, path, number, pages))


def split(path: str) -> tuple[str, str]:
    """A page's path in English and its language, out of its path on the site."""
    return (path.removeprefix(CHINESE), LANGUAGES[1]) if path.startswith(CHINESE) else (path, LANGUAGES[0])
