"""`icvkg validate`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from icvkg.cli.endpoints import endpoint_options
from icvkg.cli.output import deliver, format_option, lang_option, out_option, rows_text
from icvkg.errors import IcvkgError
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.report import Report
from icvkg.validation.rows import EXACT_HEADER, HEADER, exact_rows, report_rows, report_text
from icvkg.validation.turtle import report_turtle

if TYPE_CHECKING:
    from icvkg.validation.shapes_graph import ShapesGraph

FORMS = ("text", "table", "json", "csv", "tsv", "ttl")
_PLACE = click.Path(exists=True, path_type=Path)


class _Data(TypedDict):
    """What is to be validated: files, an endpoint, or a release, whole or as far as it differs from another."""

    files: tuple[Path, ...]
    ontology: bool | None
    endpoint: str | None
    graph: str | None
    timeout: float
    since: str | None


@click.command()
@click.argument("files", nargs=-1, type=_PLACE)
@click.option("--shapes", multiple=True, type=_PLACE, help="Other shapes: a file or a folder; may be repeated.")
@click.option(
    "--ontology/--no-ontology",
    default=None,
    help="Put our ontology beside the files, for its class hierarchy; so it is unless --shapes is given.",
)
@endpoint_options
@click.option("--since", metavar="RELEASE", help="Only what may differ from that release: a hash, or previous.")
@format_option(type=click.Choice(FORMS), default="table", show_default=True)
@lang_option
@out_option
def validate(shapes: tuple[Path, ...], form: str, lang: str, out: Path | None, **given: Unpack[_Data]) -> int:
    """Validates the current release, files or an endpoint against SHACL shapes; ends with 1 on a violation.

    Files and folders hold Turtle, N-Triples, N-Quads, TriG, N3, RDF/XML or JSON-LD by their ending, also with .gz. All
    of SHACL Core and SHACL-SPARQL is checked; a shape that no set query says goes to pyshacl (icvkg[reference]), which
    is said on stderr. json, csv and tsv give whole terms, ttl a sh:ValidationReport. An endpoint that asks for a login
    finds it in ICVKG_ENDPOINT_USER and ICVKG_ENDPOINT_PASSWORD, or in ICVKG_ENDPOINT_TOKEN.

    \b
    icvkg validate
    icvkg validate my-data.ttl --format text
    icvkg validate my-data.jsonld more/ --shapes my-shapes.ttl --format ttl --out report.ttl
    icvkg validate --endpoint http://localhost:7878/query --shapes my-shapes.ttl
    icvkg validate --since previous            only what has changed since then, and what the change can reach
    """
    from icvkg.validation.shapes_graph import read_shapes
    from icvkg.validation.targets import targeted

    wanted = read_shapes(shapes or None)
    if not targeted(wanted):
        raise IcvkgError("No shape has a target: there is nothing to validate.")
    report = _report(given, wanted, own=not shapes)
    for line in report.deferred:
        click.echo(f"By pyshacl, not by set queries: {line}", err=True)
    deliver(report_in(report, form, lang), out)
    return 0 if report.conforms else 1


def _report(data: _Data, shapes: "ShapesGraph", *, own: bool) -> Report:
    if data["endpoint"] and (data["files"] or data["ontology"] or data["since"]):
        raise IcvkgError("--endpoint stands alone: an endpoint is asked for what it holds, the ontology too.")
    if data["since"] and data["files"]:
        raise IcvkgError("--since compares two releases, and takes no files.")
    if data["endpoint"]:
        return _of_endpoint(data["endpoint"], data["graph"], data["timeout"], shapes)
    if data["files"]:
        return _of_files(data["files"], shapes, own if data["ontology"] is None else data["ontology"])
    return _since(data["since"], shapes) if data["since"] else _of_release(shapes)


def _of_release(shapes: "ShapesGraph") -> Report:
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.validation.run import validate as run

    return run(KnowledgeGraph.open().embedded, shapes)


def _since(name: str, shapes: "ShapesGraph") -> Report:
    """The results at the focus nodes that can differ from those of an earlier release."""
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.release import dumps, location
    from icvkg.release.named import find_release
    from icvkg.validation.revalidation import Revalidator

    store = KnowledgeGraph.open().embedded
    changed = set(store) ^ set(EmbeddedStore.in_memory(dumps.read_dumps(find_release(location.home(), name))))
    click.echo(f"{len(changed)} triples differ from release {name}.", err=True)
    return Revalidator(shapes).report(store, Report(()), changed)


def _of_endpoint(url: str, graph: str | None, timeout: float, shapes: "ShapesGraph") -> Report:
    from icvkg.store.http import Limits
    from icvkg.store.remote import RemoteStore
    from icvkg.validation.run import validate as run

    return run(RemoteStore.reached(url, Limits(seconds=timeout), graph), shapes)


def _of_files(files: tuple[Path, ...], shapes: "ShapesGraph", with_ontology: bool) -> Report:
    from icvkg.ontology.closure import read_ontology
    from icvkg.store.files import read_files
    from icvkg.validation.run import validate as run

    triples = [*(read_ontology() if with_ontology else ()), *read_files(files)]
    return run(EmbeddedStore.in_memory(triples), shapes, triples)


def report_in(report: Report, form: str, lang: str) -> str:
    """The report in a form; for people it ends with a count."""
    if form in ("text", "table") and not report.results:
        return "No violations.\n"
    count = f"{len(report.violations)} violations, {len(report.results) - len(report.violations)} warnings\n"
    writers: dict[str, Callable[[], str]] = {
        "ttl": lambda: report_turtle(report),
        "text": lambda: report_text(report, lang) + count,
        "table": lambda: rows_text(HEADER, report_rows(report, lang), form) + count,
    }
    return writers.get(form, lambda: rows_text(EXACT_HEADER, exact_rows(report, lang), form))()
