"""What an exported file says of itself, read back."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from icvkg.errors import IcvkgError
from icvkg.queries.exports.beside import ENDING
from icvkg.queries.exports.export import Shape
from icvkg.queries.exports.forms import FORMS

_LINE = re.compile(r"(?m)^(?:#|%|<!--) about: (\{.*\})(?: -->)?$")
_BLOCK = re.compile(r'<script type="application/json" id="about">(.*?)</script>')
_DIGEST = re.compile(r"[0-9a-f]{16}")
_EXPECTED = {
    "release": str, "digest": str, "query": str, "sha256": str, "form": str, "parameters": dict, "columns": list,
    "cite": bool, "language": str, "limit": (int, type(None)), "rows": int,
}  # fmt: skip


def read_about(file: Path) -> dict[str, Any]:
    """What the file, or the metadata file beside it, says; raises IcvkgError where it says nothing or it is broken."""
    data = file.read_bytes()
    try:
        said = _said(file, data)
    except (ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise IcvkgError(f"{file}: what it says of itself cannot be read ({error}).") from None
    if said is None:
        raise IcvkgError(
            f"{file} does not say where it comes from: no export of icvkg query, and no {ENDING} beside it."
        )
    for name, kind in _EXPECTED.items():
        if not isinstance(said.get(name), kind):  # type: ignore[arg-type]
            raise IcvkgError(f"{file}: what it says of itself lacks {name!r}, or that is broken.")
    wrong = not _DIGEST.fullmatch(said["digest"]) or said["language"] not in ("en", "zh") or said["form"] not in FORMS
    if wrong:
        raise IcvkgError(f"{file}: what it says of itself is broken.")
    return said


def shape_of(about: Mapping[str, Any]) -> Shape:
    """How the export was cut."""
    return Shape(about["limit"], tuple(map(str, about["columns"])), about["cite"], about["language"])


def _said(file: Path, data: bytes) -> dict[str, Any] | None:
    beside = file.with_name(file.name + ENDING)
    if beside.is_file():
        return dict(json.loads(beside.read_text(encoding="utf-8"))["notes"][0])
    if data.startswith(b"PAR1"):
        return _of_parquet(file)
    if data.startswith(b"PK"):
        return _of_workbook(file)
    text = data.decode("utf-8-sig")
    if text.startswith("{"):
        document = json.loads(text)
        return dict(document.get("about") or document["head"]["about"])
    found = _BLOCK.search(text) or _LINE.search(text)
    return dict(json.loads(found[1])) if found else None


def _of_parquet(file: Path) -> dict[str, Any] | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from icvkg.queries.exports.parquet import KEY

    try:
        said = (pq.read_schema(file).metadata or {}).get(KEY)
    except pa.ArrowException as error:
        raise ValueError(error) from None
    return dict(json.loads(said)) if said else None


def _of_workbook(file: Path) -> dict[str, Any] | None:
    from icvkg.queries.exports.workbook import ABOUT, read_sheet

    rows = read_sheet(file.read_bytes(), ABOUT)
    return {str(name): _value(value) for name, value in rows} if rows else None


def _value(text: object) -> object:
    """A cell of the sheet: JSON for what is not text."""
    written = "" if text is None else str(text)
    try:
        return json.loads(written) if re.match(r"[\[{]|null$|true$|false$|-?[0-9]+$", written) else written
    except ValueError:
        return written
