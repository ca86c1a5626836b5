"""The ontology in the form that owlready2 reads: one import-free RDF/XML file."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from icvkg.ontology.closure import merge


def write_rdf_xml(file: Path, triples: Iterable[ox.Triple]) -> None:
    """Writes the triples as RDF/XML under the one header of the root ontology, imports left out."""
    file.write_bytes(ox.serialize(merge(triples), format=ox.RdfFormat.RDF_XML) or b"")
