"""Parameters of a query: each is one inline VALUES block, replaced whole by a serialised term."""

import re
from collections.abc import Mapping

from icvkg.errors import IcvkgError

_BLOCK = re.compile(r"VALUES\s+\?(?P<name>\w+)\s*\{[^{}]*\}")


def bind(text: str, terms: Mapping[str, str]) -> str:
    """The query with `VALUES ?name { … }` of every named parameter holding the given term.

    The terms are written in N-Triples syntax by a library, so that no value can end the block and go on; all blocks are
    replaced in one pass, so that no value is taken for the block of another.
    Raises IcvkgError when the text has no such block.
    """
    bound: set[str] = set()

    def held(block: re.Match[str]) -> str:
        name = block["name"]
        if name not in terms:
            return block[0]
        bound.add(name)
        return f"VALUES ?{name} {{ {terms[name]} }}"

    text = _BLOCK.sub(held, text)
    if absent := [name for name in terms if name not in bound]:
        raise IcvkgError(f"The query has no block VALUES ?{absent[0]} {{ … }} to bind.")
    return text
