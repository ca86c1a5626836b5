"""`icvkg query` and `icvkg queries`."""

import sys
from pathlib import Path
from typing import TextIO, Unpack

import click

from icvkg.cli.endpoints import Place, endpoint_options, open_graph
from icvkg.cli.output import (
    FORMATS,
    answer_text,
    default_form,
    deliver,
    format_option,
    lang_option,
    out_option,
    readers_text,
    rows_text,
)
from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery, catalogue, find_query


@click.command()
@click.argument("name", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="A file with SPARQL text; - reads standard input.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given several times.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option(
    "--columns",
    metavar="A,B,…",
    help="Only these columns, in this order (a table leaves out IRIs and addresses by itself).",
)
@click.option("--explain", is_flag=True, help="Show the question, its parameters and its text; ask nothing.")
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
    explain: bool,
    form: str | None,
    out: Path | None,
    lang: str,
    **place: Unpack[Place],
) -> int:
    """Asks a curated query by NAME, or SPARQL text from a file or standard input.

    \b
    icvkg query driverless-paid-services
    icvkg query suppliers-of-component --param kind=lidar --param asOf=2023-06-30
    icvkg query --file mine.rq --format csv --out mine.csv
    icvkg query driverless-paid-services --endpoint http://localhost:3030/icvkg/query
    echo 'SELECT * WHERE { ?s a icv:Firm }' | icvkg query -
    """
    curated = find_query(name) if name and name != "-" else None
    given = _given(params)
    if explain and curated:
        click.echo(_explanation(curated, lang), nl=False)
        return 0
    answer = _ask(curated, given, file or (sys.stdin if name == "-" else None), place)
    kept = answer.cut(limit, columns.split(",") if columns else None)
    form = form or default_form()
    readers = form == "table" and not columns
    deliver(readers_text(kept, lang) if readers else answer_text(kept, form), out)
    _remark(curated, answer, len(kept.rows), lang)
    return 0


def _ask(curated: CuratedQuery | None, given: dict[str, str], file: TextIO | None, place: Place) -> Answer:
    if curated is None and file is None:
        raise click.UsageError("Name a curated query (icvkg queries lists them), or give --file FILE or -.")
    if curated and file:
        raise click.UsageError("Give a name or a file, not both.")
    text = file.read() if file else ""
    graph = open_graph(place)
    return graph.answer(curated, given) if curated else graph.query(text, **given)


def _given(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, equals, _ in pairs:
        if not equals:
            raise IcvkgError(f"--param {name}: NAME=VALUE expected.")
    return {name: value for name, _, value in pairs}


def _remark(curated: CuratedQuery | None, answer: Answer, shown: int, lang: str) -> None:
    """On a terminal: the question, how many rows, and what the sources lack where there are none."""
    if answer.note:
        click.echo(answer.note, err=True)
    if sys.stderr.isatty():
        cut = f", {shown} shown" if shown < len(answer) else ""
        click.echo(f"{curated.title(lang) + ' — ' if curated else ''}{len(answer)} rows{cut}", err=True)


def _explanation(curated: CuratedQuery, lang: str) -> str:
    lines = [curated.title(lang), curated.description.strip()]
    lines += [
        f"  --param {each.name}={each.default or '…'}  ({each.type}) {each.description}" for each in curated.parameters
    ]
    lines += [
        f"{name}: {said}" for name, said in (("Theory", curated.theory), ("Tags", ", ".join(curated.tags))) if said
    ]
    return "\n".join([*lines, "", curated.text])


@click.command()
@click.option("--theme", help="Only the queries of one theme.")
@format_option(type=click.Choice(["table", "csv", "tsv", "json"]))
@lang_option
def queries(theme: str | None, form: str | None, lang: str) -> int:
    """Lists what can be asked, by theme.

    \b
    icvkg queries
    icvkg queries --theme policy --lang zh
    """
    rows = [
        [each.theme, each.name, each.title(lang), " ".join(parameter.name for parameter in each.parameters)]
        for each in catalogue(theme)
    ]
    deliver(rows_text(["theme", "name", "question", "parameters"], rows, form or default_form()), None)
    return 0
