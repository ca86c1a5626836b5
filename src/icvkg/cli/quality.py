"""`icvkg quality`."""

from pathlib import Path
from typing import Unpack

import click

from icvkg.cli.endpoints import Place, endpoint_options, open_graph
from icvkg.cli.output import default_form, deliver, format_option, lang_option, out_option, rows_text, table
from icvkg.queries.catalogue import CuratedQuery
from icvkg.queries.quality import HEADER, Measurement, as_dqv, measure, metrics

LONG = "coverage"
"""The metric with thousands of rows, left out of a table unless it is asked for by name."""


@click.command()
@click.option("--metric", help="Only one metric.")
@format_option(type=click.Choice(["table", "csv", "tsv", "json", "ttl"]))
@out_option
@lang_option
@endpoint_options
def quality(metric: str | None, form: str | None, out: Path | None, lang: str, **place: Unpack[Place]) -> int:
    """Measures a release: origin groups, age of sources, contradictions, coverage and more.

    \b
    icvkg quality
    icvkg quality --metric coverage --format csv --out coverage.csv
    icvkg quality --format ttl --out quality.ttl
    """
    form = form or default_form()
    wanted = [each for each in metrics(metric) if metric or form != "table" or each.name != LONG]
    graph = open_graph(place)
    found = measure(graph.store, wanted)
    if form == "table":
        deliver("".join(_section(each, found, lang) for each in wanted), out)
        return 0
    if form == "ttl":
        from icvkg.queries.formats import turtle

        deliver(turtle(as_dqv(wanted, found, graph.manifest.version)), out)
        return 0
    deliver(rows_text(HEADER, [one.row for one in found], form), out)
    return 0


def _section(metric: CuratedQuery, found: list[Measurement], lang: str) -> str:
    rows = [one.row[1:] for one in found if one.metric == metric.name]
    return f"{metric.title(lang)}  ({metric.name})\n{table(HEADER[1:], rows)}"
