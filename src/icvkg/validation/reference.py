"""The reference verdict: pyshacl over the same shapes, in the same rows."""

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation.paths import path_text
from icvkg.validation.plan import Deferred
from icvkg.validation.rdflib_terms import from_rdflib, to_rdflib
from icvkg.validation.report import Report, Result
from icvkg.validation.shapes_graph import ShapesGraph, Term, plain
from icvkg.validation.targets import ADVANCED, PATTERNS
from icvkg.validation.vocabulary import RDFS, SH, TYPE


def reference_report(data: Iterable[ox.Triple], shapes: ShapesGraph) -> Report:
    """What pyshacl (extra `icvkg[reference]`) says of the data; they must hold the class hierarchy as well."""
    from pyshacl import validate

    with _quiet():
        _, report, _ = validate(
            to_rdflib(data), shacl_graph=to_rdflib(shapes.triples), advanced=True, inplace=False, do_owl_imports=False
        )
    graph = ShapesGraph(from_rdflib(report))
    names = _names(shapes)
    return Report.of(_result(graph, node, names) for _, node in graph.pairs(SH + "result"))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without rdflib's remarks on ill-typed literals, which are results here."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _names(shapes: ShapesGraph) -> dict[Term, str]:
    """The nearest named node above each blank node of the shapes graph."""
    above: dict[Term, Term] = {
        triple.object: triple.subject for triple in shapes.triples if isinstance(triple.object, ox.BlankNode)
    }
    names: dict[Term, str] = {}
    for node in above:
        top = above[node]
        seen = {node}
        while top in above and top not in seen:
            seen.add(top)
            top = above[top]
        names[node] = plain(top) if isinstance(top, ox.NamedNode) else ""
    return names


def deferred_report(data: Iterable[ox.Triple], shapes: ShapesGraph, deferred: Sequence[Deferred]) -> Report:
    """The results of the shapes that no set query says; raises IcvkgError where pyshacl is missing or gives up."""
    names = "; ".join(map(str, deferred))
    try:
        return reference_report(data, ShapesGraph(_only(shapes, {each.shape for each in deferred})))
    except ImportError:
        raise IcvkgError(f"pyshacl is needed: pip install 'icvkg[reference]'. No set query says {names}") from None
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise IcvkgError(f"pyshacl, which was asked because no set query says {names}, failed: {reason[0]}") from error


def _only(shapes: ShapesGraph, wanted: set[Term]) -> Iterator[ox.Triple]:
    """The shapes graph without the targets of other shapes."""
    classes = shapes.subclasses(RDFS + "Class")
    for triple in shapes.triples:
        predicate = triple.predicate.value
        is_target = predicate in PATTERNS or predicate == ADVANCED
        is_class = predicate == TYPE and triple.object in classes
        if triple.subject in wanted or not (is_target or is_class):
            yield triple


def _result(report: ShapesGraph, node: Term, names: dict[Term, str]) -> Result:
    def said(name: str) -> str:
        return str(report.value(node, SH + name) or "")

    path = report.value(node, SH + "resultPath")
    source = report.value(node, SH + "sourceShape")
    messages = report.objects(node, SH + "resultMessage")
    return Result(
        focus=said("focusNode"),
        path=path_text(report, path) if path is not None else "",
        component=report.text(node, SH + "sourceConstraintComponent") or "",
        value=said("value"),
        severity=report.text(node, SH + "resultSeverity") or "",
        shape=plain(source) if isinstance(source, ox.NamedNode) else names.get(source, "") if source else "",
        source=str(source or ""),
        messages=tuple((getattr(text, "language", None) or "", plain(text)) for text in messages),
    )
