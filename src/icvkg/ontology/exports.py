"""The ontology as others read it: a folder for Protégé, and one import-free RDF/XML file for owlready2."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.errors import IcvkgError
from icvkg.namespaces import BASE, OUTSIDE, PREFIXES
from icvkg.ontology.catalogue import FILE, catalogue
from icvkg.ontology.closure import ROOT, imported, merge, read_modules, read_ontology
from icvkg.ontology.headers import individuals_header, rename

DOCUMENTS = MERGED, INDIVIDUALS, TOGETHER = "icv-merged", "individuals", "icvkg"
_TURTLE, _RDF_XML = ".ttl", ".rdf"
_DECIMAL = ox.NamedNode(OUTSIDE["xsd"] + "decimal")


def write_rdf_xml(file: Path, triples: Iterable[ox.Triple]) -> None:
    """Writes the triples as RDF/XML under the one header of the root ontology, imports left out."""
    file.write_bytes(ox.serialize(merge(triples), format=ox.RdfFormat.RDF_XML) or b"")


def write_protege(folder: Path, release: Iterable[ox.Triple], version: str) -> list[Path]:
    """Writes the folder for Protégé; gives the files written."""
    files = protege_files(release, version)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def protege_files(release: Iterable[ox.Triple], version: str) -> dict[str, bytes]:
    """The folder for Protégé, as bytes by file name: every document as Turtle and as RDF/XML, and one catalogue.

    Documents are the modules as they lie, terms and codes merged under one header without imports, the individuals of
    the release alone (importing the ontology), and both together. Raises IcvkgError when the release was built with
    another ontology than this one.
    """
    everything = sorted({with_point(triple) for triple in release}, key=str)
    modules = read_modules()
    apart = {
        MERGED: rename(merge(imported(modules)), ROOT, ox.NamedNode(f"{BASE}ontology/{MERGED}")),
        INDIVIDUALS: [*individuals_header(version), *_individuals(everything)],
    }
    source = artefacts.folder("ontology")
    files = {name: (source / name).read_bytes() for name in modules}
    files |= {name.replace(_TURTLE, _RDF_XML): _rdf_xml(triples) for name, triples in modules.items()}
    for name, triples in (apart | {TOGETHER: everything}).items():
        files |= {name + _TURTLE: _turtle(triples), name + _RDF_XML: _rdf_xml(triples)}
    named = modules | {name + _TURTLE: triples for name, triples in apart.items()}
    return files | {FILE: catalogue(named).encode()}


def with_point(triple: ox.Triple) -> ox.Triple:
    """The triple with `440` as a decimal written `440.0`: OWLAPI saves it as 440 otherwise, and reads an integer."""
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype == _DECIMAL and "." not in value.value:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(f"{value.value}.0", datatype=_DECIMAL))
    return triple


def _individuals(release: list[ox.Triple]) -> list[ox.Triple]:
    ontology = {with_point(triple) for triple in merge(read_ontology())}
    if not ontology <= set(release):
        raise IcvkgError("The current release was built with another ontology: run icvkg build first.")
    return [triple for triple in release if triple not in ontology]


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    kept = sorted(triples, key=str)
    return ox.serialize(kept, format=ox.RdfFormat.TURTLE, prefixes=_prefixes(kept)) or b""


def _rdf_xml(triples: Iterable[ox.Triple]) -> bytes:
    kept = sorted(triples, key=str)
    return ox.serialize(kept, format=ox.RdfFormat.RDF_XML, prefixes=_prefixes(kept)) or b""


def _prefixes(triples: list[ox.Triple]) -> dict[str, str]:
    """Our prefixes that a triple uses, `rdf` always."""
    spaces = {_space(term) for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    return {name: space for name, space in sorted(PREFIXES.items()) if space in spaces or space == OUTSIDE["rdf"]}


def _space(term: ox.NamedNode) -> str:
    cut = max(term.value.rfind("#"), term.value.rfind("/")) + 1
    return term.value[:cut]
