"""Well-formed literals: which texts belong to a datatype of XML Schema, as SPARQL expressions over ?value."""

from icvkg.validation.vocabulary import XSD

_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR, _MONTH, _DAY = "-?([1-9][0-9]{3,}|0[0-9]{3})", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?|24:00:00(\\.0+)?)"
_DECIMAL = r"[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"

_TEXTS = {
    "boolean": "true|false|1|0",
    "integer": "[+-]?[0-9]+",
    "decimal": _DECIMAL,
    "double": _DECIMAL + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": _DECIMAL + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "hexBinary": "([0-9a-fA-F]{2})*",
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
}
_ENDS_WITH_MONTH = "-(02-(30|31)|(04|06|09|11)-31)"

LOST = frozenset(
    XSD + name
    for name in (
        "byte", "short", "int", "long", "unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong",
        "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "dateTimeStamp",
    )
)  # fmt: skip
"""Datatypes that the embedded store keeps as xsd:integer and xsd:dateTime: no query can tell them apart."""


def is_well_formed(datatype: str) -> str:
    """An expression that holds for the texts of the datatype; empty where any text will do or none is checked."""
    name = datatype.removeprefix(XSD)
    if name not in _TEXTS:
        return ""
    test = f'REGEX(STR(?value), "^({_TEXTS[name]})$")'
    if name in ("dateTime", "date"):
        test += f' && !REGEX(STR(?value), "{_ENDS_WITH_MONTH}") && ({_leap_day()})'
    return test


def _leap_day() -> str:
    year = 'xsd:integer(REPLACE(STR(?value), "^(-?[0-9]+)-.*$", "$1"))'.replace("xsd:integer", f"<{XSD}integer>")
    rest = [f"({year} - {n} * FLOOR({year} / {n}) {sign} 0)" for n, sign in ((4, "="), (100, "!="), (400, "="))]
    return f'!REGEX(STR(?value), "^-?[0-9]+-02-29") || ({rest[0]} && ({rest[1]} || {rest[2]}))'
