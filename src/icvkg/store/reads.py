"""What a query can depend on: the predicates whose triples it may read, taken from its text.

It errs on one side: too many predicates, or all of them, but never too few. A query that reads some predicates only
gives the same answer over any two graphs that agree on the triples of these.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from icvkg.namespaces import OUTSIDE, PREFIXES

_TOKEN = re.compile(
    r"""(?:\s+|\#[^\n]*)+
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<var>[?$][^\W]\w*)
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%-]|\.(?=[\w:%-])|\\.)*)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "BNODE", "DESCRIBE", "GRAPH", "FROM", "SERVICE"}
_NODES = {"iri", "name", "var", "string", "number"}
_PREDICATES = {"iri", "name"}
Token = tuple[str, str]
"""Kind and text."""


@cache
def reads(text: str) -> frozenset[str] | None:
    """The predicates (IRIs in angle brackets) that a query may read; None when it may read any triple."""
    stream = _stream(text)
    body = _patterns(stream)
    if _changes(stream) or _asks_any_predicate(body) or _starts_anywhere(body):
        return None
    spaces = PREFIXES | dict(re.findall(r"PREFIX\s+([\w.-]*):\s*<([^>]*)>", text, re.IGNORECASE))
    return _named(stream, spaces)


def is_boundless(text: str) -> bool:
    """Whether the answer may depend on more than the edges that match the query's patterns."""
    stream = _stream(text)
    return _changes(stream) or _starts_anywhere(_patterns(stream))


def _changes(stream: Sequence[Token]) -> bool:
    return not _CHANGING.isdisjoint(token.upper() for kind, token in stream if kind == "word")


def _stream(text: str) -> list[Token]:
    return [(match.lastgroup, match.group()) for match in _TOKEN.finditer(text) if match.lastgroup]


def _named(stream: Sequence[Token], spaces: Mapping[str, str]) -> frozenset[str] | None:
    found = {f"<{OUTSIDE['rdf']}type>"} if ("word", "a") in stream else set()
    for kind, token in stream:
        prefix, _, local = token.partition(":")
        if kind == "iri":
            found.add(token)
        elif kind == "name" and prefix in spaces and "\\" not in local:
            found.add(f"<{spaces[prefix]}{local}>")
        elif kind == "name" and prefix not in spaces:
            return None
    return frozenset(found)


def _patterns(stream: Sequence[Token]) -> list[Token]:
    """The tokens without the lists of variables after SELECT and GROUP BY or ORDER BY, and without what is made."""
    kept: list[Token] = []
    listing = making = False
    for kind, token in stream:
        word = token.upper() if kind == "word" else ""
        if word in ("SELECT", "GROUP", "ORDER", "CONSTRUCT"):
            listing, making = True, word == "CONSTRUCT"
        elif making and word != "WHERE" and token != "}":
            continue
        elif word in ("WHERE", "HAVING", "LIMIT", "OFFSET") or token in ("{", "}"):
            listing = making = False
        if not listing:
            kept.append((kind, token))
    return kept


def _asks_any_predicate(body: Sequence[Token]) -> bool:
    """Whether a variable, or all predicates but some, may stand where a predicate does."""
    for before, here, after in zip(body, body[1:], body[2:], strict=False):
        starts = after[0] in _NODES or after[1] in "[(" or after[1].upper() in ("TRUE", "FALSE")
        if here[0] == "var" and starts and (before[0] in _NODES or before[1] in (";", "]")):
            return True
        if here[1] == "!" and (after[0] in _PREDICATES or after[1] in ("^", "a")):
            return True
        if here[1] == "(" and before[1] in (".", "{", "}", ";"):
            return True
        if before[1] == "!" and here[1] == "(" and (after[0] in _PREDICATES or after[1] in ("^", "a")):
            return True
    return False


def _starts_anywhere(body: Sequence[Token]) -> bool:
    """Whether a path that may have no length starts at a variable of which no other pattern says anything."""
    for place, (_, token) in enumerate(body):
        if token in ("*", "?") and _is_predicate(body, place - 1):
            before, after = place - 2, body[place + 1 : place + 2]
            while before >= 0 and body[before][1] in ("^", "("):
                before -= 1
            ends = [*body[before : before + 1], *after]
            at_variable = body[before][0] == "var" and not (after and after[0][0] in ("iri", "name", "string"))
            if body[place - 1][1] == ")" or (at_variable and not any(_bound(body, end) for end in ends)):
                return True
    return False


def _bound(body: Sequence[Token], end: Token) -> bool:
    """Whether a pattern other than a path without length has this variable at one of its ends."""
    places = [place for place, token in enumerate(body) if token == end and end[0] == "var"]
    return any(
        (_is_predicate(body, place - 1) and body[place - 2][1] not in ("*", "?"))
        or (_is_predicate(body, place + 1) and body[min(place + 2, len(body) - 1)][1] not in ("*", "?"))
        or (place and body[place - 1][1].upper() == "VALUES")
        for place in places
    )


def _is_predicate(body: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(body) and (body[place][0] in _PREDICATES or body[place][1] in ("a", ")"))
