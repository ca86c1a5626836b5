"""Queries stay in the house: what would call out or break the parser is refused before a query runs."""

import re

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import BASE, PREFIXES
from icvkg.store.syntax import offset, point_at

MAX_DEPTH = 200


class RefusedQueryError(IcvkgError):
    """A query that is valid and not allowed here."""


def refuse_hostile(text: str, *, authored: bool = True) -> None:
    """Raises IcvkgError for a query that calls another endpoint, or whose brackets nest deeper than MAX_DEPTH.

    A query that was not authored, but put together here, makes no calls.
    """
    refuse_deep(text)
    if authored and has_keyword(text, "service"):
        raise RefusedQueryError("This query calls another endpoint (SERVICE), which is not allowed here.")


def refuse_deep(text: str, limit: int = MAX_DEPTH) -> None:
    """Raises RefusedQueryError when brackets nest deeper than the limit, wherever they stand.

    A few thousand brackets end the whole process, since the parser recurses: this looks at the text alone.
    """
    if text.count("(") + text.count("{") + text.count("[") <= limit:
        return
    deepest = depth = 0
    for character in re.findall(r"[(){}\[\]]", text):
        depth += 1 if character in "({[" else -1
        deepest = max(deepest, depth)
    if deepest > limit:
        raise RefusedQueryError(f"This query nests its brackets deeper than {limit}, which is not allowed here.")


def has_keyword(text: str, word: str) -> bool:
    """Whether a word stands in the query as a keyword, by the verdict of the parser that will run it.

    The word is misspelt wherever it stands, and the outcome parsed against an empty store: if it stood only in strings,
    comments, names and IRIs, that is a query still, and nothing in it can act as the keyword. Where it is none, either
    the keyword is meant or the query was never valid; the place of the error tells which.
    Raises IcvkgError, pointing at that place, for a query that is not valid. Escapes (`\\u0053`) count only inside of
    strings and IRIs for this parser, so that they cannot spell a keyword.
    """
    if word not in text.lower():
        return False
    misspelt = _misspelt(text, word)
    prefixes = PREFIXES | {_misspelt(prefix, word): space for prefix, space in PREFIXES.items()}
    try:
        ox.Store().query(misspelt, prefixes=prefixes, base_iri=BASE)
    except SyntaxError as error:
        if _stops_at(text[: offset(text, error)], word):
            return True
        raise IcvkgError(point_at(text, error)) from None
    return False


def _misspelt(text: str, word: str) -> str:
    return re.sub(word, lambda match: match.group()[:-1] + "q", text, flags=re.IGNORECASE)


def _stops_at(read: str, word: str) -> bool:
    """Whether the parser stopped at the word: it notices after the blanks and the one character that follow."""
    last = [match.end() for match in re.finditer(word, read, re.IGNORECASE)]
    return bool(last and re.fullmatch(r"(?:\s|#[^\n]*\n)*[^\"']?", read[last[-1] :]))
