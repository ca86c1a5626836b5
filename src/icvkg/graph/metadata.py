"""Table metadata: the part of CSVW (W3C, "Metadata Vocabulary for Tabular Data") that the tables use.

One file says type, list separator, key, documentation and RDF meaning of each column. Three annotations go beyond
the standard and can be lowered to it: `def/precisionUrl` (with `def/throughEnd`), `def/itemUrl` and `def/onlyIf`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any

from icvkg.errors import IcvkgError
from icvkg.namespaces import DEF

_COLUMN_KEYS = {
    "name", "titles", "datatype", "propertyUrl", "valueUrl", "aboutUrl", "separator", "lang", "required", "default",
    "virtual", "suppressOutput", "dc:description", DEF + "precisionUrl", DEF + "throughEnd", DEF + "itemUrl",
    DEF + "onlyIf",
}  # fmt: skip
_DATATYPE_KEYS = {"base", "format", "minimum", "maximum"}
_TABLE_KEYS = {"@context", "url", "dc:title", "tableSchema"}
_SCHEMA_KEYS = {"aboutUrl", "primaryKey", "columns"}
FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Column:
    """One column: what may stand in a cell, and which triple it makes.

    `value`, `item` and `about` are URI templates (RFC 6570 level 1); `precision` is the property that takes the
    precision code of a partial date; `only_if` names the column that must be filled for a virtual triple.
    """

    name: str
    description: str
    base: str
    format: str | None
    minimum: str | None
    maximum: str | None
    separator: str | None
    required: bool
    default: str
    predicate: str | None
    value: str | None
    item: str | None
    about: str | None
    lang: str | None
    precision: str | None
    through_end: bool
    only_if: str | None
    virtual: bool
    suppressed: bool

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The compiled format of a string column."""
        return re.compile(self.format) if self.format and self.base == "string" else None

    @property
    def reference(self) -> str | None:
        """The template of the thing that a cell refers to, if the column is a reference."""
        return self.item or (None if self.predicate == "rdf:type" else self.value)


@dataclass(frozen=True)
class Table:
    """One table: its file name, title, subject template and columns."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The name of the CSV file."""
        return f"{self.name}.csv"

    @cached_property
    def real(self) -> tuple[Column, ...]:
        """The columns that stand in the file."""
        return tuple(column for column in self.columns if not column.virtual)


def read_metadata(file: Traversable) -> Table:
    """The table that a `<name>.csv-metadata.json` describes.

    Raises IcvkgError for unknown keys and for templates over columns that are not there.
    """
    document = json.loads(file.read_text(encoding="utf-8"))
    _only(document, _TABLE_KEYS, file.name)
    schema = document["tableSchema"]
    _only(schema, _SCHEMA_KEYS, file.name)
    columns = tuple(_column(entry, file.name) for entry in schema["columns"])
    table = Table(document["url"].removesuffix(".csv"), document["dc:title"], schema["aboutUrl"], columns)
    _check_templates(table, file.name)
    return table


def _column(entry: Mapping[str, Any], file: str) -> Column:
    _only(entry, _COLUMN_KEYS, f"{file}: {entry.get('name')}")
    declared = entry.get("datatype", "string")
    datatype = {"base": declared} if isinstance(declared, str) else declared
    _only(datatype, _DATATYPE_KEYS, f"{file}: {entry['name']}")
    return Column(
        name=entry["name"],
        description=entry.get("dc:description", ""),
        base=datatype.get("base", "string"),
        format=datatype.get("format"),
        minimum=_bound(datatype.get("minimum")),
        maximum=_bound(datatype.get("maximum")),
        separator=entry.get("separator"),
        required=entry.get("required", False),
        default=entry.get("default", ""),
        predicate=entry.get("propertyUrl"),
        value=entry.get("valueUrl"),
        item=entry.get(DEF + "itemUrl"),
        about=entry.get("aboutUrl"),
        lang=entry.get("lang"),
        precision=entry.get(DEF + "precisionUrl"),
        through_end=entry.get(DEF + "throughEnd", False),
        only_if=entry.get(DEF + "onlyIf"),
        virtual=entry.get("virtual", False),
        suppressed=entry.get("suppressOutput", False),
    )


def _bound(given: str | float | None) -> str | None:
    """A bound as text; the standard allows text and numbers."""
    return None if given is None else str(given)


def _only(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = set(entry) - known
    if unknown:
        raise IcvkgError(f"{where}: unknown metadata key {', '.join(sorted(unknown))}")


def _check_templates(table: Table, file: str) -> None:
    """Every column used in a template has a format, so that a cell cannot break out of its IRI."""
    closed = {column.name for column in table.real if column.format}
    templates = [table.about] + [t for c in table.columns for t in (c.value, c.item, c.about) if t]
    for name in {name for template in templates for name in FIELD.findall(template)}:
        if name not in closed:
            raise IcvkgError(f"{file}: a template uses {name}, which is no column with a format")
