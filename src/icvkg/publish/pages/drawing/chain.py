"""The value chain: stages in groups from parts to services, supply ties between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, short, text

COLUMN, GAP, BOX, SPACE, TOP = 176.0, 52.0, 58.0, 18.0, 36.0
FITS = 19
"""Characters of half width that fit on a line of a box."""


@dataclass(frozen=True)
class Stage:
    """A stage as it is drawn: its key, name, page and number of actors."""

    key: str
    name: str
    target: str
    actors: int


def chain(groups: Sequence[tuple[str, Sequence[Stage]]], flows: Mapping[tuple[str, str], int], label: str) -> Markup:
    """Groups as columns; a flow is drawn from the stage of the suppliers to that of the customers."""
    width = len(groups) * COLUMN + (len(groups) - 1) * GAP
    height = TOP + max(len(stages) for _, stages in groups) * (BOX + SPACE)
    corners = {
        stage.key: (column * (COLUMN + GAP), TOP + row * (BOX + SPACE))
        for column, (_, stages) in enumerate(groups)
        for row, stage in enumerate(stages)
    }
    most = max(flows.values(), default=1)
    lines = [
        _flow(corners[a], corners[b], count / most)
        for (a, b), count in sorted(flows.items(), key=lambda flow: (flow[1], flow[0]))
    ]
    heads = [text(column * (COLUMN + GAP), 18, name, "head") for column, (name, _) in enumerate(groups)]
    boxes = [_box(stage, *corners[stage.key]) for _, stages in groups for stage in stages]
    return picture(width, height, [*lines, *heads, *boxes], label, "chain")


def _flow(start: tuple[float, float], stop: tuple[float, float], share: float) -> Markup:
    forward = start[0] < stop[0]
    x1 = start[0] + (COLUMN if forward else 0)
    x2 = stop[0] + (0 if forward else COLUMN)
    y1, y2 = start[1] + BOX / 2, stop[1] + BOX / 2
    pull = 30 if forward else -30
    path = f"M{x1:.1f} {y1:.1f}C{x1 + pull:.1f} {y1:.1f} {x2 - pull:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return element("path", d=path, stroke_width=1 + 9 * share, class_="flow" if forward else "flow back")


def _box(stage: Stage, x: float, y: float) -> Markup:
    rect = element("rect", x=x, y=y, width=COLUMN, height=BOX, rx=6, class_="stage")
    names = [text(x + 11, y + 22 + 17 * place, line, "stage-name") for place, line in enumerate(_lines(stage.name))]
    count = text(x + COLUMN - 10, y + BOX - 10, str(stage.actors), "stage-count", "end")
    return linked(stage.target, [rect, *names, count], f"{stage.name}: {stage.actors}")


def _lines(name: str) -> list[str]:
    """A name on at most two lines."""
    head, rest = "", name.split(" ")
    while rest and (not head or len(f"{head} {rest[0]}") <= FITS):
        head = f"{head} {rest.pop(0)}".strip()
    return [short(line, FITS) for line in (head, " ".join(rest)) if line]
