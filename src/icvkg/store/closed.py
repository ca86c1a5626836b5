"""Queries stay in the house: what would call out or break the parser is refused before a query runs."""

import re

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES

MAX_DEPTH = 200
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_hostile(text: str, *, authored: bool = True) -> None:
    """Raises IcvkgError for a query that calls another endpoint, or whose brackets nest deeper than MAX_DEPTH.

    A few thousand brackets end the whole process, since the parser recurses. The word SERVICE alone, in a label or a
    comment, is no call (SPARQL 1.1 Federated Query): only then is the query parsed, and its algebra decides. A query
    that was not authored, but put together here, makes no calls.
    """
    if _depth(text) > MAX_DEPTH:
        raise IcvkgError(f"This query nests its brackets deeper than {MAX_DEPTH}, which is not allowed here.")
    plain = _ESCAPE.sub(_unescape, text)
    if authored and re.search("service", plain, re.IGNORECASE) and _calls_out(plain):
        raise IcvkgError("This query calls another endpoint (SERVICE), which is not allowed here.")


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in re.findall(r"[(){}\[\]]", text):
        depth += 1 if character in "({[" else -1
        deepest = max(deepest, depth)
    return deepest


def _unescape(match: re.Match[str]) -> str:
    point = int(match.group(1) or match.group(2), 16)
    return chr(point) if point < 0x110000 else match.group()


def _calls_out(text: str) -> bool:
    """Whether the algebra holds a SERVICE; a query that the second parser cannot read counts as one that does."""
    from rdflib import Namespace
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parserutils import CompValue

    found: list[CompValue] = []

    def visit(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "ServiceGraphPattern":
            found.append(node)

    try:
        prepared = prepareQuery(text, initNs={prefix: Namespace(space) for prefix, space in PREFIXES.items()})
        traverse(prepared.algebra, visitPost=visit)
    except Exception:
        return bool(re.search(r"\bSERVICE\b", text, re.IGNORECASE))
    return bool(found)
