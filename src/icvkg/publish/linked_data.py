"""Linked data over HTTP: 303 from thing to document, documents in the form that the client likes best."""

import hashlib
import re
from dataclasses import dataclass

from icvkg.publish.jsonld import CONTEXT, context
from icvkg.publish.links import LINKSET, Link, downloads, links, linkset, media_of
from icvkg.publish.messages import Request, Response
from icvkg.publish.negotiation import choose, likes_chinese
from icvkg.publish.pages.view import CHINESE
from icvkg.publish.problems import ProblemError
from icvkg.publish.representations import FORMS, Form, represent
from icvkg.publish.resources import Published, Resource, address
from icvkg.publish.routes import Route
from icvkg.release.manifest import FILE as MANIFEST

_SUFFIX = r"(?:\.(?P<suffix>" + "|".join(map(re.escape, FORMS)) + "))?"
_CHOSEN = ("Accept",)
_NAMED = ("Accept", "Accept-Language")


@dataclass(frozen=True)
class LinkedData:
    """The routes of things, documents, sets of links, the context and the files of a release."""

    graph: Published

    def routes(self) -> list[Route]:
        """A thing's own address answers 303; `doc/` holds the documents."""
        return [
            Route(f"/{CONTEXT}", self.context),
            Route(r"/release/[^/]+/(?P<name>[^/]+)", self.download),
            Route(rf"/(?P<path>(?:id|def|code|ontology|release)/.+?){_SUFFIX}/?", self.thing),
            Route(rf"/doc/(?P<path>.+?){_SUFFIX}/?", self.document),
            Route(r"/linkset/(?P<path>.+)\.json", self.linkset),
        ]

    def thing(self, request: Request, match: re.Match[str]) -> Response:
        """303 to the document about a thing (httpRange-14), in the form of the suffix or of the Accept header.

        The page is the Chinese one for a client that reads Chinese rather than English.
        """
        resource = self._resource(match["path"])
        form = self._form(request, match["suffix"], resource)
        target = resource.document(form.suffix)
        if form.suffix == "html" and not match["suffix"] and likes_chinese(request.header("accept-language")):
            target = CHINESE + target
        links = (("Link", Link("describedby", target, form.media).header()),)
        headers = (("Location", address(target)), ("Cache-Control", "public, no-cache"), *links)
        return Response(303, "", b"", headers, vary=() if match["suffix"] else _NAMED)

    def document(self, request: Request, match: re.Match[str]) -> Response:
        """The document about a resource."""
        resource = self._resource(match["path"])
        form = self._form(request, match["suffix"], resource)
        headers = [("Cache-Control", "public, no-cache")]
        headers += [("Link", ", ".join(link.header() for link in links(self.graph, resource, form.suffix)))]
        if not match["suffix"]:
            headers.append(("Content-Location", address(resource.document(form.suffix))))
        body = self._written(resource, form)
        return self._found(form.content_type, body, tuple(headers), () if match["suffix"] else _CHOSEN)

    def _written(self, resource: Resource, form: Form) -> bytes:
        path, kept = resource.document(form.suffix), self.graph.kept
        body = kept.get(path)
        if body is None:
            body = represent(self.graph, resource, form.suffix)
            kept.put(path, body, len(body))
        return body

    def linkset(self, request: Request, match: re.Match[str]) -> Response:
        """All links of a resource."""
        return self._found(LINKSET, linkset(self.graph, self._resource(match["path"])))

    def context(self, request: Request, match: re.Match[str]) -> Response:
        """The context of our JSON-LD."""
        return self._found("application/ld+json", context(self.graph))

    def download(self, request: Request, match: re.Match[str]) -> Response:
        """A file of the release, as it lies."""
        name = match["name"]
        here = f"/{self.graph.release.path}/{name}" == request.path
        if not here or name not in downloads(self.graph):
            raise ProblemError(404, f"There is no such file; the release is {address(self.graph.release.path)}.")
        digest = f"{self.graph.manifest.digest}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        media = media_of(name)
        full = f"{media}; charset=utf-8" if media.startswith("text/") else media
        collection = Link("collection", self.graph.release.iri).header()
        return Response(200, full, self.graph.folder / name, (("Link", collection),), digest, self._modified())

    def _resource(self, path: str) -> Resource:
        resource = self.graph.find(path)
        if resource is None:
            raise ProblemError(404, "Nothing in this release has that address.")
        return resource

    def _form(self, request: Request, suffix: str | None, resource: Resource) -> Form:
        if suffix:
            return FORMS[suffix]
        offered = {form.media: form for form in FORMS.values()}
        chosen = choose(request.header("accept"), tuple(offered))
        if chosen is None:
            links = ", ".join(Link("alternate", resource.document(each), FORMS[each].media).header() for each in FORMS)
            raise ProblemError(406, f"This can be had as {', '.join(offered)}.", ("Link", links), ("Vary", "Accept"))
        return offered[chosen]

    def _found(
        self, media: str, body: bytes, headers: tuple[tuple[str, str], ...] = (), vary: tuple[str, ...] = ()
    ) -> Response:
        tag = hashlib.sha256(body).hexdigest()[:32]
        return Response(200, media, body, headers, tag, self._modified(), vary)

    def _modified(self) -> float:
        """When this release was written."""
        return (self.graph.folder / MANIFEST).stat().st_mtime
