"""Which literals mean the same although they are written otherwise: stores rewrite some of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE

_XSD = OUTSIDE["xsd"]


def same_value(one: ox.Literal, other: ox.Literal) -> bool:
    """Whether two literals have the same language, or datatypes of one family and the same value in it.

    A text that a store has made of another type (xsd:anyURI, say) is not the same.
    """
    if one.language or other.language:
        return one.value == other.value and (one.language or "").lower() == (other.language or "").lower()
    return value_of(one) == value_of(other)


def value_of(literal: ox.Literal) -> tuple[str, object]:
    """The family of a literal's datatype and its value; the text itself where it is not well written."""
    name = literal.datatype.value.removeprefix(_XSD)
    family, read = _READ.get(name, (name, str))
    try:
        return family, read(literal.value)
    except (ValueError, KeyError, InvalidOperation):
        return name, literal.value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _day(text: str) -> date:
    return date.fromisoformat(text.removesuffix("Z"))


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_READ: dict[str, tuple[str, Callable[[str], object]]] = {
    "integer": ("number", Decimal),
    "int": ("number", Decimal),
    "decimal": ("number", Decimal),
    "boolean": ("boolean", lambda text: _BOOLEANS[text]),
    "dateTime": ("dateTime", _moment),
    "date": ("date", _day),
}
"""The family of each datatype and how its values are read."""
