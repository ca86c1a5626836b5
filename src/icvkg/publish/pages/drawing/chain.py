"""The value chain: stages in groups from parts to services, supply ties between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, short, text

FITS = 19
"""Characters of half width that fit on a line of a box."""
_EDGE = 1.0
"""What is left for half the line around a box."""
Corner = tuple[float, float]
Groups = Sequence[tuple[str, Sequence["Stage"]]]


@dataclass(frozen=True)
class Stage:
    """A stage as it is drawn: its key, name, page and number of actors."""

    key: str
    name: str
    target: str
    actors: int


@dataclass(frozen=True)
class _Sheet:
    """Where everything stands: size of the sheet and of a box, upper left corners of boxes, heads of groups."""

    width: float
    height: float
    box: tuple[float, float]
    corners: Mapping[str, Corner]
    heads: Sequence[tuple[str, Corner]]
    runs_down: bool


def chain(groups: Groups, flows: Mapping[tuple[str, str], int], label: str) -> Markup:
    """A flow is drawn from the stage of the suppliers to that of the customers: left to right, and, for narrow
    screens, from top to bottom.
    """
    return _drawn(groups, flows, label, _across(groups)) + _drawn(groups, flows, label, _down(groups))


def _across(groups: Groups) -> _Sheet:
    wide, tall, step, row, top = 176.0, 58.0, 228.0, 76.0, 36.0
    corners = {
        stage.key: (_EDGE + column * step, top + place * row)
        for column, (_, stages) in enumerate(groups)
        for place, stage in enumerate(stages)
    }
    heads = [(name, (_EDGE + column * step, 18.0)) for column, (name, _) in enumerate(groups)]
    width = (len(groups) - 1) * step + wide + 2 * _EDGE
    return _Sheet(width, top + max(len(stages) for _, stages in groups) * row, (wide, tall), corners, heads, False)


def _down(groups: Groups) -> _Sheet:
    wide, tall, step, row, top = 168.0, 54.0, 190.0, 68.0, 26.0
    corners: dict[str, Corner] = {}
    heads, y = list[tuple[str, Corner]](), 0.0
    for name, stages in groups:
        heads.append((name, (_EDGE, y + 16)))
        y += top
        corners |= {stage.key: (_EDGE + place % 2 * step, y + place // 2 * row) for place, stage in enumerate(stages)}
        y += (len(stages) + 1) // 2 * row + 14
    return _Sheet(step + wide + 2 * _EDGE, y - 14, (wide, tall), corners, heads, True)


def _drawn(groups: Groups, flows: Mapping[tuple[str, str], int], label: str, sheet: _Sheet) -> Markup:
    most = max(flows.values(), default=1)
    place = {key: number for number, key in enumerate(sheet.corners)}
    lines = [
        _flow(sheet, a, b, count / most, place[a] < place[b])
        for (a, b), count in sorted(flows.items(), key=lambda flow: (flow[1], flow[0]))
    ]
    heads = [text(*corner, name, "head") for name, corner in sheet.heads]
    boxes = [_box(stage, sheet) for _, stages in groups for stage in stages]
    kind = "chain on-narrow" if sheet.runs_down else "chain on-wide"
    return picture(sheet.width, sheet.height, [*lines, *heads, *boxes], label, kind)


def _flow(sheet: _Sheet, a: str, b: str, share: float, forward: bool) -> Markup:
    (x1, y1), (x2, y2) = _port(sheet, a, forward), _port(sheet, b, not forward)
    pull = 30 if forward else -30
    bends = (x1, y1 + pull, x2, y2 - pull) if sheet.runs_down else (x1 + pull, y1, x2 - pull, y2)
    path = "M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}".format(x1, y1, *bends, x2, y2)
    return element("path", d=path, stroke_width=1 + 9 * share, class_="flow" if forward else "flow back")


def _port(sheet: _Sheet, key: str, leaves: bool) -> Corner:
    """Where a line meets a box: in the middle of the side towards which, or from which, the chain runs."""
    (x, y), (wide, tall) = sheet.corners[key], sheet.box
    return (x + wide / 2, y + tall * leaves) if sheet.runs_down else (x + wide * leaves, y + tall / 2)


def _box(stage: Stage, sheet: _Sheet) -> Markup:
    (x, y), (wide, tall) = sheet.corners[stage.key], sheet.box
    rect = element("rect", x=x, y=y, width=wide, height=tall, rx=6, class_="stage")
    names = [text(x + 11, y + 22 + 17 * place, line, "stage-name") for place, line in enumerate(_lines(stage.name))]
    count = text(x + wide - 10, y + tall - 10, str(stage.actors), "stage-count", "end")
    return linked(stage.target, [rect, *names, count], f"{stage.name}: {stage.actors}")


def _lines(name: str) -> list[str]:
    """A name on at most two lines."""
    head, rest = "", name.split(" ")
    while rest and (not head or len(f"{head} {rest[0]}") <= FITS):
        head = f"{head} {rest.pop(0)}".strip()
    return [short(line, FITS) for line in (head, " ".join(rest)) if line]
