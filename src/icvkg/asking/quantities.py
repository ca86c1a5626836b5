"""Numbers in a question that say what they are: a level of automation, a percentage, a least number."""

import re
from dataclasses import dataclass

from icvkg.asking.spans import Span

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {name: str(number) for number, name in enumerate(_NAMES)}
_SIGNS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2}
_NUMBER = rf"(\d+(?:\.\d+)?|{'|'.join(_WORDS)}|[零一二两三四五六七八九十]+)"
_FORMS = (
    ("level", re.compile(r"\bl ?-?([0-5])\b(?!\d)|\bl([0-5])(?=[\u4e00-\u9fff])")),
    ("level", re.compile(r"\blevel[ -]?([0-5]|one|two|three|four|five)\b|(?<!l)([0-5一二三四五]) ?级")),
    ("percent", re.compile(rf"{_NUMBER} ?(?:%|per ?cent)|百分之{_NUMBER}")),
    ("least", re.compile(rf"(?:at least|minimum of|no fewer than|至少|不少于) ?{_NUMBER}")),
)
"""What the number is, as the description of a parameter that takes it says, and how it is written."""


@dataclass(frozen=True)
class Quantity:
    """A number with what it is: level, percent or least."""

    kind: str
    value: str


def quantities(text: str) -> list[tuple[Quantity, Span]]:
    """The numbers of a folded question, with their places.

    >>> [quantity.value for quantity, _ in quantities("l3级车型, 百分之十五")]
    ['3', '15']
    """
    return [
        (Quantity(kind, _value(next(group for group in match.groups() if group))), match.span())
        for kind, form in _FORMS
        for match in form.finditer(text)
    ]


def _value(written: str) -> str:
    if written in _WORDS:
        return _WORDS[written]
    if written[0].isdigit():
        return written
    tens, ten, ones = written.rpartition("十")
    return str((_SIGNS.get(tens, 1) * 10 if ten else 0) + _SIGNS.get(ones, 0))
