"""Validation as a whole: set queries for all that they can say, the reference validator for the rest, one report."""

from collections.abc import Sequence

import pyoxigraph as ox

from icvkg.store.asking import AskableStore
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.components.custom import SHAPES_GRAPH
from icvkg.validation.evaluation import evaluate
from icvkg.validation.plan import Plan, asks_shapes_graph, make_plan
from icvkg.validation.report import Report
from icvkg.validation.shapes_graph import ShapesGraph


def validate(store: AskableStore, shapes: ShapesGraph, written: Sequence[ox.Triple] | None = None) -> Report:
    """The report of the shapes over the store's default graph.

    `written` are the data as they stood in files, for the report's literals and for shapes that ask for what a store
    does not keep. Raises IcvkgError that names the shape where one is ill-formed or needs pyshacl and it is missing.
    """
    from icvkg.validation.written import as_written

    plan = make_plan(shapes)
    report = _by_queries(store, plan)
    if plan.deferred:
        from icvkg.validation.reference import deferred_report

        others = deferred_report(_everything(store) if written is None else written, shapes, plan.deferred)
        report = Report.of((*report.results, *others.results), tuple(map(str, plan.deferred)))
    return report if written is None else as_written(report, [*written, *shapes.triples])


def _by_queries(store: AskableStore, plan: Plan) -> Report:
    """What set queries say. From a store elsewhere the data are fetched for what cannot be asked there: queries about
    the shapes graph, which it does not hold, and joins of several answers on blank nodes.
    """
    if isinstance(store, EmbeddedStore):
        return evaluate(_beside_shapes(store, plan), plan.constraints)[0]
    about_shapes = tuple(each for each in plan.constraints if asks_shapes_graph(each))
    report, open_ = evaluate(store, [each for each in plan.constraints if each not in about_shapes])
    if not (open_ or about_shapes):
        return report
    fetched = _beside_shapes(EmbeddedStore.in_memory(_everything(store)), plan)
    return Report.of((*report.results, *evaluate(fetched, (*open_, *about_shapes))[0].results))


def _beside_shapes(store: EmbeddedStore, plan: Plan) -> EmbeddedStore:
    return store.beside(SHAPES_GRAPH, plan.graph.triples) if plan.asks_shapes else store


def _everything(store: AskableStore) -> Sequence[ox.Triple]:
    return store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
