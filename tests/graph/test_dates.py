"""Partial dates stand for closed intervals of days."""

from datetime import date

import pytest

from icvkg.graph.dates import first_day, last_day, precision


@pytest.mark.parametrize(
    ("text", "first", "last", "precise"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "month"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "month"),
        ("2024-07-03", date(2024, 7, 3), date(2024, 7, 3), "day"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(text: str, first: date, last: date, precise: str) -> None:
    assert (first_day(text), last_day(text), precision(text)) == (first, last, precise)


@pytest.mark.parametrize("text", ["2024-13", "2024-00-01", "2023-02-29", "24", "2024-7", "", "2024-07-03T00:00:00Z"])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        first_day(text)
