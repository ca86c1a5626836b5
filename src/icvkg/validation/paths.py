"""Property paths: from the shapes graph to SPARQL, and from SPARQL to Turtle for reports."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.validation.shapes_graph import ShapesGraph, Term
from icvkg.validation.vocabulary import SH

_REPEATS = {SH + "zeroOrMorePath": "*", SH + "oneOrMorePath": "+", SH + "zeroOrOnePath": "?"}
_NAMES = {"*": "sh:zeroOrMorePath", "+": "sh:oneOrMorePath", "?": "sh:zeroOrOnePath"}
_TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")


def path_text(graph: ShapesGraph, path: Term, depth: int = 0) -> str:
    """A SHACL path as a SPARQL property path; raises IcvkgError when it is not a well-formed path."""
    if depth > 50:
        raise IcvkgError("a sh:path goes round in a circle or nests deeper than 50")
    if isinstance(path, ox.NamedNode):
        return str(path)
    if graph.is_list(path):
        return "/".join(_part(path_text(graph, step, depth + 1), "/|") for step in _steps(graph, path))
    inverse, choices = graph.value(path, SH + "inversePath"), graph.value(path, SH + "alternativePath")
    if inverse is not None:
        return "^" + _part(path_text(graph, inverse, depth + 1), "/|^*+?")
    if choices is not None:
        return "|".join(_part(path_text(graph, each, depth + 1), "|") for each in _steps(graph, choices))
    for predicate, sign in _REPEATS.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return _part(path_text(graph, inner, depth + 1), "/|^*+?") + sign
    raise IcvkgError(f"{path} is not a SHACL property path")


def _steps(graph: ShapesGraph, node: Term) -> tuple[Term, ...]:
    steps = graph.members(node)
    if not steps:
        raise IcvkgError("a sh:path holds an empty list")
    return steps


def _part(text: str, signs: str) -> str:
    """A part of a larger path, in brackets where one of the signs stands at its top level."""
    return f"({text})" if any(sign in signs for sign in _top_level(text)) else text


def _top_level(text: str) -> Iterator[str]:
    depth = 0
    for token in _TOKEN.findall(text):
        depth -= token == ")"
        if depth == 0 and not token.startswith("<"):
            yield token
        depth += token == "("


def is_nullable(path: str) -> bool:
    """Whether the path also leads from each node to itself in no step, even from a node that the data lack."""
    return _Parser(path).nullable()


def path_turtle(path: str) -> str:
    """A path in SPARQL's syntax as a SHACL path in Turtle."""
    return _Parser(path).turtle()


class _Parser:
    """Reads a property path as `path_text` writes it; each level gives its Turtle and whether it may be empty."""

    def __init__(self, path: str) -> None:
        self._tokens = _TOKEN.findall(path)

    def turtle(self) -> str:
        return self._choices()[0]

    def nullable(self) -> bool:
        return self._choices()[1]

    def _next(self, *wanted: str) -> str:
        return self._tokens.pop(0) if self._tokens and self._tokens[0] in wanted else ""

    def _choices(self) -> tuple[str, bool]:
        found = [self._sequence()]
        while self._next("|"):
            found.append(self._sequence())
        texts = " ".join(text for text, _ in found)
        whole = texts if len(found) == 1 else f"[ sh:alternativePath ( {texts} ) ]"
        return whole, any(empty for _, empty in found)

    def _sequence(self) -> tuple[str, bool]:
        found = [self._step()]
        while self._next("/"):
            found.append(self._step())
        texts = " ".join(text for text, _ in found)
        return texts if len(found) == 1 else f"( {texts} )", all(empty for _, empty in found)

    def _step(self) -> tuple[str, bool]:
        if self._next("^"):
            text, empty = self._step()
            return f"[ sh:inversePath {text} ]", empty
        if self._next("("):
            text, empty = self._choices()
            self._next(")")
        else:
            text, empty = self._tokens.pop(0), False
        sign = self._next("*", "+", "?")
        return (f"[ {_NAMES[sign]} {text} ]", empty or sign != "+") if sign else (text, empty)
