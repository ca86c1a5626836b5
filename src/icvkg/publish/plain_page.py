"""A document about a resource as a plain page: what is said of it, row by row, in HTML."""

from html import escape

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE, shorten_iri
from icvkg.publish.description import description
from icvkg.publish.resources import Published, Resource, address

_LABEL = OUTSIDE["rdfs"] + "label"


def write(graph: Published, resource: Resource) -> bytes:
    """The page."""
    said = description(graph, resource)
    labels = [t.object.value for t in said if t.predicate.value == _LABEL and _is(t.subject, resource.iri)]  # type: ignore[union-attr]
    title = escape(" · ".join(labels) or shorten_iri(resource.iri))
    rows = "".join(f"<tr><th>{_cell(t.predicate)}<td>{_cell(t.object)}" for t in said if _is(t.subject, resource.iri))
    head = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    return f"{head}<h1>{title}</h1><table>{rows}</table></html>".encode("utf-8", "replace")


def _is(term: object, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value == iri


def _cell(term: object) -> str:
    """A term as text; only what is ours becomes a link."""
    if isinstance(term, ox.NamedNode):
        text = escape(shorten_iri(term.value))
        here = term.value.startswith(BASE)
        return f'<a href="{escape(address(term.value.removeprefix(BASE)))}">{text}</a>' if here else text
    return escape(str(term))
