"""`icvkg queries`: the catalogue, one question, or the values of a parameter."""

from collections.abc import Iterator
from typing import Unpack

import click

from icvkg.cli import completion
from icvkg.cli.endpoints import Place, endpoint_options, open_graph
from icvkg.cli.output import default_form, deliver, format_option, lang_option, rows_text, table
from icvkg.queries.catalogue import CuratedQuery, Parameter, catalogue, find_query, theme_title

OTHER = {"en": "zh", "zh": "en"}
WORDS = {
    "en": {
        "parameter": "parameter", "type": "type", "default": "default", "meaning": "meaning", "column": "column",
        "name": "name", "question": "question", "parameters": "parameters", "any": "(any)", "theme": "Theme",
        "theory": "Theory", "tags": "Tags", "values": "Values",
    },
    "zh": {
        "parameter": "参数", "type": "类型", "default": "默认值", "meaning": "含义", "column": "列", "name": "名称",
        "question": "问题", "parameters": "参数", "any": "(不限)", "theme": "主题", "theory": "理论", "tags": "标签",
        "values": "取值",
    },
}  # fmt: skip
"""What the tables say for people; forms for machines have the English names."""


@click.command()
@click.argument("name", required=False, shell_complete=completion.queries)
@click.option("--theme", shell_complete=completion.themes, help="Only the queries of one theme.")
@click.option("--values", "parameter", metavar="PARAMETER", help="The values that a parameter of NAME can take.")
@format_option(type=click.Choice(["table", "csv", "tsv", "json"]))
@lang_option
@endpoint_options
def queries(
    name: str | None, theme: str | None, parameter: str | None, form: str | None, lang: str, **place: Unpack[Place]
) -> int:
    """Lists what can be asked, by theme; with NAME, tells of one query.

    \b
    icvkg queries
    icvkg queries --theme policy --lang zh
    icvkg queries suppliers-of-component
    icvkg queries suppliers-of-component --values kind
    icvkg queries suppliers-of-component --values kind --endpoint http://localhost:3030/icvkg/query
    """
    form = form or default_form()
    if parameter and not name:
        raise click.UsageError("--values needs the NAME of a query.")
    if (place["endpoint"] or place["graph"]) and not parameter:
        raise click.UsageError("--endpoint and --graph say where --values are looked up: give --values PARAMETER too.")
    if name and parameter:
        deliver(_values(find_query(name), parameter, form, place), None)
    elif name:
        deliver(_one(find_query(name), form, lang), None)
    else:
        deliver(_listing(catalogue(theme), form, lang), None)
    return 0


def _listing(found: list[CuratedQuery], form: str, lang: str) -> str:
    """On a terminal a section for each theme, the question in both languages; else one row a query."""
    if form == "table":
        themes = dict.fromkeys(each.theme for each in found)
        return "".join(_section(theme, [each for each in found if each.theme == theme], lang) for theme in themes)
    rows = [
        [each.theme, each.name, each.title(lang), each.title(OTHER[lang]), " ".join(map(_name, each.parameters))]
        for each in found
    ]
    return rows_text(["theme", "name", "question", "otherLanguage", "parameters"], rows, form)


def _name(parameter: Parameter) -> str:
    return parameter.name


def _section(theme: str, found: list[CuratedQuery], lang: str) -> str:
    rows = [
        [each.name, f"{each.title(lang)}\n{each.title(OTHER[lang])}", "\n".join(map(_name, each.parameters))]
        for each in found
    ]
    title = theme if lang == "en" else f"{theme_title(theme, lang)} {theme}"
    header = [WORDS[lang][key] for key in ("name", "question", "parameters")]
    return table(header, rows, title=f"{title} ({len(found)})")


def _values(query: CuratedQuery, parameter: str, form: str, place: Place) -> str:
    from icvkg.queries.values import find_parameter, values

    found = values(open_graph(place).store, find_parameter(query, parameter))
    return rows_text(["value", "name", "chinese"], [[each.written, each.label, each.label_zh] for each in found], form)


def _one(query: CuratedQuery, form: str, lang: str) -> str:
    """All that the header says; in forms for machines, its parameters."""
    header = ["parameter", "type", "default", "meaning"]
    said = WORDS[lang]
    rows = [[each.name, each.type, each.default or said["any"], each.meaning(lang)] for each in query.parameters]
    if form != "table":
        return rows_text(header, rows, form)
    lines = [query.title(lang), query.title(OTHER[lang]), "", query.meaning(lang), ""]
    tables = [table([said[key] for key in header], rows)] if rows else []
    columns = [[name, query.holds(name, lang)] for name in query.columns]
    tables += [table([said["column"], said["meaning"]], columns)]
    return "\n".join([*lines, *_facts(query, lang), ""]) + "".join(tables)


def _facts(query: CuratedQuery, lang: str) -> Iterator[str]:
    told = {
        "theme": query.theme if lang == "en" else theme_title(query.theme, lang),
        "theory": query.theories(lang),
        "tags": ", ".join(query.tags),
    }
    listed = [each.name for each in query.parameters if each.is_listed]
    told |= {"values": f"icvkg queries {query.name} --values {listed[0]}"} if listed else {}
    yield from (f"{WORDS[lang][key]}: {said}" for key, said in told.items() if said)
