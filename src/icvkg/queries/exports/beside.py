"""The file beside a table that cannot speak of itself: CSVW metadata, as the W3C names it (`NAME-metadata.json`)."""

import json

from icvkg.queries.exports.export import LICENCE, Export
from icvkg.queries.exports.typed import kinds

ENDING = "-metadata.json"
_DATATYPES = {"dateTime": "dateTime", "date": "date", "integer": "integer", "decimal": "decimal", "double": "double"}


def metadata(export: Export, form: str, name: str) -> bytes:
    """Title, licence, columns with their datatypes, and in `notes` what the export says of itself."""
    query = export.answer.origin.query if export.answer.origin else None
    language = export.shape.language
    said = {name: query.holds(name, language) for name in query.columns} if query else {}
    mark = "?" if form == "tsv" else ""
    typed = zip(export.answer.columns, kinds(export.answer), strict=True)
    columns = [
        {"name": each, "titles": f"{mark}{each}", "datatype": _DATATYPES.get(kind, "string") if not mark else "string"}
        | ({"dc:description": said[each]} if each in said else {})
        for each, kind in typed
    ]
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:title": export.title or "Answer of a SPARQL query",
        "dc:license": {"@id": LICENCE},
        "dc:source": {"@id": export.about["iri"]},
        "dialect": {"delimiter": "\t" if mark else ",", "encoding": "utf-8"} | ({"quoteChar": None} if mark else {}),
        "tableSchema": {"columns": columns},
        "notes": [dict(export.about)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
