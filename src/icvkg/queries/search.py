"""Finds things by name: in English or Chinese, by pinyin or its initials, by stock code or document number."""

from collections.abc import Callable
from dataclasses import dataclass

from icvkg.queries.folding import fold, grams, squeeze, words_of
from icvkg.queries.name_index import Entry, NameIndex

LIKENESS = 0.5
"""Names less like the text than this (Dice coefficient over pairs of characters) are not found by likeness alone."""


@dataclass(frozen=True)
class Hit:
    """A thing that was found: its IRI, the name that matched, and how (0 is best, the place in `RANKS`)."""

    iri: str
    name: str
    rank: int


def search(index: NameIndex, text: str, limit: int = 20) -> list[Hit]:
    """The things whose names match the text, best first; one hit a thing, claims and sources after things."""
    wanted = _Wanted(fold(text))
    if not wanted.squeezed:
        return []
    hits = _best(index.near(wanted.squeezed, things=True), wanted)
    if len(hits) < limit:
        hits += _best(index.near(wanted.squeezed, things=False), wanted)
    return hits[:limit]


class _Wanted:
    """A text that is looked for, in the forms in which it is compared."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.squeezed = squeeze(folded)
        self.words = words_of(folded)
        self.grams = grams(self.squeezed)


def _best(entries: list[Entry], wanted: _Wanted) -> list[Hit]:
    """The best hit of each thing, by rank, then by likeness, then by name."""
    best: dict[str, tuple[int, float, str, Entry]] = {}
    for entry in entries:
        rank = next((place for place, fits in enumerate(RANKS) if fits(entry, wanted)), None)
        if rank is not None:
            order = (rank, -likeness(entry.squeezed, wanted.grams), entry.iri, entry)
            best[entry.iri] = min(best.get(entry.iri, order), order, key=lambda each: each[:3])
    return [Hit(entry.iri, entry.name, rank) for rank, _, _, entry in sorted(best.values(), key=lambda each: each[:3])]


def likeness(squeezed: str, wanted: set[str]) -> float:
    """The Dice coefficient of the pairs of characters of two names, from 0 to 1.

    >>> round(likeness("huawei", grams("huawei ads")), 2)
    0.71
    """
    own = grams(squeezed)
    return 2 * len(own & wanted) / (len(own) + len(wanted) or 1)


def _in_order(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in their order, as in Chinese abbreviations.

    >>> _in_order("工信部", "工业和信息化部")
    True
    """
    rest = iter(long)
    return all(character in rest for character in short)


RANKS: tuple[Callable[[Entry, _Wanted], bool], ...] = (
    lambda entry, wanted: entry.squeezed == wanted.squeezed,
    lambda entry, wanted: wanted.squeezed in (entry.pinyin, entry.initials),
    lambda entry, wanted: entry.squeezed.startswith(wanted.squeezed),
    lambda entry, wanted: f" {wanted.folded}" in f" {entry.folded}",
    lambda entry, wanted: wanted.squeezed in entry.squeezed,
    lambda entry, wanted: entry.pinyin.startswith(wanted.squeezed),
    lambda entry, wanted: all(word in entry.folded for word in wanted.words),
    lambda entry, wanted: wanted.squeezed in entry.pinyin or entry.initials.startswith(wanted.squeezed),
    lambda entry, wanted: not wanted.squeezed.isascii() and _in_order(wanted.squeezed, entry.squeezed),
    lambda entry, wanted: likeness(entry.squeezed, wanted.grams) >= LIKENESS,
    lambda entry, wanted: likeness(entry.pinyin, wanted.grams) >= LIKENESS,
)
"""The ways in which a name can match, best first: whole, whole in pinyin, beginning, beginning of a word, inside,
beginning in pinyin, every word, inside in pinyin, characters in their order, like it, like it in pinyin."""
