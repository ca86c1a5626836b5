"""The sources behind what an answer names."""

from collections.abc import Iterable, Sequence
from typing import Any

from icvkg.assistants.limited import Rows
from icvkg.namespaces import ID
from icvkg.queries.answers import words
from icvkg.store.embedded import EmbeddedStore

MOST = 50
"""So many sources are listed with an answer."""
_SOURCES = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?source ?title ?publisher (SAMPLE(?address) AS ?url) (GROUP_CONCAT(DISTINCT ?name; SEPARATOR=" ") AS ?for)
WHERE {
  VALUES ?thing { THINGS }
  ?thing icv:hasEvidence/icv:source ?source .
  ?source rdfs:label ?title ; icv:publisherName ?publisher .
  OPTIONAL { ?source icv:url ?address }
  BIND(STR(?thing) AS ?name)
} GROUP BY ?source ?title ?publisher ORDER BY ?source"""


def things_in(rows: Rows) -> list[str]:
    """The IRIs of things and claims in rows, each once."""
    terms = (term for row in rows for term in row.values())
    return list(
        dict.fromkeys(term["value"] for term in terms if term["type"] == "uri" and term["value"].startswith(ID))
    )


def sources(store: EmbeddedStore, things: Iterable[str]) -> dict[str, Any]:
    """The sources of things and claims, each with what it supports; `sourcesLeftOut` counts those beyond MOST."""
    named = " ".join(f"<{iri}>" for iri in things)
    rows: Sequence[Any] = store.select(_SOURCES.replace("THINGS", named), authored=False)[1] if named else ()
    listed = [
        {
            "source": words(source),
            "title": words(title),
            "publisher": words(publisher),
            "url": words(url),
            "supports": words(supported).split(),
        }
        for source, title, publisher, url, supported in rows[:MOST]
    ]
    return {"sources": listed} | ({"sourcesLeftOut": len(rows) - MOST} if len(rows) > MOST else {})
