"""The service description (SPARQL 1.1 Service Description, W3C)."""

import hashlib

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE
from icvkg.publish.endpoint import GRAPHS
from icvkg.publish.messages import Request, Response
from icvkg.publish.negotiation import choose
from icvkg.publish.problems import ProblemError
from icvkg.release.manifest import Manifest
from icvkg.store.files import serialize
from icvkg.store.worker import GRAPH_FORMATS

SD, VOID, FORMATS = (
    "http://www.w3.org/ns/sparql-service-description#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/formats/",
)
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads", "N3",
)  # fmt: skip


def description(endpoint: str, manifest: Manifest) -> list[ox.Triple]:
    """What can be asked at that address, and of what."""
    service = ox.NamedNode(endpoint)
    dataset, graph = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{BASE}release/{manifest.version}")
    size = ox.Literal(
        str(manifest.triples["asserted"] + manifest.triples["derived"]),
        datatype=ox.NamedNode(OUTSIDE["xsd"] + "integer"),
    )
    kind = ox.NamedNode(OUTSIDE["rdf"] + "type")
    said: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (service, kind, ox.NamedNode(SD + "Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("EmptyGraphs")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, kind, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), graph),
        (graph, kind, _sd("Graph")),
        (graph, ox.NamedNode(VOID + "triples"), size),
    ]
    said += [(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name)) for name in _RESULT_FORMATS]
    return [ox.Triple(*each) for each in said]


def describe(request: Request, manifest: Manifest, path: str) -> Response:
    """The description in the form that the client likes best."""
    media = choose(request.header("accept"), tuple(GRAPHS))
    if media is None:
        raise ProblemError(406, f"The service description can be had as {', '.join(GRAPHS)}.")
    endpoint = request.base.rstrip("/") + path
    prefixes = {"sd": SD, "void": VOID, "formats": FORMATS}
    body = serialize(description(endpoint, manifest), GRAPH_FORMATS[GRAPHS[media]], prefixes)
    return Response(200, media, body, etag=hashlib.sha256(body).hexdigest()[:32], vary=("Accept",))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
