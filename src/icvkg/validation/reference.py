"""The reference verdict: pyshacl over the same shapes, in the same rows."""

from rdflib import RDF, SH, Graph
from rdflib.term import Node

from icvkg.validation.report import Report, Result
from icvkg.validation.shapes import path_text


def reference_report(data: Graph, shapes: Graph) -> Report:
    """What pyshacl (extra `icvkg[reference]`) says of the data; it must hold the class hierarchy as well."""
    from pyshacl import validate

    _, report, _ = validate(data, shacl_graph=shapes, advanced=True, inplace=False, do_owl_imports=False)
    return Report.of(_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult))


def _result(report: Graph, node: Node) -> Result:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    focus = report.value(node, SH.focusNode)
    return Result(
        focus=focus.n3() if focus is not None else "",
        path=path_text(report, path) if path is not None else "",
        component=str(report.value(node, SH.sourceConstraintComponent)),
        value=value.n3() if value is not None else "",
        severity=str(report.value(node, SH.resultSeverity)),
    )
