"""The forms in which a file leaves: its bytes, and what stands beside it where it cannot speak of itself."""

import json
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from icvkg.queries import formats
from icvkg.queries.exports import beside, documents, excel, latex, parquet, places, workbook
from icvkg.queries.exports.export import Export
from icvkg.store.files import serialize

FORMS: Mapping[str, Callable[[Export], bytes]] = {
    "csv": lambda export: formats.as_csv(export.answer).encode(),
    "csv-excel": excel.as_csv,
    "tsv": lambda export: formats.as_tsv(export.answer).encode(),
    "xlsx": workbook.as_workbook,
    "parquet": parquet.as_parquet,
    "json": lambda export: formats.as_json(export.answer, export.about).encode(),
    "xml": lambda export: _in_xml(export).encode(),
    "ttl": lambda export: f"# about: {_line(export)}\n{formats.as_turtle(export.answer)}".encode(),
    "jsonld": lambda export: _as_jsonld(export),
    "geojson": places.as_geojson,
    "md": documents.as_markdown,
    "latex": latex.as_latex,
    "html": documents.as_html,
}
BINARY = ("xlsx", "parquet")
"""Forms that a terminal cannot show."""
BESIDE = ("csv", "csv-excel", "tsv")
"""Forms that have no place for words about themselves: a file beside them says it."""


def render(export: Export, form: str) -> bytes:
    """The bytes of the export in that form; raises IcvkgError where the form cannot hold it."""
    return FORMS[form](export)


def files(export: Export, form: str, name: str) -> dict[str, bytes]:
    """The files of the export by name, the one named last: CSV and TSV have a W3C metadata file beside them."""
    spoken = {f"{name}{beside.ENDING}": beside.metadata(export, form, name)} if form in BESIDE else {}
    return spoken | {name: render(export, form)}


def _line(export: Export) -> str:
    return json.dumps(export.about, ensure_ascii=False)


def _in_xml(export: Export) -> str:
    """The results, with what they say of themselves in a comment, in which two hyphens may not stand."""
    declaration, rest = formats.as_xml(export.answer).split("\n", 1)
    return f"{declaration}\n<!-- about: {export.comment} -->\n{rest}"


def _as_jsonld(export: Export) -> bytes:
    """JSON-LD; the member `about` has no meaning in the context and so adds no triples."""
    triples = formats.triples_of(export.answer)
    document = json.loads(serialize(triples, ox.RdfFormat.JSON_LD))
    graph = document["@graph"] if isinstance(document, dict) and "@graph" in document else document
    said = {"@context": {"about": None}, "about": dict(export.about), "@graph": graph}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
