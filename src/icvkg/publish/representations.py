"""The forms in which a document about a resource is had: one function from resource to bytes, for server and files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg.namespaces import PREFIXES
from icvkg.publish import jsonld
from icvkg.publish.description import description
from icvkg.publish.resources import Published, Resource
from icvkg.queries.formats import turtle
from icvkg.store.files import serialize

Writer = Callable[[Published, Resource], bytes]


@dataclass(frozen=True)
class Form:
    """One form: the suffix of its file, its media type, what writes it."""

    suffix: str
    media: str
    write: Writer

    @property
    def content_type(self) -> str:
        """The media type with its character set, where there is more than one."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


def _from_triples(write: Callable[[Iterable[ox.Triple]], bytes]) -> Writer:
    return lambda graph, resource: write(description(graph, resource))


def _page(graph: Published, resource: Resource) -> bytes:
    """The page in English, the first language."""
    return graph.pages.page(resource.document("html"), "en") or b""


FORMS = {
    form.suffix: form
    for form in (
        Form("html", "text/html", _page),
        Form("ttl", "text/turtle", _from_triples(lambda triples: turtle(triples).encode())),
        Form("jsonld", "application/ld+json", lambda graph, one: jsonld.document(graph, description(graph, one))),
        Form("rdf", "application/rdf+xml", _from_triples(lambda each: serialize(each, ox.RdfFormat.RDF_XML, PREFIXES))),
        Form("nt", "application/n-triples", _from_triples(lambda each: serialize(each, ox.RdfFormat.N_TRIPLES))),
    )
}
"""Every form by its suffix, the preferred one first."""


def represent(graph: Published, resource: Resource, suffix: str) -> bytes:
    """The document about a resource in the form with that suffix."""
    return FORMS[suffix].write(graph, resource)
