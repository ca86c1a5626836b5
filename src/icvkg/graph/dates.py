"""Dates as people write them: a year, a month or a day, and the closed interval of days they stand for."""

import calendar
import re
from datetime import date

import pyoxigraph as ox

from icvkg.namespaces import OUTSIDE

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def precision(text: str) -> str:
    """`year`, `month` or `day`.

    >>> precision("2024-07")
    'month'
    """
    return ("year", "month", "day")[text.count("-")]


def first_day(text: str) -> date:
    """The first day of what is written; raises ValueError for a day that no calendar has.

    >>> first_day("2024-07")
    datetime.date(2024, 7, 1)
    """
    year, month, day = _parts(text)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """The last day of what is written; raises ValueError for a day that no calendar has.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    year, month, day = _parts(text)
    first = date(year, 12 if month is None else month, 1 if day is None else day)
    return first if day is not None else first.replace(day=calendar.monthrange(first.year, first.month)[1])


def date_time(day: str) -> ox.Literal:
    """A day as the one dated type of the graph: midnight in UTC.

    >>> date_time("2024-07-03").value
    '2024-07-03T00:00:00Z'
    """
    return ox.Literal(f"{day}T00:00:00Z", datatype=ox.NamedNode(OUTSIDE["xsd"] + "dateTime"))


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date such as 2024, 2024-07 or 2024-07-03")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    return year or 0, month, day
