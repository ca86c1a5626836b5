"""Where an answer came from, so that it can say so, be asked more, and be made again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from icvkg.namespaces import BASE
from icvkg.queries.catalogue import CuratedQuery
from icvkg.store.asking import AskableStore


@dataclass(frozen=True)
class Origin:
    """The release and the question of an answer: its text as it lies, its parameters as they were bound.

    `store` is what was asked; `query` is None for SPARQL text of a user's own.
    """

    version: str
    digest: str
    text: str
    parameters: Mapping[str, str]
    store: AskableStore
    query: CuratedQuery | None = None

    @property
    def release(self) -> str:
        """The IRI of the release."""
        return f"{BASE}release/{self.version}"

    @property
    def sha256(self) -> str:
        """The hash of the query's text, parameters not bound."""
        return hashlib.sha256(self.text.encode()).hexdigest()
