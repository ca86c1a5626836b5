"""The site of one release: its routes."""

import re
from dataclasses import dataclass
from functools import cached_property

from icvkg.publish.endpoint import Endpoint
from icvkg.publish.health import Health
from icvkg.publish.linked_data import LinkedData
from icvkg.publish.messages import Request, Response
from icvkg.publish.metrics import Metrics
from icvkg.publish.page_routes import PageRoutes
from icvkg.publish.resources import Published
from icvkg.publish.routes import READ, Handler, Route
from icvkg.publish.service import describe
from icvkg.publish.wellknown import WellKnown
from icvkg.release.manifest import Manifest
from icvkg.store.workers import Workers


@dataclass(frozen=True)
class Site:
    """What is served, and by whom queries are answered."""

    workers: Workers
    graph: Published

    @property
    def manifest(self) -> Manifest:
        """The release."""
        return self.graph.manifest

    @cached_property
    def pages(self) -> PageRoutes:
        """The routes of pages for people."""
        return PageRoutes(self.graph, self.workers)

    def routes(self) -> list[Route]:
        """Every route, in the order in which they are tried."""
        health = Health(self.workers, self.manifest)
        return [
            Route("/sparql/?", self._sparql(), (*READ, "POST")),
            Route("/health", health.health, is_public=False),
            Route("/ready", health.ready, is_public=False),
            Route("/metrics", Metrics(self.manifest).route, is_public=False),
            *WellKnown(self.graph).routes(),
            *self.pages.routes(),
            *LinkedData(self.graph).routes(),
        ]

    @cached_property
    def endpoint(self) -> Endpoint:
        """The SPARQL endpoint."""
        return Endpoint(self.workers, self.manifest.digest)

    def _sparql(self) -> Handler:
        async def answer(request: Request, match: re.Match[str]) -> Response:
            if request.method != "POST" and not request.query:
                return describe(request, self.manifest, request.path)
            return await self.endpoint(request)

        return answer
