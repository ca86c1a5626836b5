"""Checks one cell against its column: what is wrong, what was expected, what is near."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from urllib.parse import quote

from icvkg.errors import nearest
from icvkg.graph.dates import first_day
from icvkg.graph.metadata import Column

CANONICAL = {
    "decimal": re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", re.ASCII),
    "integer": re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII),
    "boolean": re.compile(r"true|false"),
    "anyURI": re.compile(r"https?://(?:[!$-;=?-Z_a-z~#&\[\]]|%[0-9A-Fa-f]{2})+"),
}
"""The one way to write a value of a datatype."""
_WORDS = {
    "decimal": "a plain decimal number such as 39.9",
    "integer": "a whole number such as 400",
    "boolean": "true or false",
    "anyURI": "an address that starts with http:// or https://, in ASCII, other characters as %XX,",
}
_SLUG = "a slug: lower-case letters, digits and single hyphens"


class Complaint(NamedTuple):
    """What is wrong with a value: the value, the expectation, the nearest valid value."""

    value: str
    expected: str
    nearest: str = ""


def check_cell(column: Column, text: str) -> Iterator[Complaint]:
    """Every complaint about a cell; none for an empty one that may be empty."""
    if not text:
        if column.required:
            yield Complaint("", "this cell must be filled")
        return
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        yield Complaint(text, "no line breaks, tabs or control characters")
    elif text != " ".join(text.split(" ")).strip() or "  " in text:
        yield Complaint(text, "no leading, trailing or double spaces", " ".join(text.split()))
    else:
        yield from _check_values(column, text)


def _check_values(column: Column, text: str) -> Iterator[Complaint]:
    values = text.split(column.separator) if column.separator else [text]
    for position, value in enumerate(values, start=1):
        if not value.strip():
            near = ";".join(part.strip() for part in values if part.strip())
            yield Complaint(text, f"item {position} of the list is empty", near)
        elif value in values[: position - 1]:
            yield Complaint(text, f"{value!r} stands twice in the list", ";".join(dict.fromkeys(values)))
        else:
            yield from _check_value(column, value)


def _check_value(column: Column, value: str) -> Iterator[Complaint]:
    if column.base in CANONICAL:
        if CANONICAL[column.base].fullmatch(value):
            yield from _check_bounds(column, value)
        else:
            yield Complaint(value, f"{_WORDS[column.base]} was expected", _repair(column, value))
    elif column.precision:
        yield from _check_date(column, value)
    elif column.pattern and not column.pattern.fullmatch(value):
        yield Complaint(value, f"{_describe(column)} was expected", _repair(column, value))


def _check_date(column: Column, value: str) -> Iterator[Complaint]:
    expected = "a date such as 2024, 2024-07 or 2024-07-03 was expected"
    if column.pattern and not column.pattern.fullmatch(value):
        yield Complaint(value, expected, _repair(column, value))
        return
    try:
        first_day(value)
    except ValueError as error:
        yield Complaint(value, f"{expected}; {error}")


def _check_bounds(column: Column, value: str) -> Iterator[Complaint]:
    if column.minimum and Decimal(value) < Decimal(column.minimum):
        yield Complaint(value, f"a number of {column.minimum} or more was expected", column.minimum)
    if column.maximum and Decimal(value) > Decimal(column.maximum):
        yield Complaint(value, f"a number of {column.maximum} or less was expected", column.maximum)


def choices(column: Column) -> list[str]:
    """The values of an enumeration, written as a format `a|b|c`; empty for any other format."""
    parts = (column.format or "").split("|")
    return parts if len(parts) > 1 and all(re.fullmatch(r"[\w-]+", part) for part in parts) else []


def _describe(column: Column) -> str:
    if choices(column):
        return "one of " + ", ".join(choices(column))
    return _SLUG if "(-[a-z0-9]+)*" in (column.format or "") else f"text of the form {column.format}"


def _repair(column: Column, value: str) -> str:
    """The nearest valid value: the same in half-width and canonical form, or the nearest of an enumeration."""
    plain = unicodedata.normalize("NFKC", value).strip()
    for candidate in (plain, _number(column, plain), plain.lower(), _slug(plain), _encoded(column, value)):
        if candidate and _valid(column, candidate):
            return candidate
    return nearest(plain, choices(column))


def _valid(column: Column, value: str) -> bool:
    pattern = CANONICAL.get(column.base) or column.pattern
    return bool(pattern and pattern.fullmatch(value))


def _number(column: Column, plain: str) -> str:
    try:
        number = Decimal(plain.replace(",", "").lstrip("+"))
    except InvalidOperation:
        return ""
    text = f"{number:f}" if number.is_finite() else ""
    return text.rstrip("0").rstrip(".") if "." in text and column.base == "decimal" else text


def _encoded(column: Column, value: str) -> str:
    return quote(value, safe="!#$%&'()*+,/:;=?@[]~-._") if column.base == "anyURI" else ""


def _slug(plain: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
