"""Elements of SVG, escaped."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def element(name: str, children: Iterable[Markup | str] = (), **attributes: object) -> Markup:
    """An element; `class_` is the attribute class, other underscores are hyphens, None leaves an attribute out.

    >>> str(element("circle", cx=1.5, r="2", class_="dot"))
    '<circle cx="1.5" r="2" class="dot"></circle>'
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    written = Markup("").join(Markup(' {}="{}"').format(Markup(key), _number(value)) for key, value in pairs)
    inner = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inner)


def picture(width: float, height: float, children: Iterable[Markup], label: str, kind: str) -> Markup:
    """A drawing that scales with its place; `label` is what it shows, for those who cannot see it."""
    box = f"0 0 {_number(width)} {_number(height)}"
    parts = list(children)
    role = "group" if any("<a " in part for part in parts) else "img"
    shown = [element("title", [label]), *parts]
    return element("svg", shown, viewBox=box, class_=f"drawing {kind}", role=role, aria_label=label)


def linked(target: str, children: Iterable[Markup], label: str) -> Markup:
    """Parts of a drawing as a link, where it leads anywhere; `label` is shown when it is pointed at."""
    parts = [element("title", [label]), *children]
    return element("a", parts, href=target, aria_label=label) if target else element("g", parts)


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> Markup:
    """A line of text."""
    return element("text", [words], x=x, y=y, class_=kind or None, text_anchor=anchor)


def short(words: str, limit: int) -> str:
    """A text cut to so many half-width characters; Chinese ones count two."""
    room = limit
    for place, character in enumerate(words):
        room -= 2 if ord(character) > 0x2E7F else 1
        if room < 0:
            return words[:place].rstrip() + "…"
    return words


def _number(value: object) -> object:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
