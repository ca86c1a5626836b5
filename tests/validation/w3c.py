"""The W3C SHACL test suite: found beside the checkout or where ICVKG_W3C says, run by our validator."""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file
from icvkg.validation.paths import path_text
from icvkg.validation.report import Report, Result
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import ShapesGraph, Term
from icvkg.validation.vocabulary import SH

ROOT = Path(os.environ.get("ICVKG_W3C", Path(__file__).parents[3] / "shared" / "w3c"))
SUITE = ROOT / "suites" / "data-shapes" / "data-shapes-test-suite" / "tests"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One test: where it stands, the graphs it validates, and what should come of it."""

    group: str
    name: str
    data: Path
    shapes: Path
    manifest: ShapesGraph
    expected: Term


def cases() -> list[Case]:
    """Every validation test of the suite."""
    return [case for file in sorted(SUITE.rglob("*.ttl")) for case in _cases(file)]


def _cases(file: Path) -> list[Case]:
    graph = ShapesGraph(read_file(file))
    found = []
    for node in graph.instances(_SHT + "Validate"):
        action, expected = graph.value(node, _MF + "action"), graph.value(node, _MF + "result")
        assert action is not None
        assert expected is not None
        data, shapes = (_local(graph.text(action, _SHT + name)) for name in ("dataGraph", "shapesGraph"))
        found.append(Case(str(file.parent.relative_to(SUITE)), file.stem, data, shapes, graph, expected))
    return found


def _local(iri: str | None) -> Path:
    return Path(unquote(urlsplit(iri or "").path))


def verdict(case: Case) -> tuple[str, tuple[str, ...]]:
    """What is wrong, empty for a test that passes; and the shapes that pyshacl judged."""
    is_failure = case.expected == ox.NamedNode(_SHT + "Failure")
    triples = read_file(case.data)
    try:
        report = validate(EmbeddedStore.in_memory(triples), ShapesGraph(read_file(case.shapes)), triples)
    except IcvkgError as error:
        return ("" if is_failure else str(error)), ()
    return ("should be refused" if is_failure else _difference(case, report)), report.deferred


def _difference(case: Case, report: Report) -> str:
    conforms = case.manifest.text(case.expected, SH + "conforms") == "true"
    expected = [_expected(case.manifest, node) for node in case.manifest.objects(case.expected, SH + "result")]
    said = bool([row for row in expected if row[-1]])
    ours = [_ours(result, with_message=said) for result in report.results]
    missing, more = Counter(expected) - Counter(ours), Counter(ours) - Counter(expected)
    if conforms == bool(report.results):
        return f"should {'' if conforms else 'not '}conform"
    return f"missing {sorted(missing)}, too many {sorted(more)}" if missing or more else ""


def _expected(graph: ShapesGraph, node: Term) -> Row:
    path = graph.value(node, SH + "resultPath")
    names = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape", "sourceConstraint")
    terms = tuple(_bare(str(graph.value(node, SH + name) or "")) for name in names)
    message = graph.value(node, SH + "resultMessage")
    return (path_text(graph, path) if path is not None else "", *terms, str(message or ""))


def _ours(result: Result, *, with_message: bool) -> Row:
    (tag, text), *_ = result.messages
    message = str(ox.Literal(text, language=tag) if tag else ox.Literal(text)) if with_message else ""
    terms = (result.focus, result.value, f"<{result.component}>", f"<{result.severity}>", result.source, result.origin)
    return (result.path, *map(_bare, terms), message)


def _bare(term: str) -> str:
    """A term without the name of a blank node, which the suite does not fix."""
    return "_:" if term.startswith("_:") else term
