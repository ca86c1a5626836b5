"""Answers kept for those who ask the same again: least recently used go first, so many bytes in all."""

import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass

from icvkg.store.workers import Question

_CHANGING = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """An answer: its media type and bytes."""

    form: str
    body: bytes


class Answers:
    """A cache of small answers over one release."""

    def __init__(self, limit: int = 64 << 20, one: int = 1 << 20) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._limit, self._one = limit, one
        self.size = 0

    def get(self, key: str) -> Kept | None:
        """The answer kept under the key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, answer: Kept) -> None:
        """Keeps an answer unless it is large; the longest unused make room."""
        if len(answer.body) > self._one or key in self._kept:
            return
        self._kept[key] = answer
        self.size += len(answer.body)
        while self.size > self._limit:
            _, gone = self._kept.popitem(last=False)
            self.size -= len(gone.body)


def key_of(question: Question, release: str) -> str:
    """What names the answer: a hash over release, query, graphs and forms.

    Empty where the same query may be answered otherwise the next time (RAND, NOW, UUID, BNODE).
    """
    if _CHANGING.search(question.text):
        return ""
    return hashlib.sha256(repr((release, question)).encode()).hexdigest()[:32]
