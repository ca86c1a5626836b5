"""Validation as a whole: set queries for all that they can say, the reference validator for the rest, one report."""

from collections.abc import Sequence

import pyoxigraph as ox

from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.components.custom import SHAPES_GRAPH
from icvkg.validation.evaluation import evaluate
from icvkg.validation.plan import make_plan
from icvkg.validation.report import Report
from icvkg.validation.shapes_graph import ShapesGraph


def validate(store: EmbeddedStore, shapes: ShapesGraph, written: Sequence[ox.Triple] | None = None) -> Report:
    """The report of the shapes over the store's default graph.

    `written` are the data as they stood in files, for the report's literals and for shapes that ask for what a store
    does not keep. Raises IcvkgError that names the shape where one is ill-formed or needs pyshacl and it is missing.
    """
    from icvkg.validation.written import as_written

    plan = make_plan(shapes)
    asked = store.beside(SHAPES_GRAPH, shapes.triples) if plan.asks_shapes else store
    report = evaluate(asked, plan.constraints)
    if plan.deferred:
        from icvkg.validation.reference import deferred_report

        data = store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }") if written is None else written
        others = deferred_report(data, shapes, plan.deferred)
        report = Report.of((*report.results, *others.results), tuple(map(str, plan.deferred)))
    return report if written is None else as_written(report, [*written, *shapes.triples])
