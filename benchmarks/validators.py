"""The sides of `benchmarks/shacl.py`: each validates a file and says how long it took and what it found."""

import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file, serialize
from icvkg.validation.reference import reference_report
from icvkg.validation.report import Report
from icvkg.validation.revalidation import Revalidator
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph, read_shapes
from icvkg.validation.vocabulary import SH, SUBCLASS
from jena import class_path

Pairs = set[tuple[str, str]]
"""Focus node and constraint component of each result."""
Measured = tuple[float, float, float, Pairs, dict[str, float]]
"""CPU seconds of loading and of validating, peak memory in MB, what was found, and more numbers by name."""
CHANGE = 100
CHANGES = ("a few things", "scattered")


def shapes_file(place: Path, language: str = "") -> Path:
    """All of our shapes in one Turtle file; with a language, without messages in others."""
    triples = [each for each in read_shapes().triples if not (language and _is_message(each, language))]
    place.write_bytes(serialize(triples, ox.RdfFormat.TURTLE))
    return place


def _is_message(triple: ox.Triple, but: str) -> bool:
    return triple.predicate.value == SH + "message" and getattr(triple.object, "language", but) != but


def _icvkg(data: Path) -> Measured:
    start = process_time()
    store = EmbeddedStore(ox.Store())
    store.load(data.read_bytes())
    loaded = process_time()
    report = validate(store, read_shapes())
    done = process_time()
    memory = _peak(resource.RUSAGE_SELF)
    return loaded - start, done - loaded, memory, _pairs(report), _changes(store, done - loaded)


def _changes(store: EmbeddedStore, whole: float) -> dict[str, float]:
    """Seconds for two changes of 100 triples and their part of a whole validation: of a few things, and scattered."""
    shapes = read_shapes()
    revalidator, before = Revalidator(shapes), validate(store, shapes)
    numbers: dict[str, float] = {}
    plain = [triple for triple in store if _is_of_data(triple)]
    plain.sort(key=str)
    step = max(1, len(plain) // CHANGE)
    for name, changed in zip(CHANGES, (plain[len(plain) // 2 :][:CHANGE], plain[::step][:CHANGE]), strict=True):
        store.remove(changed)
        start = process_time()
        report = revalidator.report(store, before, changed)
        seconds = process_time() - start
        same = report == validate(store, shapes)
        numbers |= {f"{name}, s": seconds, f"{name}, part": seconds / whole, f"{name}, same": float(same)}
        store.add(changed)
    return numbers


def _is_of_data(triple: ox.Triple) -> bool:
    return "/icvkg/id/" in str(triple.subject) and triple.predicate.value != SUBCLASS


def _pyshacl(data: Path) -> Measured:
    start = process_time()
    triples = read_file(data)
    loaded = process_time()
    report = reference_report(triples, read_shapes())
    return loaded - start, process_time() - loaded, _peak(resource.RUSAGE_SELF), _pairs(report), {}


def _pyrudof(data: Path) -> Measured:
    import pyrudof

    with tempfile.TemporaryDirectory() as place:
        shapes = shapes_file(Path(place) / "shapes.ttl")
        start = process_time()
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(str(data), pyrudof.RDFFormat.NTriples)
        loaded = process_time()
        rudof.read_shacl(str(shapes), pyrudof.ShaclFormat.Turtle)
        rudof.validate_shacl()
        done = process_time()
        text = rudof.serialize_shacl_validation_results(pyrudof.ResultShaclValidationFormat.Turtle)
    return loaded - start, done - loaded, _peak(resource.RUSAGE_SELF), _report_pairs(text.encode()), {}


def _jena(data: Path) -> Measured:
    """A run with shapes that have no target counts as loading, the start of Java in it.

    Jena 4.5 refuses a shape with messages in two languages: it gets the English ones.
    """
    with tempfile.TemporaryDirectory() as place:
        empty = Path(place) / "empty.ttl"
        empty.write_text(f"<urn:none> a <{SH}NodeShape> .", encoding="utf-8")
        path = class_path(Path(place))
        _, load = _java(path, empty, data)
        found, both = _java(path, shapes_file(Path(place) / "shapes.ttl", "en"), data)
    return load, both - load, _peak(resource.RUSAGE_CHILDREN), _report_pairs(found), {}


def _java(path: str, shapes: Path, data: Path) -> tuple[bytes, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["java", "-cp", path, "shacl.shacl_validate", "--shapes", str(shapes), "--data", str(data)]
    done = subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _pairs(report: Report) -> Pairs:
    return {(each.focus, each.component) for each in report.results}


def _report_pairs(turtle: bytes) -> Pairs:
    """The pairs of a sh:ValidationReport."""
    graph = ShapesGraph(quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    nodes = [node for _, node in graph.pairs(SH + "result")]
    return {(str(graph.value(node, SH + "focusNode")), graph.text(node, SH + "sourceConstraintComponent") or "")
            for node in nodes}  # fmt: skip


def without_some(lines: Iterable[bytes], one_in: int = 997) -> Iterable[bytes]:
    """N-Triples lines with some left out, so that shapes have something to find; what things are stays."""
    return (line for number, line in enumerate(lines) if number % one_in or b"#type>" in line)


def ontology_lines() -> bytes:
    """The ontology, whose class hierarchy the shapes need."""
    from icvkg.ontology.closure import read_ontology

    return serialize(read_ontology(), ox.RdfFormat.N_TRIPLES)


SIDES: dict[str, Callable[[Path], Measured]] = {
    "icvkg": _icvkg, "pyrudof": _pyrudof, "Jena": _jena, "pyshacl": _pyshacl,
}  # fmt: skip
