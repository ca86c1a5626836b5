"""Answers for readers in Markdown and HTML: names instead of identifiers, the source of each row as its footnote."""

import json
import re
from html import escape

from icvkg.queries.exports.export import Export

_SPECIAL = re.compile(r"([\\`*\[\]<>|~#]|(?<!\w)_|_(?!\w))")
_ADDRESS = re.compile(r"https?://[^\s<>\"|]+[^\s<>\"|.,;)]")
_STYLE = """
body { font: 1rem/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2rem; }
table { border-collapse: collapse; } caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .7rem; text-align: left; vertical-align: top; }
ol, footer { color: #444; font-size: .85rem; } footer, ol { max-width: 60rem; overflow-wrap: anywhere; }
"""


def as_markdown(export: Export) -> bytes:
    """A table with footnotes in GitHub's Markdown; what it says of itself stands in a comment at its end."""
    rows = [[_in_cell(cell) for cell in row] for row in export.cells]
    if export.notes:
        rows = [[*row[:-1], f"{row[-1]}[^{number}]"] for number, row in enumerate(rows, start=1)]
    lines = [f"**{_in_cell(export.title)}**", ""] if export.title else []
    lines += [_line([_in_cell(each) for each in export.headings]), _line(["---"] * len(export.headings))]
    lines += [_line(row) for row in rows]
    lines += ["", _in_cell(export.source_line), ""]
    lines += [f"[^{number}]: {_note(note)}" for number, note in enumerate(export.notes, start=1)]
    return "\n".join([*lines, "", f"<!-- about: {export.comment} -->", ""]).encode()


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.replace("&", "&amp;").split()))


def _note(note: str) -> str:
    """A footnote, its addresses as links that nothing in them can end."""
    pieces, end = [], 0
    for match in _ADDRESS.finditer(note):
        pieces += [_in_cell(note[end : match.start()]), f" <{match[0]}>"]
        end = match.end()
    return "".join([*pieces, _in_cell(note[end:])]).strip()


def as_html(export: Export) -> bytes:
    """A page of its own with the table and its footnotes; what it says of itself stands in a data block."""
    head = "".join(f"<th scope=col>{escape(each)}</th>" for each in export.headings)
    body = "\n".join(_row(number, row, bool(export.notes)) for number, row in enumerate(export.cells, start=1))
    notes = "\n".join(
        f'<li id="note{number}">{_linked(note)}</li>' for number, note in enumerate(export.notes, start=1)
    )
    said = json.dumps(export.about, ensure_ascii=False).replace("<", "\\u003c")
    title, language = escape(export.title or "Answer"), export.shape.language
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style>
<script type="application/json" id="about">{said}</script></head>
<body><table><caption>{title}</caption>
<thead><tr>{head}</tr></thead><tbody>
{body}
</tbody></table>
<ol>{notes}</ol>
<footer>{escape(export.source_line)}</footer></body></html>
""".encode()


def _row(number: int, cells: list[str], noted: bool) -> str:
    written = [escape(cell) for cell in cells]
    if noted:
        written[-1] += f'<sup><a href="#note{number}">{number}</a></sup>'
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in written)}</tr>"


def _linked(note: str) -> str:
    """A note with its addresses as links."""
    pieces, end = [], 0
    for match in _ADDRESS.finditer(note):
        address = escape(match[0])
        pieces += [escape(note[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return "".join([*pieces, escape(note[end:])])
