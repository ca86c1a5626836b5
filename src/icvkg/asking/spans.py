"""Places in a text."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Begin and end, the end not in it."""


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with blanks at these places, so that all other places stay where they are."""
    for begin, end in spans:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text
