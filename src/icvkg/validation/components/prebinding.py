"""Pre-bound variables (SHACL section 5.3.1 and appendix A) turned into joins with the set of all focus nodes.

A pre-bound variable has its value in every group of the query. So each group that could notice gets the set of
focus nodes as its first pattern; groups under EXISTS see the variable of the row they are asked for anyway.
"""

from icvkg.errors import IcvkgError
from icvkg.store.tokens import Token, closing, seen, tokens
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
    if any(token.is_word(*_AGGREGATES) for token in words) and not _groups_by_this(words):
        raise UnsayableError("a SPARQL query that counts or sums without GROUP BY $this")
    for place, token in enumerate(words):
        if token.is_word("GRAPH") and words[place + 1].variable != "shapesGraph":
            raise UnsayableError("a SPARQL query that asks named graphs")
        if token.is_word("GRAPH") and _notices(words[place + 2 : closing(words, place + 2)], {"this", "value"} & bound):
            raise UnsayableError("a SPARQL query that tests $this inside $shapesGraph")


def _groups_by_this(words: list[Token]) -> bool:
    """Whether there is grouping, and each by focus node."""
    grouped = [place for place, token in enumerate(words) if token.is_word("GROUP")]
    return bool(grouped) and all(
        any(token.variable == "this" for token in words[place + 2 : place + 6]) for place in grouped
    )


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


def joined(text: str, bound: set[str], focus: str, known: str) -> str:
    """The query with patterns that bind the pre-bound variables in each group that could notice.

    `focus` binds $this to all focus nodes, `known` what is the same for each of them; in the shapes graph, where focus
    nodes are not at home, only `known` is put in.
    """
    stream = tokens(text)
    graphs = [(place, closing(stream, place)) for place in _graph_groups(stream)]
    groups = set(_groups(stream, bound))
    pieces = []
    for place, token in enumerate(stream):
        inside = any(start <= place <= end for start, end in graphs)
        pieces.append(f"{token.text} {'' if inside else focus} {known} " if place in groups else token.text)
    return "".join(pieces)


def _graph_groups(stream: list[Token]) -> list[int]:
    """The opening braces of the groups that are asked in another graph."""
    order = seen(stream)
    return [order[index + 2][0] for index, (_, token) in enumerate(order[:-2]) if token.is_word("GRAPH")]


def _groups(stream: list[Token], bound: set[str]) -> list[int]:
    """The opening braces of the groups that get the patterns."""
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
