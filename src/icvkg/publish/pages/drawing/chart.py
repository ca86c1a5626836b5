"""Bars: how many of each."""

from collections.abc import Sequence

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, picture, short, text

WIDTH, ROW, NAMES = 760.0, 24.0, 260.0


def bars(counts: Sequence[tuple[str, float]], label: str) -> Markup:
    """One bar a name, in the order given."""
    most = max((count for _, count in counts), default=0) or 1
    scale = (WIDTH - NAMES - 60) / most
    shapes = []
    for place, (name, count) in enumerate(counts):
        y = place * ROW
        shapes.append(text(NAMES - 8, y + 16, short(name, 38), "item", "end"))
        shapes.append(element("rect", x=NAMES, y=y + 4, width=max(count * scale, 1), height=16, rx=2, class_="bar"))
        shapes.append(text(NAMES + max(count * scale, 1) + 6, y + 16, f"{count:g}", "count"))
    return picture(WIDTH, max(ROW * len(counts), ROW), shapes, label, "bars")


def columns(counts: Sequence[tuple[str, int]], label: str, height: float = 130.0) -> Markup:
    """One column a name, as for years."""
    most = max((count for _, count in counts), default=0) or 1
    step = WIDTH / max(len(counts), 1)
    shapes = []
    for place, (name, count) in enumerate(counts):
        tall = count / most * (height - 40)
        x = place * step
        shapes.append(element("rect", x=x + 2, y=height - 20 - tall, width=step - 4, height=tall, rx=2, class_="bar"))
        shapes.append(text(x + step / 2, height - 5, name, "year", "middle"))
        shapes.append(text(x + step / 2, height - 25 - tall, str(count), "count", "middle"))
    return picture(WIDTH, height, shapes, label, "columns")
