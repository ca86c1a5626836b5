"""The curated queries: plain SPARQL files with a grlc-style header (`#+` lines of YAML)."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from icvkg import artefacts
from icvkg.errors import IcvkgError, UnknownNameError, nearest
from icvkg.queries.chinese import shared, theories

_KEYS = {
    "summary", "summary_zh", "description", "description_zh", "theory", "tags", "asked", "parameters", "columns",
    "chart", "missing", "missing_zh",
}  # fmt: skip
_NEEDED = {"summary", "summary_zh", "description", "columns"}
_PARAMETER_KEYS = {"name", "type", "default", "description", "description_zh", "values"}
_PARAMETER_NEEDED = {"name", "type", "description"}


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
    description_zh: str = ""

    def meaning(self, language: str) -> str:
        """What it is, in that language."""
        return self.description_zh if language == "zh" and self.description_zh else self.description

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
    description_zh: str = ""
    missing_zh: str = ""

    def title(self, language: str) -> str:
        """The question in that language."""
        return self.summary_zh if language == "zh" else self.summary

    def meaning(self, language: str) -> str:
        """What the answer holds, in that language."""
        return (self.description_zh if language == "zh" and self.description_zh else self.description).strip()

    def theories(self, language: str) -> str:
        """The theories that it serves, in that language; empty where it names none."""
        return theories(self.theory) if language == "zh" else self.theory

    def holds(self, column: str, language: str) -> str:
        """What a column holds, in that language where it is said there."""
        said = self.columns[column]
        return shared("meanings").get(said, said) if language == "zh" else said


def query_files(folder: Traversable | None = None) -> dict[str, tuple[str, Traversable]]:
    """Theme and file of every curated query, by the query's name."""
    themes = artefacts.sorted_folders(folder or artefacts.folder("queries"))
    found = [(theme.name, file) for theme in themes for file in artefacts.sorted_files(theme, ".rq")]
    return {file.name.removesuffix(".rq"): (theme, file) for theme, file in found}


def find_query(name: str) -> CuratedQuery:
    """The curated query of that name; raises UnknownNameError with the nearest names, IcvkgError for a wrong header."""
    files = query_files()
    if name not in files:
        raise UnknownNameError("curated query", name, files)
    theme, file = files[name]
    query = parse_query(name, theme, file.read_text(encoding="utf-8"))
    if artefacts.are_own():
        _refuse_english_only(query)
    return query


def catalogue(theme: str | None = None) -> list[CuratedQuery]:
    """Every curated query, or those of one theme; raises UnknownNameError for a theme that is not there."""
    files = query_files()
    themes = {each for each, _ in files.values()}
    if theme and theme not in themes:
        raise UnknownNameError("theme", theme, themes)
    return [find_query(name) for name, (each, _) in files.items() if theme in (None, each)]


def theme_title(theme: str, language: str) -> str:
    """A theme as people read it.

    >>> theme_title("business-models", "en"), theme_title("business-models", "zh")
    ('Business models', '商业模式')
    """
    english = theme.replace("-", " ").capitalize()
    return shared("themes").get(theme, english) if language == "zh" else english


def parse_query(name: str, theme: str, text: str) -> CuratedQuery:
    """The query of a file's text; raises IcvkgError when the header has unknown or missing keys.

    Chinese texts beside the question may be missing: releases keep the headers of their day.
    """
    header = artefacts.header(text)
    _refuse_keys(f"{name}.rq", header, _KEYS, _NEEDED)
    return CuratedQuery(
        name=name,
        theme=theme,
        text=text,
        summary=header["summary"],
        summary_zh=header["summary_zh"],
        description=header["description"],
        description_zh=header.get("description_zh", ""),
        theory=header.get("theory", ""),
        tags=tuple(header.get("tags", ())),
        parameters=tuple(_parameter(name, entry) for entry in header.get("parameters", ())),
        columns=header["columns"],
        chart=header.get("chart"),
        missing=header.get("missing", ""),
        missing_zh=header.get("missing_zh", ""),
        asked=tuple(phrase for phrases in header.get("asked", {}).values() for phrase in phrases),
    )


def _parameter(query: str, entry: Mapping[str, Any]) -> Parameter:
    _refuse_keys(f"{query}.rq: parameter {entry.get('name', '')}".rstrip(), entry, _PARAMETER_KEYS, _PARAMETER_NEEDED)
    return Parameter(
        name=entry["name"],
        type=entry["type"],
        default="" if entry.get("default") is None else str(entry["default"]),
        description=entry["description"],
        values=entry.get("values", ""),
        description_zh=entry.get("description_zh", ""),
    )


def _refuse_keys(place: str, given: Mapping[str, Any], known: set[str], needed: set[str]) -> None:
    """Raises IcvkgError that names every key that is unknown, with the nearest, and every one that is missing."""
    unknown = [f"{key!r} (nearest: {nearest(key, known) or 'none'})" for key in sorted(set(given) - known)]
    faults = [f"unknown keys: {', '.join(unknown)}"] if unknown else []
    absent = sorted(needed - set(given))
    faults += [f"missing keys: {', '.join(absent)}"] if absent else []
    if faults:
        raise IcvkgError(f"{place}: {'; '.join(faults)}. Known: {', '.join(sorted(known))}.")


def _refuse_english_only(query: CuratedQuery) -> None:
    """Raises IcvkgError that names every text of the header that has no Chinese beside it."""
    absent = [] if query.description_zh else ["description_zh"]
    absent += ["missing_zh"] if query.missing and not query.missing_zh else []
    absent += [f"description_zh of parameter {each.name}" for each in query.parameters if not each.description_zh]
    if absent:
        raise IcvkgError(f"{query.name}.rq: Chinese texts missing: {', '.join(absent)}.")
