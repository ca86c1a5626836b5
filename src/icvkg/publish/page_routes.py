"""Pages over HTTP, with what a running server adds to files: parameters of questions, search without scripts."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.publish.linked_data import LinkedData
from icvkg.publish.links import links
from icvkg.publish.messages import Request, Response
from icvkg.publish.negotiation import choose
from icvkg.publish.pages import files
from icvkg.publish.pages.charts import has_picture, picture
from icvkg.publish.pages.pages import Pages, split
from icvkg.publish.pages.policy import policy
from icvkg.publish.pages.questions import EXPORTS, asked
from icvkg.publish.pages.view import CHINESE
from icvkg.publish.pages.words import LANGUAGES
from icvkg.publish.problems import MEDIA as PROBLEM
from icvkg.publish.problems import ProblemError
from icvkg.publish.resources import Published, address
from icvkg.publish.routes import Route
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery
from icvkg.queries.missing import with_missing
from icvkg.queries.name_index import NameIndex
from icvkg.queries.parameters import bound_text
from icvkg.queries.search import search
from icvkg.release.named_things import open_names
from icvkg.store.workers import Question, Reply, Workers

_HTML = "text/html; charset=utf-8"
_PLAIN = "index|chain|policies|zones|ontology|search|sparql|404"


@dataclass(frozen=True)
class PageRoutes:
    """The routes of pages and of the files that they need."""

    graph: Published
    workers: Workers

    @property
    def pages(self) -> Pages:
        """The pages of the release."""
        return self.graph.pages

    def routes(self) -> list[Route]:
        """English pages at their own paths, Chinese ones under `zh/`; `?lang=` leads from one to the other."""
        suffixes = "|".join(EXPORTS)
        return [
            Route(r"/(?P<zh>zh/)?(?P<folder>queries/)?", self.folder),
            Route(rf"/(?P<path>(?:zh/)?(?:{_PLAIN})\.html)", self.page),
            Route(r"/(?P<path>(?:zh/)?queries/(?P<name>[^/]+)\.html)", self.question),
            Route(rf"/queries/(?P<name>[^/]+)\.(?P<suffix>{suffixes})", self.export),
            Route(r"/(?P<path>(?:zh/)?queries/(?P<name>[^/]+)\.svg)", self.chart),
            Route(r"/(?P<path>(?:zh/)?links/.+\.html)", self.page),
            Route(r"/(?P<page>zh/doc/(?P<path>.+)\.html)", self.chinese),
            Route(r"/doc/(?P<path>.+?)\.(?P<suffix>html)", self.document),
            Route(r"/(?P<path>static/.+|names\.json|editor\.json)", self.file),
        ]

    def warm(self) -> None:
        """Reads what pages are made of, so that the first reader does not wait."""
        _ = self.pages.facts, self._names

    def folder(self, request: Request, match: re.Match[str]) -> Response:
        """A folder shows its index."""
        return self._shown(request, f"{match['zh'] or ''}{match['folder'] or ''}index.html")

    def page(self, request: Request, match: re.Match[str]) -> Response:
        """A page; the search page answers what is asked of it."""
        path, language = split(match["path"])
        text = dict(request.parameters).get("q", "")
        if path == "search.html" and text:
            hits = [hit.iri for hit in search(self._names, text[:200], 40)]
            return _response(self.pages.found(language, text[:200], hits))
        return self._shown(request, match["path"])

    def chinese(self, request: Request, match: re.Match[str]) -> Response:
        """The Chinese page of a resource, with the links of its document."""
        response = self._shown(request, match["page"])
        resource = self.graph.find(match["path"])
        if response.status != 200 or resource is None:
            return response
        header = ", ".join(link.header() for link in links(self.graph, resource, "html"))
        return _response(response.body, ("Link", header), ("Content-Language", "zh"))

    def document(self, request: Request, match: re.Match[str]) -> Response:
        """The English page of a resource."""
        return self._elsewhere(request, match[0][1:]) or LinkedData(self.graph).document(request, match)

    def file(self, request: Request, match: re.Match[str]) -> Response:
        """A file that pages need."""
        body = self._files.get(match["path"])
        if body is None:
            raise ProblemError(404, "There is no such file.")
        tag = hashlib.sha256(body).hexdigest()[:32]
        return Response(200, files.media_of(match["path"]), body, (("Cache-Control", "public, max-age=3600"),), tag)

    async def question(self, request: Request, match: re.Match[str]) -> Response:
        """A curated query with its parameters; those left empty do not restrict the answer."""
        path, language = split(match["path"])
        query = self.pages.queries.get(match["name"])
        elsewhere = self._elsewhere(request, match["path"])
        if query is None or elsewhere:
            return elsewhere or self._shown(request, match["path"])
        given = self._given(query, request)
        answer = await self._asked(query, given)
        return _response(self.pages.question(self.pages.view(path, language), query, answer, given))

    async def export(self, request: Request, match: re.Match[str]) -> Response:
        """The answer of a curated query as a file, or its text."""
        query = self.pages.queries.get(match["name"])
        if query is None:
            raise ProblemError(404, "There is no such question.")
        if match["suffix"] == "rq":
            return Response(200, files.MEDIA["rq"], query.text.encode())
        answer = await self._asked(query, self._given(query, request))
        return Response(200, files.MEDIA[match["suffix"]], files.exported(answer, match["suffix"]))

    async def chart(self, request: Request, match: re.Match[str]) -> Response:
        """The chart of an answer; one is drawn at a time, and kept."""
        query = self.pages.queries.get(match["name"])
        given = self._given(query, request) if query else {}
        name = match["path"] + asked(given)
        body = self.graph.kept.get(name)
        if body is None:
            answer = await self._asked(query, given) if query else None
            if query is None or answer is None or not has_picture(query, answer):
                raise ProblemError(404, "There is no chart of this answer.")
            async with self._pencil:
                body = await asyncio.to_thread(picture, answer, split(match["path"])[1])
            self.graph.kept.put(name, body, len(body))
        tag = hashlib.sha256(body).hexdigest()[:32]
        return Response(200, files.MEDIA["svg"], body, (("Cache-Control", "public, no-cache"),), tag)

    def not_found(self, request: Request, response: Response) -> Response:
        """For people, the page of unknown addresses in place of a problem document."""
        likes = choose(request.header("accept") or PROBLEM, (PROBLEM, "text/html"))
        if response.status != 404 or likes != "text/html":
            return response
        body = self.pages.page("404.html", split(request.path[1:])[1])
        return Response(404, _HTML, body or b"", (("Cache-Control", "no-store"),))

    def _given(self, query: CuratedQuery, request: Request) -> dict[str, str]:
        known = {parameter.name for parameter in query.parameters}
        return {name: value[:200] for name, value in request.parameters if name in known}

    async def _asked(self, query: CuratedQuery, given: Mapping[str, str]) -> Answer:
        try:
            text = bound_text(query, dict(given), self.graph.manifest.as_of)
        except IcvkgError as error:
            raise ProblemError(400, str(error)) from None
        reply = await self.workers.ask(Question(text, "json", None))
        if reply.kind != "done":
            raise ProblemError(503, "This question could not be answered in time.", ("Retry-After", "10"))
        answer = replace(_answer(_whole(reply)), origin=self.pages.origin(query, given))
        return with_missing(query, answer, self.graph.store)

    def _shown(self, request: Request, full: str) -> Response:
        elsewhere = self._elsewhere(request, full)
        if elsewhere:
            return elsewhere
        path, language = split(full)
        body = self.pages.page(path, language)
        if body is None:
            raise ProblemError(404, "There is nothing at this address.")
        rules = ("Content-Security-Policy", f"{policy(path)}; frame-ancestors 'none'")
        return _response(body, ("Content-Language", language), rules)

    def _elsewhere(self, request: Request, full: str) -> Response | None:
        """To the page in the language that `?lang=` names, when it is not this one."""
        wanted = dict(request.parameters).get("lang", "") if request.query else ""
        path, language = split(full)
        if wanted not in LANGUAGES or wanted == language:
            return None
        target = (CHINESE if wanted == "zh" else "") + path
        return Response(303, "", b"", (("Location", address(target)),))

    @cached_property
    def _files(self) -> Mapping[str, bytes]:
        return files.static_files() | files.generated(self.pages)

    @cached_property
    def _pencil(self) -> asyncio.Lock:
        return asyncio.Lock()

    @cached_property
    def _names(self) -> NameIndex:
        return open_names(self.graph.folder.parents[1], self.graph.manifest.digest, self.graph.store)


def _whole(reply: Reply) -> bytes:
    """The body of a reply; a file goes once it is read."""
    if reply.file is None:
        return reply.body
    body = reply.file.read_bytes()
    reply.file.unlink()
    return body


def _answer(body: bytes) -> Answer:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return Answer(tuple(each.value for each in found.variables), tuple(tuple(row) for row in found))


def _response(body: object, *headers: tuple[str, str]) -> Response:
    assert isinstance(body, bytes)
    tag = hashlib.sha256(body).hexdigest()[:32]
    return Response(200, _HTML, body, (("Cache-Control", "public, no-cache"), *headers), tag)
