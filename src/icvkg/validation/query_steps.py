"""The steps from a focus node along the triple patterns of an author's query."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from icvkg.namespaces import PREFIXES
from icvkg.store.patterns import Asked, How, OpaqueError, Reader
from icvkg.store.tokens import seen, tokens
from icvkg.validation.components.custom import with_path
from icvkg.validation.model import Validator
from icvkg.validation.shapes_graph import plain
from icvkg.validation.steps import ANY, Step, steps


def query_steps(validator: Validator, path: str) -> Iterator[Step | str]:
    """A step for each predicate that the query asks for; the bare predicate where no way leads to it from $this.

    A way to a pattern leads over patterns of its own group and the groups around it only: those hold whenever it does.
    """
    patterns = _patterns(validator, path)
    if patterns is None:
        yield ANY
        return
    start = ["?this", "?value"] if validator.is_ask and not path else ["?this"]
    for pattern in patterns:
        around = [each for each in patterns if each is not pattern and each.scope == pattern.scope[: len(each.scope)]]
        yield from _of_pattern(pattern, _ways(around, start))


def _patterns(validator: Validator, path: str) -> list[Asked] | None:
    """The patterns of the query, with the parameters' values in the place of predicates; None if it cannot be read."""
    text = with_path(validator.text, path)
    stream = [token for _, token in seen(tokens(text))]
    start = next((place for place, token in enumerate(stream) if token.text == "{"), len(stream))
    spaces = PREFIXES | dict(re.findall(r"PREFIX\s+([\w.-]*):\s*<([^>]*)>", text, re.IGNORECASE))
    reader = Reader(stream[start:], spaces)
    try:
        reader.group(How.PRESENT)
    except (OpaqueError, IndexError):
        return None
    given = {f"?{name}": f"<{plain(term)}>" for name, term in validator.bindings}
    found = [replace(each, path=tuple(given.get(part, part) for part in each.path)) for each in reader.patterns]
    to_value = [Asked("?this", (path,), "?value", How.PRESENT, ())] if validator.is_ask and path else []
    return [*found, *to_value]


def _ways(patterns: Sequence[Asked], start: Sequence[str]) -> dict[str, str]:
    """The shortest path from $this to each variable that the patterns link with it."""
    links = [link for each in patterns if _is_followable(each.path) for link in _links(each)]
    ways = dict.fromkeys(start, "")
    waiting = list(start)
    while waiting:
        here = waiting.pop(0)
        for one, path, other in links:
            if one == here and other.startswith("?") and other not in ways:
                ways[other] = Step(path, ANY).behind(ways[here]).path
                waiting.append(other)
    return ways


def _links(pattern: Asked) -> Iterator[tuple[str, str, str]]:
    path = "".join(pattern.path)
    yield pattern.subject, path if len(pattern.path) == 1 else f"({path})", pattern.value
    yield pattern.value, f"^({path})", pattern.subject


def _is_followable(path: Sequence[str]) -> bool:
    return not any(part == "!" or (part.startswith("?") and part != "?") for part in path)


def _of_pattern(pattern: Asked, ways: dict[str, str]) -> Iterator[Step | str]:
    ends = [(end, is_inverse) for end, is_inverse in ((pattern.subject, False), (pattern.value, True)) if end in ways]
    text = "".join(pattern.path)
    if not _is_followable(pattern.path):
        known = ends if len(pattern.path) == 1 else []
        yield from (Step("", ANY, is_inverse).behind(ways[end]) for end, is_inverse in known)
        yield from () if known else (ANY,)
    elif not ends:
        yield from {step.predicate for step in steps(text)}
    for end, is_inverse in ends if _is_followable(pattern.path) else ():
        yield from (step.behind(ways[end]) for step in steps(f"^({text})" if is_inverse else text))
