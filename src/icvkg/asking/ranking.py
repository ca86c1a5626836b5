"""How well each curated query fits the words of a question, from 0 to 1."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from icvkg.asking.features import features
from icvkg.queries.catalogue import CuratedQuery

NEARNESS = 0.45
"""The weight of the phrasing nearest to the question; the rest is for how much of it the query's texts hold at all."""
MARGINAL = 0.3
"""The weight of a feature that only the description and the columns hold."""


class Ranking:
    """The curated queries, with the rarity of each feature over all of them (inverse document frequency)."""

    def __init__(self, queries: Sequence[CuratedQuery]) -> None:
        self.queries = queries
        self._phrases = {each.name: [Counter(features(text)) for text in _phrases(each)] for each in queries}
        self._central = {name: set().union(*phrases) for name, phrases in self._phrases.items()}
        self._marginal = {each.name: set(features(_margin(each))) for each in queries}
        spread = Counter(feature for name in self._central for feature in self._central[name] | self._marginal[name])
        self._unseen = math.log(1 + len(queries))
        self._rarity = {feature: math.log(1 + len(queries) / count) for feature, count in spread.items()}

    def scores(self, question: str) -> dict[str, float]:
        """How well each query fits, by its name; nothing fits a question without features."""
        wanted = Counter(features(question))
        return {name: self._score(name, wanted) if wanted else 0.0 for name in self._phrases}

    def _score(self, name: str, wanted: Counter[str]) -> float:
        nearest = max(self._cosine(phrase, wanted) for phrase in self._phrases[name])
        return NEARNESS * nearest + (1 - NEARNESS) * self._covered(name, wanted)

    def _covered(self, name: str, wanted: Iterable[str]) -> float:
        """The share of the question, by rarity, that the texts of the query hold."""
        held = sum(self._weight(each) * self._standing(name, each) for each in wanted)
        return held / sum(self._weight(each) for each in wanted)

    def _standing(self, name: str, feature: str) -> float:
        return 1.0 if feature in self._central[name] else MARGINAL if feature in self._marginal[name] else 0.0

    def _cosine(self, phrase: Mapping[str, int], wanted: Mapping[str, int]) -> float:
        shared = sum(phrase[each] * wanted[each] * self._weight(each) ** 2 for each in phrase.keys() & wanted.keys())
        return shared / (self._length(phrase) * self._length(wanted) or 1)

    def _length(self, counted: Mapping[str, int]) -> float:
        return math.sqrt(sum((count * self._weight(each)) ** 2 for each, count in counted.items()))

    def _weight(self, feature: str) -> float:
        return self._rarity.get(feature, self._unseen)


def _phrases(query: CuratedQuery) -> list[str]:
    """The texts that ask what the query answers."""
    return [query.summary, query.summary_zh, *query.asked, f"{query.name} {' '.join(query.tags)} {query.theory}"]


def _margin(query: CuratedQuery) -> str:
    return " ".join([query.description, *query.columns.values(), *(each.description for each in query.parameters)])
