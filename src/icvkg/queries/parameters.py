"""Parameters as users write them, turned into terms; a library serialises them, so none can leave its place."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from icvkg.errors import IcvkgError, UnknownNameError, shorten
from icvkg.namespaces import BASE, CODE, ID, OUTSIDE, expand_name
from icvkg.queries.catalogue import CuratedQuery, Parameter
from icvkg.store.binding import bind

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_XSD = OUTSIDE["xsd"]
UNBOUND = "UNDEF"


def bound_text(query: CuratedQuery, given: Mapping[str, str], as_of: str) -> str:
    """The query's text with every parameter bound: to what was given, else to its default.

    Raises as `effective` does, and IcvkgError for a value of the wrong type.
    """
    values = effective(query, given, as_of)
    return bind(query.text, {each.name: term(each, values[each.name]) for each in query.parameters})


def effective(query: CuratedQuery, given: Mapping[str, str], as_of: str) -> dict[str, str]:
    """The value of every parameter as a user writes it: what was given, else its default.

    `as_of` (a day) is the default of the parameter of that name. Raises UnknownNameError for a parameter that the
    query does not have.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            raise UnknownNameError(f"parameter of {query.name}", name, known)
    defaults = {name: as_of if name == "asOf" else parameter.default for name, parameter in known.items()}
    return defaults | dict(given)


def space_of(parameter: Parameter) -> str:
    """The namespace of the things or codes that a parameter names, ending in a slash."""
    if parameter.type.startswith("code:"):
        return CODE + parameter.type.removeprefix("code:") + "/"
    return f"{ID}{parameter.type}/"


def term(parameter: Parameter, value: str) -> str:
    """The value as a term in N-Triples syntax, or UNDEF for an empty one."""
    if not value:
        return UNBOUND
    if parameter.type in _LITERALS:
        return str(_literal(parameter, value))
    return str(_thing(parameter, value))


_LITERALS = {"date": "dateTime", "text": "string", "integer": "integer", "decimal": "decimal"}


def _literal(parameter: Parameter, value: str) -> ox.Literal:
    datatype = ox.NamedNode(_XSD + _LITERALS[parameter.type])
    if parameter.type == "date":
        if not _is_day(value):
            raise _wrong(parameter, value, "a day such as 2024-07-03")
        return ox.Literal(f"{value}T00:00:00Z", datatype=datatype)
    if parameter.type in ("integer", "decimal"):
        number = Decimal(value) if _NUMBER.fullmatch(value) else None
        if number is None or (parameter.type == "integer" and number != number.to_integral_value()):
            raise _wrong(parameter, value, f"a number ({parameter.type}, at most 18 digits)")
        return ox.Literal(f"{number:f}", datatype=datatype)
    if not is_text(value):
        raise _wrong(parameter, value, "text of Unicode characters (no lone surrogates)")
    return ox.Literal(value)


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def is_text(value: str) -> bool:
    """Whether the value can be written in UTF-8: it has no lone surrogates.

    >>> is_text("华为"), is_text("\\ud800")
    (True, False)
    """
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _thing(parameter: Parameter, value: str) -> ox.NamedNode:
    """A thing or code: its slug, its prefixed name or its whole IRI in our namespace."""
    space = space_of(parameter)
    if _SLUG.fullmatch(value):
        return ox.NamedNode(space + value)
    iri = value if value.startswith(BASE) else expand_name(value)
    if iri and iri.startswith(space) and _SLUG.fullmatch(iri.removeprefix(space)):
        return ox.NamedNode(iri)
    raise _wrong(parameter, value, f"the slug or IRI of a {parameter.type.removeprefix('code:')}")


def _wrong(parameter: Parameter, value: str, expected: str) -> IcvkgError:
    return IcvkgError(f"Parameter {parameter.name}: {shorten(value)!r} given, {expected} expected.")
