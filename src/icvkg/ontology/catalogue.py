"""The OASIS catalogue that lets Protégé find imports beside the file that is open, without the network."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE

FILE = "catalog-v001.xml"

_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
"""
_ONTOLOGY = ox.NamedNode(OUTSIDE["owl"] + "Ontology")
_TYPE = ox.NamedNode(OUTSIDE["rdf"] + "type")
_VERSION = ox.NamedNode(OUTSIDE["owl"] + "versionIRI")


def catalogue(files: Mapping[str, Iterable[ox.Triple]]) -> str:
    """The catalogue of these files: ontology IRI and version IRI of each header lead to the file's name."""
    entries = [(name, file) for file, triples in files.items() for name in _names(list(triples))]
    lines = [f'  <uri name="{name}" uri="{file}"/>\n' for name, file in sorted(entries)]
    return _HEAD + "".join(lines) + "</catalog>\n"


def _names(triples: list[ox.Triple]) -> list[str]:
    headers = {t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY}
    versions = [t.object for t in triples if t.predicate == _VERSION and t.subject in headers]
    return [term.value for term in (*headers, *versions) if isinstance(term, ox.NamedNode)]
