"""Points at the place of a syntax error: line, column and a caret."""

import re

from icvkg.errors import shorten

_PLACE = re.compile(r"error at (\d+):(\d+): ?")
_TOKEN = re.compile(r'(?<![\w\[])(?:"([^"\\\s]{1,12})"|\b([A-Z]{3,})\b)')


def point_at(text: str, error: SyntaxError) -> str:
    """A message with the line at fault and a caret under the column, and what could stand there."""
    said = str(error).strip()
    place = _PLACE.search(said)
    if not place:
        return f"The query is not valid SPARQL: {said}"
    line, column = int(place.group(1)), int(place.group(2))
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    caret = " " * (column - 1) + "^"
    return f"The query is not valid SPARQL: line {line}, column {column}: {_reason(said)}\n  {shown}\n  {caret}"


def offset(text: str, error: SyntaxError) -> int:
    """Where the parser stopped, in characters from the start of the text."""
    place = _PLACE.search(str(error))
    line, column = (int(place.group(1)), int(place.group(2))) if place else (1, 1)
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


def _reason(said: str) -> str:
    """What the engine expected, without its lists of character ranges."""
    rest = said[said.index(": ") + 2 :] if ": " in said else said
    if "Prefix not found" in rest:
        return "this prefix is not declared"
    tokens = [quoted or word for quoted, word in _TOKEN.findall(rest)]
    return shorten("expected one of " + " ".join(tokens), 120) if len(tokens) > 1 else rest.splitlines()[0]
