"""CSV that a spreadsheet opens rightly: it begins with a byte order mark, and no cell runs as a formula."""

import re

from icvkg.queries.answers import words
from icvkg.queries.exports.export import Export
from icvkg.queries.formats import delimited, plain
from icvkg.store.asking import Term

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def as_csv(export: Export) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark and CRLF."""
    answer = export.answer
    rows = [[harmless(_cell(term)) for term in row] for row in answer.rows]
    return delimited(answer.columns, rows).encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula (OWASP: CSV injection).

    >>> harmless("=1+1"), harmless("-1.5"), harmless("-1+1")
    ("'=1+1", '-1.5', "'-1+1")
    """
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def _cell(term: Term | None) -> str:
    """The plain value; days without their time."""
    value = plain(term)
    return words(term) if value.endswith("T00:00:00Z") else value
