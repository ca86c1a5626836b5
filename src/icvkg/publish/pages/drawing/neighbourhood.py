"""Who supplies a firm and whom it supplies: two columns around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, short, text

WIDTH, ROW, TOP, SIDE, MIDDLE = 860.0, 26.0, 34.0, 280.0, 160.0


@dataclass(frozen=True)
class Neighbour:
    """A partner in supply: its name, its page, how many claims tie it, and what is supplied."""

    name: str
    target: str
    ties: int
    what: str


def neighbourhood(
    name: str, suppliers: Sequence[Neighbour], customers: Sequence[Neighbour], heads: tuple[str, str], label: str
) -> Markup:
    """Suppliers on the left, customers on the right; the width of a line is the number of claims."""
    height = TOP + ROW * max(len(suppliers), len(customers), 2) + 10.0
    centre = (TOP + height) / 2
    shapes = [text(SIDE - 6, 16, heads[0], "head", "end"), text(WIDTH - SIDE + 6, 16, heads[1], "head")]
    for side, neighbours in ((-1, suppliers), (1, customers)):
        offset = (height - TOP - ROW * len(neighbours)) / 2
        for place, neighbour in enumerate(neighbours):
            shapes += _neighbour(neighbour, side, TOP + offset + ROW * (place + 0.5), centre)
    box = element("rect", x=(WIDTH - MIDDLE) / 2, y=centre - 20, width=MIDDLE, height=40, rx=6, class_="focus")
    shapes += [box, text(WIDTH / 2, centre + 5, short(name, 20), "focus-name", "middle")]
    return picture(WIDTH, height, shapes, label, "neighbourhood on-wide")


def _neighbour(neighbour: Neighbour, side: int, y: float, centre: float) -> list[Markup]:
    outer = SIDE if side < 0 else WIDTH - SIDE
    inner = (WIDTH + side * MIDDLE) / 2
    bend = (outer + inner) / 2
    start, stop = ((outer, y), (inner, centre)) if side < 0 else ((inner, centre), (outer, y))
    path = (
        f"M{start[0]:.1f} {start[1]:.1f}C{bend:.1f} {start[1]:.1f} {bend:.1f} {stop[1]:.1f} {stop[0]:.1f} {stop[1]:.1f}"
    )
    line = element("path", d=path, stroke_width=min(1 + neighbour.ties, 8), class_="flow")
    label = f"{neighbour.name}: {neighbour.what}" if neighbour.what else neighbour.name
    anchor = "end" if side < 0 else "start"
    words = text(outer + side * 6, y + 4, short(neighbour.name, 34), "item", anchor)
    return [line, linked(neighbour.target, [words], label)]
