"""What a question names, put into the parameters of a query; each only where its type fits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from icvkg.asking.mentions import Mention
from icvkg.asking.moments import Period
from icvkg.asking.quantities import Quantity
from icvkg.namespaces import ID
from icvkg.queries.catalogue import CuratedQuery, Parameter

_EVERYWHERE = f"{ID}place/china"
"""Named in many questions, and no restriction: all is about it."""
_RECEIVES = (
    re.compile(r"(?:\bto|\bfor|suppl(?:y|ies|ied|ying)|suppliers? of|给|向|为|供应)\s*$"),
    re.compile(r"^\s*(?:buys?|purchase|source|get|'s? .*supplier|的.*供应商|采购|从|由谁)"),
)
"""What stands before or after a name that is on the receiving side."""
_RECEIVER = "customer"


@dataclass(frozen=True)
class Said:
    """A question in its parts: its folded text, and the things, the period and the numbers that it names."""

    text: str
    mentions: Sequence[Mention]
    period: Period | None
    quantities: Sequence[Quantity]

    def receives(self, mention: Mention) -> bool:
        """Whether the words around a name say that it is on the receiving side."""
        (before, after), (begin, end) = _RECEIVES, mention.place
        return bool(before.search(self.text[:begin]) or after.search(self.text[end:]))


@dataclass(frozen=True)
class Filling:
    """Values by parameter, which names and numbers were taken, and which things found no parameter."""

    values: dict[str, str]
    taken: int
    left: int


def fill(query: CuratedQuery, said: Said, as_of: str) -> Filling:
    """The parameters of a query as the question gives them.

    Where it names nothing that fits, a parameter that restricts by default is left open, as the question is.
    """
    values: dict[str, str] = {}
    places: set[tuple[int, int]] = set()
    for mention in said.mentions:
        parameter = _parameter(query, mention, said, values)
        if parameter and mention.place not in places:
            values[parameter.name] = mention.slug
            places.add(mention.place)
    numbers = _numbers(query, said.quantities)
    dates = _dates(query, said.period, as_of)
    things = {each.place for each in said.mentions if each.iri.startswith(ID) and each.iri != _EVERYWHERE}
    return Filling(_opened(query) | values | numbers | dates, len(places) + len(numbers), len(things - places))


def _parameter(query: CuratedQuery, mention: Mention, said: Said, values: dict[str, str]) -> Parameter | None:
    """The parameter for a thing: of two that fit, that of the receiving side where the words say so, else the first."""
    fitting = [each for each in query.parameters if each.type == mention.type and each.name not in values]
    if mention.iri == _EVERYWHERE or not fitting:
        return None
    receiving = [each for each in fitting if each.name == _RECEIVER]
    return receiving[0] if receiving and said.receives(mention) else fitting[0]


def _numbers(query: CuratedQuery, quantities: Sequence[Quantity]) -> dict[str, str]:
    """Numbers for the parameters whose description says what the number is."""
    return {
        parameter.name: quantity.value
        for parameter in query.parameters
        for quantity in reversed(quantities)
        if parameter.type in ("integer", "decimal") and quantity.kind in parameter.description.lower()
    }


def _dates(query: CuratedQuery, period: Period | None, as_of: str) -> dict[str, str]:
    """First and last day for `from` and for `through` or `asOf`; nothing after the day of the release."""
    names = {each.name for each in query.parameters if each.type == "date"}
    first, last = (period.first, period.last) if period else (None, None)
    found = {"from": first} if first and "from" in names else {}
    if last:
        found |= {name: min(last, as_of) for name in names - {"from"}}
    return {name: day for name, day in found.items() if day}


def _opened(query: CuratedQuery) -> dict[str, str]:
    """Parameters for things that restrict by default and need not."""
    return {
        each.name: ""
        for each in query.parameters
        if each.names_a_thing and each.default and re.search("empty for (every|all)", each.description)
    }
