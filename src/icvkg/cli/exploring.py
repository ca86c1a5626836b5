"""`icvkg search`, `icvkg describe` and `icvkg cite`."""

from typing import Unpack

import click

from icvkg.cli.endpoints import Place, endpoint_options, open_graph
from icvkg.cli.output import default_form, deliver, format_option, lang_option, rows_text
from icvkg.namespaces import shorten_iri
from icvkg.queries.things import Description, SourceLine


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many things.")
@format_option(type=click.Choice(["table", "csv", "tsv", "json"]))
@endpoint_options
def search(text: str, limit: int, form: str | None, **place: Unpack[Place]) -> int:
    """Finds things by name; ends with 1 when there is none.

    In English or Chinese, by pinyin or its initials, stock code or document number; traditional characters, width,
    spaces and punctuation do not matter, short forms and slips are found too.

    \b
    icvkg search 华为
    icvkg search xpqc
    icvkg search "GB/T 40429"
    icvkg search "smart vehicle" --format json
    icvkg search 华为 --endpoint http://localhost:3030/icvkg/query
    """
    hits = open_graph(place).search(text, limit)
    rows = [[hit.name, shorten_iri(hit.iri)] for hit in hits]
    deliver(rows_text(["name", "thing"], rows, form or default_form()), None)
    return 0 if hits else 1


@click.command()
@click.argument("thing")
@format_option(type=click.Choice(["table", "json", "ttl"]), default="table", show_default=True)
@lang_option
@endpoint_options
def describe(thing: str, form: str, lang: str, **place: Unpack[Place]) -> int:
    """Shows a thing with its statements and the claims about it, each with its source.

    THING is a slug (huawei), a prefixed name (act:huawei), an IRI, or a name that only one thing bears (华为).

    \b
    icvkg describe huawei
    icvkg describe doc:smart-vehicle-strategy-2020 --lang zh
    """
    graph = open_graph(place)
    if form == "ttl":
        from icvkg.queries.formats import turtle

        deliver(turtle(graph.store.construct(f"DESCRIBE <{graph.resolve(thing)}>")), None)
        return 0
    found = graph.describe(thing, lang)
    deliver(_json(found) if form == "json" else _page(found), None)
    return 0


def _json(found: Description) -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"


def _page(found: Description) -> str:
    lines = [shorten_iri(found.iri), f"<{found.iri}>", ""]
    lines += [f"  {name}: {value}" for name, value in found.statements]
    lines += [f"  ↳ {_source(source)}" for source in found.sources]
    lines += ["", f"{len(found.claims)} claims"] if found.claims else []
    for claim in found.claims:
        mark = f" [{claim.confidence}]" if claim.confidence else ""
        lines += [f"  {claim.label or shorten_iri(claim.iri)}{mark}  {shorten_iri(claim.iri)}"]
        lines += [f"    ↳ {_source(source)}" for source in claim.sources]
    return "\n".join(lines) + "\n"


def _source(source: SourceLine) -> str:
    return ", ".join(part for part in (source.publisher, f"“{source.title}”", source.url) if part)


@click.command()
@click.argument("claim")
@format_option(type=click.Choice(["text", "bibtex"]), default="text", show_default=True)
@lang_option
@endpoint_options
def cite(claim: str, form: str, lang: str, **place: Unpack[Place]) -> int:
    """Cites one claim with its source, as text or BibTeX.

    \b
    icvkg cite clm:supply-huawei-avatr-huawei-ads-1-2022
    icvkg cite clm:supply-huawei-avatr-huawei-ads-1-2022 --format bibtex
    """
    graph = open_graph(place)
    found = graph.cite(claim, lang)
    texts = [each.bibtex(graph.release) if form == "bibtex" else each.text(graph.release) for each in found]
    deliver("\n\n".join(texts) + "\n", None)
    return 0
