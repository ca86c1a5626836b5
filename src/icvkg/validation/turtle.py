"""A report as a sh:ValidationReport in Turtle (SHACL section 3.6)."""

from collections.abc import Iterator

import pyoxigraph as ox

from icvkg.validation.paths import path_turtle
from icvkg.validation.report import Report, Result
from icvkg.validation.vocabulary import SH, XSD


def report_turtle(report: Report) -> str:
    """The report; as the standard has it, sh:conforms is false with any result, warnings too."""
    verdict = "false" if report.results else "true"
    results = "".join(f" ;\n    sh:result [\n{_turtle(result)}    ]" for result in report.results)
    head = f"@prefix sh: <{SH}> .\n@prefix xsd: <{XSD}> .\n\n"
    return f"{head}[] a sh:ValidationReport ;\n    sh:conforms {verdict}{results} .\n"


def _turtle(result: Result) -> str:
    stated = [f"sh:{name} {term}" for name, term in _statements(result)]
    return "".join(f"        {line} ;\n" for line in ["a sh:ValidationResult", *stated])


def _statements(result: Result) -> Iterator[tuple[str, str]]:
    yield "focusNode", result.focus
    yield "resultSeverity", f"<{result.severity}>"
    yield "sourceConstraintComponent", f"<{result.component}>"
    if result.path:
        yield "resultPath", path_turtle(result.path)
    for name, term in (("value", result.value), ("sourceShape", result.source), ("sourceConstraint", result.origin)):
        if term:
            yield name, term
    for tag, text in result.messages:
        yield "resultMessage", str(ox.Literal(text, language=tag) if tag else ox.Literal(text))
