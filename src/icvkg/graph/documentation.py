"""A page for people about the tables: `python -m icvkg.graph.documentation > docs/tables.md`."""

from collections.abc import Iterator

from icvkg.graph.cells import choices
from icvkg.graph.metadata import Column, Table
from icvkg.graph.tables import schema
from icvkg.namespaces import BASE, OUTSIDE, shorten_iri


def page() -> str:
    """The page as Markdown: one section a table, one line a column."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "# The tables",
        "",
        "Generated from the metadata: `python -m icvkg.graph.documentation > docs/tables.md`.",
    )
    for table in schema().values():
        yield from _section(table)


def _section(table: Table) -> Iterator[str]:
    yield from ("", f"## {table.file}", "", f"{table.title}. One row is `{table.about.removeprefix(BASE)}`.", "")
    yield from ("| column | holds | RDF | meaning |", "| --- | --- | --- | --- |")
    for column in table.real:
        filled = " (required)" if column.required else ""
        yield f"| `{column.name}`{filled} | {_holds(column)} | {_predicate(column)} | {column.description} |"


def _holds(column: Column) -> str:
    if column.reference:
        kind = "id in" if "/id/" in column.reference else "code of"
        what = f"{kind} `{column.reference.removeprefix(BASE).rsplit('/', 1)[0]}`"
    elif column.precision:
        what = "date"
    else:
        what = " or ".join(choices(column)) or ("slug" if column.format and column.base == "string" else column.base)
    return f"{what}, several with `{column.separator}`" if column.separator else what


def _predicate(column: Column) -> str:
    if column.suppressed or not column.predicate:
        return "–"
    return f"`{shorten_iri(column.predicate.replace('rdf:', OUTSIDE['rdf']))}`"


if __name__ == "__main__":
    print(page(), end="")
