"""Answers kept for those who ask the same again: least recently used go first, so many bytes in all."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Hashable
from functools import lru_cache
from typing import Generic, TypeVar

from icvkg.store.questions import Question

A = TypeVar("A")
_WORDS = ("rand", "now", "uuid", "bnode")
_CHANGING = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\b")


class Answers(Generic[A]):
    """A cache of small answers over one release."""

    def __init__(self, limit: int = 64 << 20, one: int = 1 << 20) -> None:
        """So many bytes in all, and of one answer."""
        self._kept: OrderedDict[Hashable, tuple[A, int]] = OrderedDict()
        self._limit, self._one = limit, one
        self.size = 0

    def get(self, key: Hashable) -> A | None:
        """The answer kept under the key."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, answer: A, size: int) -> None:
        """Keeps an answer of so many bytes unless it is large; the longest unused make room."""
        if size > self._one or key in self._kept:
            return
        self._kept[key] = answer, size
        self.size += size
        while self.size > self._limit:
            _, (_, gone) = self._kept.popitem(last=False)
            self.size -= gone


def key_of(question: Question, release: str) -> str:
    """What names the answer: a hash over release, query, graphs and forms.

    Empty where the same query may be answered otherwise the next time (RAND, NOW, UUID, BNODE).
    """
    if _may_change(question.text):
        return ""
    named = _named(release, *question[1:])
    return hashlib.sha256(named + question.text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _may_change(text: str) -> bool:
    """Whether a function that gives something else each time is named; the pattern is slow, and seldom needed."""
    lower = text.lower()
    return any(word in lower for word in _WORDS) and bool(_CHANGING.search(lower))


@lru_cache(256)
def _named(*parts: object) -> bytes:
    return repr(parts).encode()
