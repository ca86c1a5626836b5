"""Labels beside points, placed so that none covers another; those for which there is no room are left out."""

from collections.abc import Iterable, Sequence
from typing import Literal

from icvkg.queries.charts.records import Record

SIZE = 10
"""The size of the letters in pixels."""
_GAP = 7
ALIGNS: tuple[Literal["left", "right", "center"], ...] = ("left", "right", "center")
_Box = tuple[float, float, float, float]


def placed(points: Sequence[Record], width: float, height: float) -> list[Record]:
    """The points (x, y in pixels from the left and the top, label) with where their labels start.

    Each label stands right, left, above or below its point, the first place that is free within the picture.
    """
    taken: list[_Box] = [_box(point["x"], point["y"], 2 * _GAP, 2 * _GAP) for point in points]
    found = []
    for point in points:
        for align, x, y in _places(point):
            box = _extent(align, x, y, point["label"])
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_overlap(box, other) for other in _others(taken, point)):
                taken.append(box)
                found.append(point | {"labelX": x, "labelY": y, "align": align})
                break
    return found


def text_width(text: str) -> float:
    """About how wide a text is in pixels; a Chinese character is as wide as it is high."""
    return sum(SIZE if ord(character) >= 0x2E80 else SIZE * 0.56 for character in text)


def _places(point: Record) -> Iterable[tuple[str, float, float]]:
    x, y = point["x"], point["y"]
    yield "left", x + _GAP, y
    yield "right", x - _GAP, y
    yield "center", x, y - _GAP - SIZE / 2
    yield "center", x, y + _GAP + SIZE / 2


def _extent(align: str, x: float, y: float, text: str) -> _Box:
    wide = text_width(text)
    start = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
    return start, y - SIZE / 2, start + wide, y + SIZE / 2


def _box(x: float, y: float, width: float, height: float) -> _Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _others(taken: Sequence[_Box], point: Record) -> Iterable[_Box]:
    own = _box(point["x"], point["y"], 2 * _GAP, 2 * _GAP)
    return (box for box in taken if box != own)


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
