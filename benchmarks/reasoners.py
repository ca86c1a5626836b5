"""Other engines on the axioms of `axioms.py`: what each adds to a graph, as N-Triples lines without the full stop.

Only edges between the graph's own things are kept, not what owlrl says of every IRI, or HermiT of classes.
"""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

import pyoxigraph as ox

from axioms import ONTOLOGY, SPACE, graph, rules
from icvkg.graph.derivation import derive
from icvkg.ontology.exports import write_rdf_xml
from icvkg.ontology.reasoning import java
from icvkg.store.embedded import EmbeddedStore

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
Found = tuple[float, float, set[str]]
"""Seconds of loading and of reasoning, and the edges."""


def _icvkg(data: str, without: tuple[str, ...] = ()) -> Found:
    start = process_time()
    store = EmbeddedStore(ox.Store())
    store.load(data.encode())
    loaded = process_time()
    derived = derive(store, rules(without))
    return loaded - start, process_time() - loaded, {str(triple) for triple in derived}


def _owlrl(data: str) -> Found:
    import owlrl
    import rdflib

    start = process_time()
    held = rdflib.Graph().parse(data=data, format="nt").parse(data=ONTOLOGY, format="turtle")
    loaded = process_time()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(held)
    return loaded - start, process_time() - loaded, {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in held}


def _reasonable(data: str) -> Found:
    import reasonable

    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("data.ttl", data), ("ontology.ttl", ONTOLOGY)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        start = process_time()
        reasoner = reasonable.PyReasoner()
        reasoner.load_file(f"{folder}/data.ttl")
        reasoner.load_file(f"{folder}/ontology.ttl")
        loaded = process_time()
        triples = reasoner.reason()
    return loaded - start, process_time() - loaded, {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in triples}


def _hermit(data: str) -> Found:
    """HermiT counts wall-clock seconds, since it works in a process of its own."""
    from time import perf_counter

    import owlready2

    owlready2.JAVA_EXE = java()
    world = owlready2.World()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.rdf"
        texts = ((data, ox.RdfFormat.N_TRIPLES), (ONTOLOGY, ox.RdfFormat.TURTLE))
        write_rdf_xml(file, [quad.triple for text, form in texts for quad in ox.parse(text, format=form)])
        start = perf_counter()
        with file.open("rb") as opened:
            ontology = world.get_ontology(f"{SPACE}axioms").load(fileobj=opened)
        loaded = perf_counter()
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        done = perf_counter()
    edges = {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in world.as_rdflib_graph()}
    return loaded - start, done - loaded, edges | _above(edges)


def _above(edges: Iterable[str]) -> set[str]:
    """What follows by sub-class and sub-property alone: owlready2 hands over the lowest of HermiT's findings only."""
    firms = {edge.replace(f"<{SPACE}Oem>", f"<{SPACE}Firm>") for edge in edges if edge.endswith(f"{TYPE} <{SPACE}Oem>")}
    return firms | {edge.replace(f"<{SPACE}supplies>", f"<{SPACE}dealsWith>") for edge in edges}


def _pyshacl(data: str) -> Found:
    """The rules as sh:SPARQLRule of one shape, repeated until nothing new follows."""
    import pyshacl
    import rdflib

    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . "
    texts = " , ".join(f'[ a sh:SPARQLRule ; sh:construct """{rule.text}""" ]' for rule in rules())
    shapes = f"{head}<{SPACE}Rules> a sh:NodeShape ; sh:targetNode <{SPACE}miit> ; sh:rule {texts} ."
    start = process_time()
    held = rdflib.Graph().parse(data=data, format="nt")
    held_shapes = rdflib.Graph().parse(data=shapes, format="turtle")
    loaded = process_time()
    pyshacl.validate(held, shacl_graph=held_shapes, advanced=True, iterate_rules=True, inplace=True)
    return loaded - start, process_time() - loaded, {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in held}


ENGINES: dict[str, Callable[[str], Found]] = {
    "icvkg": _icvkg,
    "icvkg, no chains": lambda data: _icvkg(data, ("chain-feeds", "chain-located")),
    "owlrl": _owlrl,
    "HermiT": _hermit,
    "pyshacl rules": _pyshacl,
    "reasonable": _reasonable,
}


def reasoned(engine: str, size: int) -> Found:
    """Seconds of loading and reasoning, and the edges that the engine adds to a graph of that size."""
    data = graph(size)
    load, seconds, edges = ENGINES[engine](data)
    asserted = {line.removesuffix(" .") for line in data.splitlines()}
    return load, seconds, {edge for edge in edges if _is_own(edge)} - asserted


def _is_own(edge: str) -> bool:
    """Whether a thing of the graph has an edge of the ontology's to another, or one of its classes."""
    subject, predicate, value = edge.split(" ", 2)
    own = f"<{SPACE}"
    between = predicate.startswith(own) and subject.startswith(own) and value.startswith(own)
    return between or (predicate == TYPE and subject.startswith(own) and value.startswith(own))
