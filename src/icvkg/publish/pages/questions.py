"""The page of a curated query: the question, its parameters as a form, the answer as a table, and the query."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from markupsafe import Markup

from icvkg.namespaces import BASE, CODE, ID, OUTSIDE
from icvkg.publish.pages.charts import has_picture
from icvkg.publish.pages.drawing.chart import bars
from icvkg.publish.pages.facts import Term
from icvkg.publish.pages.view import CHINESE, View
from icvkg.queries.answers import FOOTNOTE, Answer, bare_code, heading, words
from icvkg.queries.catalogue import CuratedQuery, Parameter, theme_title
from icvkg.queries.wording import worded

SHOWN, MOST_BARS = 200, 24
EXPORTS = ("csv", "tsv", "json", "rq")


def question(view: View, query: CuratedQuery, answer: Answer, given: Mapping[str, str], as_of: str) -> dict[str, Any]:
    """What the page shows; `given` holds the parameters as a reader typed them."""
    columns = visible(answer, view.language)
    said = worded(answer, view.language)
    rows = [cells(view, answer, said, columns, place) for place in range(min(len(answer), SHOWN))]
    shown = view.t("first_rows").format(n=SHOWN, all=len(answer)) if len(answer) > SHOWN else ""
    names = [name for name in answer.columns if name not in (*FOOTNOTE, "sourceUrl")]
    return {
        "query": query,
        "theme": theme_title(query.theme, view.language),
        "fields": [field(view, each, given, as_of) for each in query.parameters],
        "columns": [(name, heading(name, view.language)) for name in columns],
        "rows": rows,
        "count": len(answer),
        "note": answer.remark(view.language),
        "cut": shown,
        "chart": chart(view, query, said),
        "picture": picture_of(view, query, given) if has_picture(query, answer) else "",
        "exports": [(suffix, export_of(view, query, given, suffix)) for suffix in EXPORTS],
        "editor": view.page("sparql.html") + f"?name={query.name}",
        "described": [(name, held(view, query, name)) for name in names if name in query.columns],
    }


def export_of(view: View, query: CuratedQuery, given: Mapping[str, str], suffix: str) -> str:
    """Where the answer lies in another form, with the same parameters; the text of a query takes none."""
    return view.file(f"queries/{query.name}.{suffix}") + ("" if suffix == "rq" else asked(given))


def picture_of(view: View, query: CuratedQuery, given: Mapping[str, str]) -> str:
    """Where the chart lies, in the language of the page."""
    folder = CHINESE if view.language == "zh" else ""
    return view.file(f"{folder}queries/{query.name}.svg") + asked(given)


def asked(given: Mapping[str, str]) -> str:
    """The parameters as a reader left them (empty: no restriction), as the end of an address."""
    return f"?{urlencode(given)}" if given else ""


def visible(answer: Answer, language: str) -> list[str]:
    """The columns that a reader needs: names instead of IRIs, one language, claim and source last."""
    shown = [name for name in answer.readers_columns(language) if name not in FOOTNOTE]
    return shown + [name for name in ("claim", "source") if name in answer.columns]


def held(view: View, query: CuratedQuery, name: str) -> Markup:
    """What a column holds, in the reader's language."""
    return view.told(query.columns[name], query.holds(name, view.language))


def cells(view: View, answer: Answer, said: Answer, columns: list[str], place: int) -> list[Markup]:
    """One row: a name leads to what bears it, a source to its address; `said` is the answer in the reader's words."""
    row, spoken = (dict(zip(each.columns, each.rows[place], strict=True)) for each in (answer, said))
    return [_cell(view, row, spoken, name) for name in columns]


def _cell(view: View, row: Mapping[str, Term | None], said: Mapping[str, Term | None], name: str) -> Markup:
    value = row[name] if isinstance(row[name], ox.NamedNode) else said[name]
    base = name.removesuffix("Zh")
    if value is None and base != name:
        value = said.get(base)
    if value is None:
        return Markup("")
    bearer = row.get(base.removesuffix("Name")) if base.endswith("Name") else row.get(f"{name}Url")
    if isinstance(value, ox.NamedNode):
        return view.link(value.value)
    text = bare_code(words(value))
    text = view.reworded(text, base.removesuffix("Name"))
    return view.link(bearer.value, text) if isinstance(bearer, ox.NamedNode | ox.Literal) else view.spoken(text, "")


def field(view: View, parameter: Parameter, given: Mapping[str, str], as_of: str) -> dict[str, Any]:
    """A field of the form: choices where few things fit, else free text."""
    default = as_of if parameter.name == "asOf" else parameter.default
    value = given.get(parameter.name, default)
    choices = _choices(view, parameter)
    return {
        "parameter": parameter,
        "value": value,
        "choices": choices,
        "type": "date" if parameter.type == "date" else "text",
    }


def _choices(view: View, parameter: Parameter) -> list[tuple[str, str]]:
    """Slug and name of what the parameter may be; empty where that is free or too much for a list."""
    if parameter.type.startswith("code:"):
        scheme = CODE + parameter.type.removeprefix("code:")
        found = view.facts.subjects(OUTSIDE["skos"] + "inScheme", scheme)
    elif parameter.names_a_thing:
        space = f"{ID}{parameter.type}/"
        found = [BASE + path for path in view.known if (BASE + path).startswith(space)]
    else:
        return []
    named = sorted((view.name(iri), iri.rpartition("/")[2]) for iri in found)
    return [(slug, name) for name, slug in named]


def chart(view: View, query: CuratedQuery, answer: Answer) -> Markup | None:
    """Bars where the query's chart is one of names against a number or a count; nothing for other charts."""
    encoding = (query.chart or {}).get("encoding", {})
    mark = (query.chart or {}).get("mark")
    across, down = encoding.get("x", {}), encoding.get("y", {})
    if (
        mark != "bar"
        or not answer.rows
        or across.get("type") != "quantitative"
        or down.get("field") not in answer.columns
    ):
        return None
    counts: dict[str, float] = defaultdict(float)
    seen = set[tuple[str, str]]()
    for row in answer.rows:
        cell = dict(zip(answer.columns, row, strict=True))
        name = words(
            cell.get(f"{down['field']}Zh")
            if view.language == "zh" and cell.get(f"{down['field']}Zh")
            else cell[down["field"]]
        )
        name = name or view.t("not_stated")
        key = (name, words(cell.get(across.get("field", ""))))
        if across.get("aggregate") == "distinct" and key in seen:
            continue
        seen.add(key)
        counts[name] += 1 if across.get("aggregate") in ("distinct", "count") else _number(cell.get(across["field"]))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_BARS]
    column = down["field"].removesuffix("Name")
    return bars([(view.reworded(name, column), count) for name, count in ordered], query.title(view.language))


def _number(term: Term | None) -> float:
    try:
        return float(words(term))
    except ValueError:
        return 0.0
