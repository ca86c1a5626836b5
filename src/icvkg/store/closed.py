"""Queries stay in the house: federation is refused before a query runs."""

import re

from icvkg.errors import IcvkgError

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_federation(text: str) -> None:
    """Raises IcvkgError when the query calls another endpoint (SERVICE, SPARQL 1.1 Federated Query).

    The word alone, in a label or a comment, is no call: only then is the query parsed, and its algebra decides.
    """
    plain = _ESCAPE.sub(lambda match: chr(int(match.group(1) or match.group(2), 16)), text)
    if re.search("service", plain, re.IGNORECASE) and _calls_out(plain):
        raise IcvkgError("This query calls another endpoint (SERVICE), which is not allowed here.")


def _calls_out(text: str) -> bool:
    from pyparsing import ParseException
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parserutils import CompValue

    found: list[CompValue] = []

    def visit(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "ServiceGraphPattern":
            found.append(node)

    try:
        traverse(prepareQuery(text).algebra, visitPost=visit)
    except ParseException:
        return bool(re.search(r"\bSERVICE\b", re.sub(r"#.*", "", text), re.IGNORECASE))
    return bool(found)
