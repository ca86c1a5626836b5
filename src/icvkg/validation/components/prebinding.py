"""Pre-bound variables (SHACL section 5.3.1 and appendix A) turned into joins with the set of all focus nodes.

A pre-bound variable has its value in every group of the query. So each group that could notice gets the set of
focus nodes as its first pattern; groups under EXISTS see the variable of the row they are asked for anyway.
"""

from icvkg.errors import IcvkgError
from icvkg.validation.components.tokens import Token, closing, seen, tokens
from icvkg.validation.model import UnsayableError

_FORBIDDEN = ("MINUS", "VALUES", "SERVICE")
_NOTICE = ("FILTER", "BIND", "OPTIONAL", "SELECT", "EXISTS")
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


def refuse_ill_formed(text: str, bound: set[str]) -> None:
    """Raises IcvkgError for a query that SHACL forbids because its pre-bound variables would have no clear meaning."""
    words = [token for _, token in seen(tokens(text))]
    for token, after in zip(words, [*words[1:], Token("skip", "")], strict=True):
        if token.is_word(*_FORBIDDEN):
            raise IcvkgError(f"{token.text.upper()} is not allowed in a SHACL-SPARQL query")
        if token.is_word("AS") and after.variable in bound:
            raise IcvkgError(f"AS {after.text} gives a pre-bound variable another value, which SHACL forbids")
    for place in _subselects(words):
        if "this" in bound and "this" not in _projected(words, place):
            raise IcvkgError("a subquery must return $this, like every pre-bound variable")


def refuse_unsayable(text: str, bound: set[str]) -> None:
    """Raises UnsayableError for a query whose answer for all focus nodes is not the sum of its answers for each."""
    words = [token for _, token in seen(tokens(text))]
    if any(token.is_word("LIMIT", "OFFSET") for token in words):
        raise UnsayableError("a SPARQL query with LIMIT or OFFSET")
    if any(token.is_word("GRAPH") or token.variable == "shapesGraph" for token in words):
        raise UnsayableError("a SPARQL query that asks named graphs or $shapesGraph")
    grouped = [place for place, token in enumerate(words) if token.is_word("GROUP") and words[place + 1].is_word("BY")]
    selects = sum(token.is_word("SELECT") for token in words)
    if any(token.is_word(*_AGGREGATES) for token in words) and not _group_by_this(words, grouped, selects):
        raise UnsayableError("a SPARQL query that counts or sums without GROUP BY $this")


def _group_by_this(words: list[Token], grouped: list[int], selects: int) -> bool:
    """Whether each aggregation is by focus node; with several SELECTs each must have its own grouping."""
    by_this = [place for place in grouped if any(token.variable == "this" for token in words[place + 2 : place + 6])]
    return len(by_this) == len(grouped) and len(grouped) >= min(selects, 1)


def _subselects(words: list[Token]) -> list[int]:
    places = [place for place, token in enumerate(words) if token.is_word("SELECT")]
    return [place for place in places if place and words[place - 1].text == "{"]


def _projected(words: list[Token], select: int) -> set[str]:
    found = set()
    for token in words[select + 1 :]:
        if token.text == "{" or token.is_word("WHERE"):
            break
        found.add(token.variable)
    return found


def joined(text: str, bound: set[str], pattern: str) -> str:
    """The query with the pattern, which binds the pre-bound variables, in each group that could notice."""
    stream = tokens(text)
    places = set(_groups(stream, bound))
    pieces = [token.text + (f" {pattern} " if place in places else "") for place, token in enumerate(stream)]
    return "".join(pieces)


def _groups(stream: list[Token], bound: set[str]) -> list[int]:
    """The opening braces of the groups that get the pattern."""
    found, exists_until, first = [], -1, True
    order = seen(stream)
    for index, (place, token) in enumerate(order):
        if token.text != "{" or token.kind != "sign" or place < exists_until:
            continue
        if index and order[index - 1][1].is_word("EXISTS"):
            exists_until = closing(stream, place)
        elif not order[index + 1][1].is_word("SELECT"):
            if first or _notices(stream[place : closing(stream, place)], bound) or _of_subselect(order, index):
                found.append(place)
            first = False
    return found


def _notices(group: list[Token], bound: set[str]) -> bool:
    return any(token.variable in bound for token in group) and any(token.is_word(*_NOTICE) for token in group)


def _of_subselect(order: list[tuple[int, Token]], index: int) -> bool:
    """Whether the brace opens the WHERE of a SELECT."""
    before = order[index - 1][1]
    return before.is_word("WHERE") or bool(before.variable) or (before.text == ")" and _after_select(order, index))


def _after_select(order: list[tuple[int, Token]], index: int) -> bool:
    for _, token in reversed(order[:index]):
        if token.text in "{}":
            return False
        if token.is_word("SELECT"):
            return True
    return False
