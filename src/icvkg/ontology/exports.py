"""The ontology in the form that Protégé and owlready2 read: one import-free RDF/XML file."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE

_OWL = OUTSIDE["owl"]
_IMPORTS = ox.NamedNode(_OWL + "imports")
_ONTOLOGY = ox.NamedNode(_OWL + "Ontology")
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
ROOT = ox.NamedNode(BASE + "ontology/icv")


def write_rdf_xml(file: Path, triples: Iterable[ox.Triple]) -> None:
    """Writes the triples as RDF/XML under the one header of the root ontology, imports left out."""
    kept = list(triples)
    headers = {t.subject for t in kept if t.predicate == _TYPE and t.object == _ONTOLOGY} - {ROOT}
    merged = [t for t in kept if t.subject not in headers and t.predicate != _IMPORTS]
    file.write_bytes(ox.serialize(merged, format=ox.RdfFormat.RDF_XML) or b"")
