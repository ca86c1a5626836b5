"""The curated queries: plain SPARQL files with a grlc-style header (`#+` lines of YAML)."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from icvkg import artefacts
from icvkg.errors import IcvkgError, UnknownNameError

_KEYS = {
    "summary", "summary_zh", "description", "theory", "tags", "asked", "parameters", "columns", "chart", "missing",
}  # fmt: skip
_PARAMETER_KEYS = {"name", "type", "default", "description", "values"}


@dataclass(frozen=True)
class Parameter:
    """One parameter: `type` is date, text, integer, decimal, actor, place, item, document or code:<scheme>.

    `default` is written as a user would type it; empty means that the parameter does not restrict the answer.
    `values` is a query for the values (?value ?label ?labelZh) of a parameter of type text that are in the graph.
    """

    name: str
    type: str
    default: str
    description: str
    values: str = ""

    @property
    def names_a_thing(self) -> bool:
        """Whether its value is a thing or a code of the graph, not a literal."""
        return self.type not in ("date", "text", "integer", "decimal")

    @property
    def is_listed(self) -> bool:
        """Whether the graph knows every value that it can take."""
        return self.names_a_thing or bool(self.values)


@dataclass(frozen=True)
class CuratedQuery:
    """One question: its text, what it asks in two languages, its parameters and columns; `asked` says it otherwise."""

    name: str
    theme: str
    text: str
    summary: str
    summary_zh: str
    description: str
    theory: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    chart: Mapping[str, Any] | None
    missing: str
    asked: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The question in that language."""
        return self.summary_zh if language == "zh" else self.summary


def query_files(folder: Traversable | None = None) -> dict[str, tuple[str, Traversable]]:
    """Theme and file of every curated query, by the query's name."""
    themes = artefacts.sorted_folders(folder or artefacts.folder("queries"))
    found = [(theme.name, file) for theme in themes for file in artefacts.sorted_files(theme, ".rq")]
    return {file.name.removesuffix(".rq"): (theme, file) for theme, file in found}


def find_query(name: str) -> CuratedQuery:
    """The curated query of that name; raises UnknownNameError with the nearest names."""
    files = query_files()
    if name not in files:
        raise UnknownNameError("curated query", name, files)
    theme, file = files[name]
    return parse_query(name, theme, file.read_text(encoding="utf-8"))


def catalogue(theme: str | None = None) -> list[CuratedQuery]:
    """Every curated query, or those of one theme; raises UnknownNameError for a theme that is not there."""
    files = query_files()
    themes = {each for each, _ in files.values()}
    if theme and theme not in themes:
        raise UnknownNameError("theme", theme, themes)
    return [find_query(name) for name, (each, _) in files.items() if theme in (None, each)]


def parse_query(name: str, theme: str, text: str) -> CuratedQuery:
    """The query of a file's text; raises IcvkgError when the header has unknown or missing keys."""
    header = artefacts.header(text)
    unknown, absent = set(header) - _KEYS, {"summary", "summary_zh", "description", "columns"} - set(header)
    if unknown or absent:
        raise IcvkgError(f"{name}.rq: header keys unknown: {sorted(unknown)}, missing: {sorted(absent)}")
    return CuratedQuery(
        name=name,
        theme=theme,
        text=text,
        summary=header["summary"],
        summary_zh=header["summary_zh"],
        description=header["description"],
        theory=header.get("theory", ""),
        tags=tuple(header.get("tags", ())),
        parameters=tuple(_parameter(name, entry) for entry in header.get("parameters", ())),
        columns=header["columns"],
        chart=header.get("chart"),
        missing=header.get("missing", ""),
        asked=tuple(phrase for phrases in header.get("asked", {}).values() for phrase in phrases),
    )


def _parameter(query: str, entry: Mapping[str, Any]) -> Parameter:
    unknown = set(entry) - _PARAMETER_KEYS
    if unknown:
        raise IcvkgError(f"{query}.rq: parameter keys unknown: {sorted(unknown)}")
    default = "" if entry.get("default") is None else str(entry["default"])
    return Parameter(entry["name"], entry["type"], default, entry["description"], entry.get("values", ""))
