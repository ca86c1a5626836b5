"""What machines look for first: VoID and DCAT descriptions, the list of pages, rules for robots."""

import re
from dataclasses import dataclass
from html import escape

from icvkg.publish.messages import Request, Response
from icvkg.publish.resources import Published, address
from icvkg.publish.routes import Route


def sitemap(graph: Published, base: str) -> bytes:
    """The address of every page, under that base, with the day that the release speaks of (sitemaps.org 0.9)."""
    day = graph.manifest.as_of
    pages = (escape(base.rstrip("/") + address(one.document("html"))) for one in graph.resources.values())
    entries = "".join(f"<url><loc>{page}</loc><lastmod>{day}</lastmod></url>\n" for page in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{entries}</urlset>\n'.encode()


def robots(base: str) -> bytes:
    """Everything may be read; queries are not for crawlers."""
    return f"User-agent: *\nDisallow: /sparql\n\nSitemap: {base.rstrip('/')}/sitemap.xml\n".encode()


@dataclass(frozen=True)
class WellKnown:
    """The routes of what has a fixed address."""

    graph: Published

    def routes(self) -> list[Route]:
        """`/.well-known/void` leads to the description of the release (W3C note on VoID, section 7.2)."""
        return [
            Route("/.well-known/void", self.dataset),
            Route("/(?:void|dcat)", self.dataset),
            Route(
                r"/sitemap\.xml", lambda request, _: self._text("application/xml", sitemap(self.graph, request.base))
            ),
            Route(r"/robots\.txt", lambda request, _: self._text("text/plain; charset=utf-8", robots(request.base))),
        ]

    def dataset(self, request: Request, match: re.Match[str]) -> Response:
        """To the document about the release, which holds both descriptions."""
        return Response(302, "", b"", (("Location", address(self.graph.release.document())),))

    def _text(self, media: str, body: bytes) -> Response:
        return Response(200, media, body, (("Cache-Control", "public, max-age=3600"),))
