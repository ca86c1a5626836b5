"""Parameters as users write them, turned into terms; a library serialises them, so none can leave its place."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.namespaces import BASE, CODE, ID, OUTSIDE, expand_name
from icvkg.queries.catalogue import CuratedQuery, Parameter
from icvkg.store.binding import bind

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_XSD = OUTSIDE["xsd"]
UNBOUND = "UNDEF"


def bound_text(query: CuratedQuery, given: Mapping[str, str], as_of: str) -> str:
    """The query's text with every parameter bound: to what was given, else to its default.

    `as_of` (a day) is the default of the parameter of that name. Raises UnknownNameError for a parameter that the
    query does not have and IcvkgError for a value of the wrong type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            raise UnknownNameError(f"parameter of {query.name}", name, known)
    defaults = {name: as_of if name == "asOf" else parameter.default for name, parameter in known.items()}
    return bind(query.text, {name: term(known[name], given.get(name, defaults[name])) for name in known})


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
        if not _DAY.fullmatch(value):
            raise _wrong(parameter, value, "a day such as 2024-07-03")
        return ox.Literal(f"{value}T00:00:00Z", datatype=datatype)
    if parameter.type in ("integer", "decimal"):
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise _wrong(parameter, value, f"a number ({parameter.type})") from None
        if not number.is_finite() or (parameter.type == "integer" and number != number.to_integral_value()):
            raise _wrong(parameter, value, f"a number ({parameter.type})")
        return ox.Literal(f"{number:f}", datatype=datatype)
    return ox.Literal(value)


def _thing(parameter: Parameter, value: str) -> ox.NamedNode:
    """A thing or code: its slug, its prefixed name or its whole IRI in our namespace."""
    space = CODE + parameter.type.removeprefix("code:") if parameter.type.startswith("code:") else ID + parameter.type
    if _SLUG.fullmatch(value):
        return ox.NamedNode(f"{space}/{value}")
    iri = value if value.startswith(BASE) else expand_name(value)
    if iri and iri.startswith(space + "/") and _SLUG.fullmatch(iri.removeprefix(space + "/")):
        return ox.NamedNode(iri)
    raise _wrong(parameter, value, f"the slug or IRI of a {parameter.type.removeprefix('code:')}")


def _wrong(parameter: Parameter, value: str, expected: str) -> IcvkgError:
    return IcvkgError(f"Parameter {parameter.name}: {value!r} given, {expected} expected.")
