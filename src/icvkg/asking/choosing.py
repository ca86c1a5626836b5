"""Chooses the curated queries that fit a question."""

from dataclasses import dataclass

from icvkg.asking.filling import Said, fill
from icvkg.asking.mentions import mentions
from icvkg.asking.moments import period
from icvkg.asking.quantities import quantities
from icvkg.asking.ranking import Ranking
from icvkg.asking.spans import blanked
from icvkg.namespaces import ID
from icvkg.queries.catalogue import CuratedQuery
from icvkg.queries.folding import fold
from icvkg.queries.name_index import NameIndex

FITS = 0.2
"""A query fits from this confidence on."""
NEAR = 0.1
"""A query is worth a mention from this confidence on."""
TAKEN, LEFT = 0.06, 0.06
"""How much a thing or number that the query takes speaks for it, and one that it cannot take speaks against it."""


@dataclass(frozen=True)
class Choice:
    """A query with the parameters that the question gives, and how well it fits, from 0 to 1."""

    query: CuratedQuery
    parameters: dict[str, str]
    confidence: float

    @property
    def fits(self) -> bool:
        """Whether the query can be said to answer the question."""
        return self.confidence >= FITS

    @property
    def near(self) -> bool:
        """Whether the query is worth a mention."""
        return self.confidence >= NEAR


def choose(ranking: Ranking, index: NameIndex, question: str, as_of: str) -> list[Choice]:
    """Every query with its parameters, best first; `as_of` (a day) is that of the release."""
    said, rest = parts(index, question)
    scores = ranking.scores(rest)
    choices = [_choice(query, said, scores[query.name], as_of) for query in ranking.queries]
    return sorted(choices, key=lambda each: (-each.confidence, each.query.name))


def parts(index: NameIndex, question: str) -> tuple[Said, str]:
    """What a question names, and its text without the names of things, which say little of what is asked."""
    text = fold(question)
    named = mentions(index, text)
    things = [each.place for each in named if each.iri.startswith(ID)]
    when, dates = period(blanked(text, things))
    numbers = quantities(blanked(text, [*things, *dates]))
    rest = blanked(text, [*things, *dates])
    return Said(text, named, when, [number for number, _ in numbers]), rest


def _choice(query: CuratedQuery, said: Said, score: float, as_of: str) -> Choice:
    filling = fill(query, said, as_of)
    confidence = score + TAKEN * filling.taken - LEFT * filling.left if score else 0.0
    return Choice(query, filling.values, round(min(max(confidence, 0.0), 1.0), 2))
