"""What every store answers, wherever it is: the three forms of a SPARQL query."""

from collections.abc import Sequence
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]


class AskableStore(Protocol):
    """One default graph and SPARQL 1.1 over it.

    `keeps_blank_nodes` says whether a blank node has the same name in the answers of two queries.
    """

    keeps_blank_nodes: bool

    def select(self, text: str, *, authored: bool = True) -> tuple[list[str], list[Row]]:
        """Variables and rows of a SELECT query; a query put together here is not `authored`."""

    def construct(self, text: str) -> Sequence[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""

    def ask(self, text: str) -> bool:
        """The answer of an ASK query."""
