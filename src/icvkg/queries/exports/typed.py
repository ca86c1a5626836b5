"""The type of each column of an answer, and its values as Python has them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE
from icvkg.queries.answers import Answer
from icvkg.store.asking import Term

Value = str | int | float | bool | Decimal | date | datetime | None
_XSD = OUTSIDE["xsd"]
_MIDNIGHT = "T00:00:00Z"
_INT64 = 2**63


def kinds(answer: Answer) -> list[str]:
    """The kind of each column: integer, decimal, double, boolean, date, dateTime or string."""
    return [_kind(row[place] for row in answer.rows) for place in range(len(answer.columns))]


def values(answer: Answer) -> list[list[Value]]:
    """The rows with the values of each column in its kind; None for an unbound variable."""
    kept = kinds(answer)
    return [[_value(term, kind) for term, kind in zip(row, kept, strict=True)] for row in answer.rows]


def _kind(terms: Iterable[Term | None]) -> str:
    """The one kind of all terms of a column: decimal for integers among decimals, string where they differ."""
    found = {_kind_of(term) for term in terms if term is not None}
    if found == {"integer", "decimal"}:
        return "decimal"
    if found == {"date", "dateTime"}:
        return "dateTime"
    return found.pop() if len(found) == 1 else "string"


def _kind_of(term: Term) -> str:
    """The kind of a single term; what is not written as its datatype says is a string."""
    if not isinstance(term, ox.Literal):
        return "string"
    name = term.datatype.value.removeprefix(_XSD)
    kind = "date" if name == "dateTime" and term.value.endswith(_MIDNIGHT) else name
    try:
        value = _READ[kind](term.value)
    except (KeyError, ValueError, InvalidOperation):
        return "string"
    fits = not isinstance(value, int) or -_INT64 <= value < _INT64
    return kind if fits else "string"


def _value(term: Term | None, kind: str) -> Value:
    if term is None or kind == "string":
        return None if term is None else term.value
    return _READ[kind](term.value)


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    digits = number.as_tuple()
    if not isinstance(digits.exponent, int) or len(digits.digits) > 38 or digits.exponent > 0:
        raise ValueError(text)
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


_READ: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": _decimal,
    "double": float,
    "boolean": _boolean,
    "date": lambda text: date.fromisoformat(text.removesuffix(_MIDNIGHT)),
    "dateTime": _moment,
}
