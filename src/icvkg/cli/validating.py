"""`icvkg validate`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from icvkg.cli.output import format_option, lang_option, rows_text
from icvkg.validation.report import HEADER, Report, report_rows

if TYPE_CHECKING:
    from icvkg.store.embedded import EmbeddedStore


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--shapes", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of other shapes."
)
@format_option(type=click.Choice(["table", "json", "csv", "tsv"]), default="table", show_default=True)
@lang_option
def validate(files: tuple[Path, ...], shapes: Path | None, form: str, lang: str) -> int:
    """Validates the current release, or files, against the shapes; ends with 1 on a violation.

    \b
    icvkg validate
    icvkg validate my-data.ttl --shapes my-shapes --format csv
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.validation.run import validate as run
    from icvkg.validation.shapes import constraints, read_shapes

    store = _load(files) if files else KnowledgeGraph.open().store
    report = run(store, constraints(read_shapes(shapes)))
    click.echo(report_text(report, form, lang), nl=False)
    return 0 if report.conforms else 1


def _load(files: tuple[Path, ...]) -> "EmbeddedStore":
    """The files and the ontology (for its class hierarchy) in one store."""
    from icvkg.ontology.closure import read_ontology
    from icvkg.store.embedded import EmbeddedStore
    from icvkg.store.files import read_file

    store = EmbeddedStore.in_memory(read_ontology())
    for file in files:
        store.add(read_file(file))
    return store


def report_text(report: Report, form: str, lang: str) -> str:
    """The report in a form; as a table it ends with a count."""
    if form == "table" and not report.results:
        return "No violations.\n"
    text = rows_text(HEADER, report_rows(report, lang), form)
    count = f"{len(report.violations)} violations, {len(report.results) - len(report.violations)} warnings\n"
    return text + (count if form == "table" else "")
