"""Days, months and years in a question, in English or Chinese, and whether it asks since or until them."""

import re
from calendar import monthrange
from dataclasses import dataclass

from icvkg.asking.spans import Span, blanked

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    rf"{_YEAR} ?年 ?(?P<month>\d\d?) ?月(?: ?(?P<day>\d\d?) ?[日号])?",
    rf"(?<![0-9a-z-]){_YEAR}-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?(?![\d-])",
    rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH} {_YEAR}\b",
    rf"\b{_MONTH} (?:(?P<day>\d\d?)(?:st|nd|rd|th)?,? )?{_YEAR}\b",
    rf"(?<![0-9a-z-]){_YEAR}(?: ?年(?:底|末)?)?(?![\d-]|[a-z])",
)
_SINCE = (
    re.compile(r"(?:since|from|after|starting(?: in)?|自从?|从)\s*$"),
    re.compile(r"^\s*(?:以来|以后|之后|起|开始)"),
)
_UNTIL = (
    re.compile(r"(?:until|till|before|up to|through|截至|截止到?|直到)\s*$"),
    re.compile(r"^\s*(?:以前|之前|为止)"),
)
_JOINT = re.compile(r"\s*(?:and|to|until|through|至|到|和|与|[-–—~])\s*")


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both in it; None where the question sets no bound."""

    first: str | None
    last: str | None


def period(text: str) -> tuple[Period | None, list[Span]]:
    """The period that a folded question names, None if it names none; and where.

    >>> period("since june 2021")[0], period("2022年至2023年")[0]
    (Period(first='2021-06-01', last=None), Period(first='2022-01-01', last='2023-12-31'))
    """
    found = _moments(text)
    if not found:
        return None, []
    places = [place for place, _ in found]
    (begin, end), (first, last) = found[0]
    if len(found) > 1 and _JOINT.fullmatch(text[end : found[1][0][0]]):
        return Period(first, found[1][1][1]), places
    if _says(_SINCE, text, begin, end):
        return Period(first, None), places
    return Period(None if _says(_UNTIL, text, begin, end) else first, last), places


def _says(modifiers: tuple[re.Pattern[str], re.Pattern[str]], text: str, begin: int, end: int) -> bool:
    before, after = modifiers
    return bool(before.search(text[:begin]) or after.search(text[end:]))


def _moments(text: str) -> list[tuple[Span, tuple[str, str]]]:
    """Place, first and last day of each day, month or year that is named, in the order of the text."""
    found = []
    for form in _FORMS:
        for match in re.finditer(form, text):
            days = _days(match.groupdict())
            if days:
                found.append((match.span(), days))
                text = blanked(text, [match.span()])
    return sorted(found)


def _days(parts: dict[str, str | None]) -> tuple[str, str] | None:
    """First and last day of what is named; None for a date that is none, such as the 31st of June."""
    year = int(parts["year"] or 0)
    word = parts.get("word")
    month = _MONTHS.index(word) + 1 if word else int(parts.get("month") or 0)
    if month > 12:
        return None
    length = monthrange(year, month or 12)[1]
    day = int(parts.get("day") or 0)
    if day > length:
        return None
    return f"{year}-{month or 1:02}-{day or 1:02}", f"{year}-{month or 12:02}-{day or length:02}"
