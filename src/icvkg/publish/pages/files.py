"""The files that pages need beside themselves: stylesheet, scripts, names to search, terms to complete, answers."""

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from icvkg.namespaces import BASE, DEF, OUTSIDE, PREFIXES
from icvkg.publish.pages.facts import LABEL, NAMED, Facts
from icvkg.publish.pages.pages import Pages
from icvkg.queries.answers import Answer
from icvkg.queries.folding import fold, has_han, spelled, squeeze
from icvkg.queries.formats import as_csv, as_json, as_tsv

MEDIA = {
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "json": "application/json", "csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8",
    "rq": "application/sparql-query; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
}  # fmt: skip
_SHOWN = (*NAMED, DEF)

EXPORTS: Mapping[str, Callable[[Answer], str]] = {"csv": as_csv, "tsv": as_tsv, "json": as_json}
"""The forms in which a page offers its answer."""


def media_of(path: str) -> str:
    """The media type of a file by its name."""
    return MEDIA[path.rpartition(".")[2]]


def static_files() -> dict[str, bytes]:
    """Stylesheet, scripts and icon, by path."""
    return dict(_below(files("icvkg.publish.pages") / "static", "static/"))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry.read_bytes()


def names(facts: Facts) -> bytes:
    """What the search fields suggest: path and names of every thing, code and term, and what these are found by."""
    entries = []
    for iri in sorted(facts.said):
        if iri.startswith(_SHOWN):
            texts = facts.texts(iri, LABEL)
            keys = list(dict.fromkeys(key for text in texts.values() for key in _keys(text)))
            names: dict[str, object] = {language: texts[language] for language in ("en", "zh") if language in texts}
            entries.append({"path": iri.removeprefix(BASE), "keys": keys, **names})
    return _json([entry for entry in entries if entry["keys"]])


def _keys(text: str) -> Iterator[str]:
    squeezed = squeeze(fold(text))
    yield squeezed
    if has_han(squeezed):
        yield from spelled(squeezed)


def words(facts: Facts) -> bytes:
    """What the query editor completes: our prefixes and terms."""
    terms = {f"icv:{iri.removeprefix(DEF)}" for iri in facts.said if iri.startswith(DEF)}
    outside = {"rdfs:label", "skos:note", "skos:definition", "skos:broader", "skos:inScheme", "skos:notation"}
    return _json({"prefixes": PREFIXES, "terms": sorted(terms | outside), "spaces": sorted(OUTSIDE)})


def exported(answer: Answer, suffix: str) -> bytes:
    """An answer in one of the forms of `EXPORTS`."""
    return EXPORTS[suffix](answer).encode()


def generated(pages: Pages) -> dict[str, bytes]:
    """The files that come from the release, except answers."""
    return {"names.json": names(pages.facts), "editor.json": words(pages.facts)}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
