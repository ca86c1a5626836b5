"""`icvkg query`: asks, and hands the answer over in a form."""

import sys
from pathlib import Path
from typing import TextIO, Unpack

import click

from icvkg.cli import completion
from icvkg.cli.endpoints import Place, endpoint_options, open_graph
from icvkg.cli.output import (
    FORMATS,
    answer_table,
    default_form,
    deliver,
    format_option,
    lang_option,
    out_option,
    readers_text,
    write_whole,
)
from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery, find_query
from icvkg.queries.exports.export import Export, Shape, make_export

_ENDINGS = {f".{form}": form for form in FORMATS} | {".tex": "latex", ".htm": "html", ".rdf": "ttl", ".srx": "xml"}


@click.command()
@click.argument("name", required=False, shell_complete=completion.queries)
@click.option("--file", type=click.File(encoding="utf-8"), help="A file with SPARQL text; - reads standard input.")
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", shell_complete=completion.parameters,
    help="A parameter; may be given several times.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option(
    "--columns", metavar="A,B,…", shell_complete=completion.columns,
    help="Only these columns, in this order (a table leaves out IRIs and addresses by itself).",
)  # fmt: skip
@click.option("--cite", is_flag=True, help="Add all sources of each row.")
@click.option(
    "--chart", "picture", type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the answer into a file that ends in .svg, .png or .html; the answer itself only with --format or --out.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Show the text with its parameters bound and the plan; ask nothing.")
@format_option(type=click.Choice(FORMATS))
@out_option
@lang_option
@endpoint_options
def query(
    name: str | None,
    file: TextIO | None,
    params: tuple[str, ...],
    limit: int | None,
    columns: str | None,
    cite: bool,
    picture: Path | None,
    explain: bool,
    form: str | None,
    out: Path | None,
    lang: str,
    **place: Unpack[Place],
) -> int:
    """Asks a curated query by NAME, or SPARQL text from a file or standard input.

    \b
    icvkg query driverless-paid-services
    icvkg query suppliers-of-component --param kind=lidar --param supplier=禾赛科技 --cite
    icvkg query cities-in-programmes --format xlsx --out cities.xlsx
    icvkg query firms-by-origin-and-stage --chart stages.svg
    icvkg query driverless-paid-services --endpoint http://localhost:3030/icvkg/query
    icvkg query --file mine.rq --out mine.csv
    """
    curated, text = _question(name, file)
    given = _given(params)
    if explain:
        from icvkg.cli.explaining import explanation

        deliver(explanation(open_graph(place), curated, text, given, lang), out)
        return 0
    graph = open_graph(place)
    answer = graph.answer(curated, given) if curated else graph.query(text, **given)
    shape = Shape(limit, tuple(columns.split(",")) if columns else (), cite, lang)
    if picture:
        _draw(answer.cut(limit, None), picture, lang)
    if not picture or form or out:
        hand_over(make_export(answer, shape, form_of(form, out)), out)
    _remark(curated, answer, min(limit or len(answer), len(answer)), lang)
    return 0


def _question(name: str | None, file: TextIO | None) -> tuple[CuratedQuery | None, str]:
    """The curated query, or else the text to ask."""
    source = file or (sys.stdin if name == "-" else None)
    curated = find_query(name) if name and name != "-" else None
    if curated is None and source is None:
        raise click.UsageError("Name a curated query (icvkg queries lists them), or give --file FILE or -.")
    if curated and source:
        raise click.UsageError("Give a name or a file, not both.")
    return curated, source.read() if source else ""


def _given(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals:
            raise IcvkgError(f"--param {name}: NAME=VALUE expected.")
    return {name: value for name, _, value in pairs}


def form_of(form: str | None, out: Path | None) -> str:
    """The form asked for, else that of the file's ending, else a table on a terminal and TSV in a pipe."""
    return form or (_ENDINGS.get(out.suffix.lower()) if out else None) or default_form()


def hand_over(export: Export, out: Path | None) -> None:
    """Prints the answer or writes its files."""
    form = str(export.about["form"])
    if form == "table":
        readers = not export.shape.columns
        deliver(readers_text(export.answer, export.shape.language) if readers else answer_table(export.answer), out)
        return
    from icvkg.queries.exports.forms import BINARY, files, render

    if out:
        write_whole(files(export, form, out.name), out.parent)
    elif form in BINARY and sys.stdout.isatty():
        raise click.UsageError(f"A terminal cannot show {form}: give --out FILE.")
    else:
        click.echo(render(export, form), nl=False)


def _draw(answer: Answer, picture: Path, lang: str) -> None:
    from icvkg.queries.charts.drawing import drawn

    write_whole({picture.name: drawn(answer, picture.suffix, lang)}, picture.parent)
    click.echo(f"Drawn into {picture}", err=True)


def _remark(curated: CuratedQuery | None, answer: Answer, shown: int, lang: str) -> None:
    """On a terminal: the question, how many rows, and what the sources lack where there are none."""
    if remark := answer.remark(lang):
        click.echo(remark, err=True)
    if sys.stderr.isatty():
        rows, cut = ("{} rows", ", {} shown") if lang == "en" else ("{} 行", ",显示 {} 行")
        said = rows.format(len(answer)) + (cut.format(shown) if shown < len(answer) else "")
        click.echo(f"{curated.title(lang) + ' — ' if curated else ''}{said}", err=True)
