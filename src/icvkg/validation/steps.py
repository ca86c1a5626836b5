"""The steps of a property path: every predicate in it, and the way that leads to it from the focus node."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")
ANY = ""
"""Stands for every predicate."""


@dataclass(frozen=True)
class Step:
    """A predicate that a focus node depends on: at the end of a path from it, taken forwards or backwards.

    An empty path means the focus node itself.
    """

    path: str
    predicate: str
    is_inverse: bool = False

    def behind(self, path: str) -> "Step":
        """The same step at the end of a longer way, in brackets where that has alternatives."""
        return replace(self, path="/".join(filter(None, (f"({path})" if _is_open(path) else path, self.path))))


def steps(path: str) -> list[Step]:
    """The steps of a path in SPARQL's syntax, as `paths.path_text` writes it; none of an empty one."""
    return list(_Path(_TOKEN.findall(path)).choices().steps(inverse=False)) if path else []


def _is_open(path: str) -> bool:
    """Whether alternatives stand at the top of the path."""
    depth = 0
    for token in _TOKEN.findall(path):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "|" and depth == 0:
            return True
    return False


@dataclass(frozen=True)
class _Node:
    """A part of a path: its kind is a predicate's IRI or one of `/ | ^ * + ?`."""

    kind: str
    parts: tuple["_Node", ...] = ()

    def text(self, *, inverse: bool) -> str:
        """The part in SPARQL's syntax, turned round if so wanted."""
        if not self.parts:
            return f"^{self.kind}" if inverse else self.kind
        if self.kind == "^":
            return self.parts[0].text(inverse=not inverse)
        texts = [part.text(inverse=inverse) for part in self._ordered(inverse)]
        return f"({self.kind.join(texts)})" if self.kind in "/|" else f"({texts[0]}){self.kind}"

    def steps(self, *, inverse: bool) -> Iterator[Step]:
        """The steps of the part, each with the way to it inside the part."""
        if not self.parts:
            yield Step("", self.kind, inverse)
        elif self.kind == "^":
            yield from self.parts[0].steps(inverse=not inverse)
        elif self.kind in "*+":
            again = f"({self.parts[0].text(inverse=inverse)})*"
            yield from (step.behind(again) for step in self.parts[0].steps(inverse=inverse))
        else:
            before: list[str] = []
            for part in self._ordered(inverse):
                yield from (step.behind("/".join(before)) for step in part.steps(inverse=inverse))
                before += [part.text(inverse=inverse)] if self.kind == "/" else []

    def _ordered(self, inverse: bool) -> Sequence["_Node"]:
        return self.parts[::-1] if inverse and self.kind == "/" else self.parts


class _Path:
    """Reads a property path from its tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    def _next(self, *wanted: str) -> str:
        return self._tokens.pop(0) if self._tokens and self._tokens[0] in wanted else ""

    def choices(self) -> _Node:
        """Alternatives of sequences."""
        found = [self._sequence()]
        while self._next("|"):
            found.append(self._sequence())
        return found[0] if len(found) == 1 else _Node("|", tuple(found))

    def _sequence(self) -> _Node:
        found = [self._part()]
        while self._next("/"):
            found.append(self._part())
        return found[0] if len(found) == 1 else _Node("/", tuple(found))

    def _part(self) -> _Node:
        if self._next("^"):
            return _Node("^", (self._part(),))
        if self._next("("):
            node = self.choices()
            self._next(")")
        else:
            node = _Node(self._tokens.pop(0))
        sign = self._next("*", "+", "?")
        return _Node(sign, (node,)) if sign else node
