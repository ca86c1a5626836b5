"""Parameters of a query: each is one inline VALUES block, replaced whole by a serialised term."""

import re
from collections.abc import Mapping

from icvkg.errors import IcvkgError


def bind(text: str, terms: Mapping[str, str]) -> str:
    """The query with `VALUES ?name { … }` of every named parameter holding the given term.

    The terms are written in N-Triples syntax by a library, so that no value can end the block and go on.
    Raises IcvkgError when the text has no such block.
    """
    for name, term in terms.items():
        block = re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{[^{{}}]*\}}")
        text, count = block.subn(lambda _, name=name, term=term: f"VALUES ?{name} {{ {term} }}", text)  # type: ignore[misc]
        if not count:
            raise IcvkgError(f"The query has no block VALUES ?{name} {{ … }} to bind.")
    return text
