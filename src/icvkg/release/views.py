"""The release in the hands of other libraries: copies for rdflib and owlready2."""

import io
from typing import TYPE_CHECKING

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES
from icvkg.ontology.closure import merge, read_ontology
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import serialize

if TYPE_CHECKING:
    import owlready2
    import rdflib

_IRI = "https://w3id.org/icvkg/ontology/icv"
_DEF = PREFIXES["icv"]


def rdflib_copy(store: EmbeddedStore) -> "rdflib.Graph":
    """Every triple in a graph of rdflib's, with our prefixes; literals keep their lexical forms."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    names: dict[object, rdflib.term.Node] = {}
    graph.addN((*(_kept(term, names) for term in triple), graph) for triple in store)  # type: ignore[misc]
    return graph


def _kept(term: object, names: dict[object, "rdflib.term.Node"]) -> "rdflib.term.Node":
    if term not in names:
        names[term] = _node(term)
    return names[term]


def _node(term: object) -> "rdflib.term.Node":
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == PREFIXES["xsd"] + "string" else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)


def owlready_copy(store: EmbeddedStore, *, individuals: bool) -> "owlready2.Ontology":
    """The ontology in a world of owlready2's own, with the individuals of the release or without."""
    try:
        import owlready2
    except ImportError:
        raise IcvkgError("owlready2 is needed for kg.owl(): pip install 'icvkg[reasoning]'.") from None
    triples = merge(store if individuals else read_ontology())
    data = serialize(triples, ox.RdfFormat.N_TRIPLES)
    world = owlready2.World()
    ontology = world.get_ontology(_IRI).load(fileobj=io.BytesIO(data))
    ontology.base_iri = _DEF
    return ontology
