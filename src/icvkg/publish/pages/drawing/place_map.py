"""A map without tiles: every known place a dot, on a grid of degrees."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icvkg.publish.pages.drawing.svg import element, linked, picture, short, text

WEST, EAST, SOUTH, NORTH = 86.0, 132.0, 17.0, 49.0
"""The part of the world that is drawn, in degrees."""
WIDTH = 760.0
_SCALE = WIDTH / (EAST - WEST)
_STRETCH = 1 / math.cos(math.radians(35))
HEIGHT = (NORTH - SOUTH) * _SCALE * _STRETCH
LONGEST, MAJOR = 30, 3
"""Half-width characters that are shown of a name, and how many names a narrow screen has room for."""
_LETTER = 11.5
"""Room for a half-width character of a name where names are largest: on narrow screens."""


@dataclass(frozen=True)
class Spot:
    """A place that is drawn large: where, how large (a radius in units of the drawing), its name and page."""

    latitude: float
    longitude: float
    radius: float
    name: str
    target: str = ""
    shows_name: bool = False


def place_map(dots: Sequence[tuple[float, float]], spots: Sequence[Spot], label: str) -> Markup:
    """The map: small dots for context, spots that are links; the largest lie lowest."""
    context = [element("circle", cx=_x(east), cy=_y(north), r=1.8, class_="faint") for north, east in dots]
    ordered = sorted(spots, key=lambda spot: -spot.radius)
    circles = [linked(spot.target, [_circle(spot)], spot.name) for spot in ordered if is_inside(spot)]
    shown = [spot for spot in ordered if spot.shows_name and is_inside(spot)]
    names = [_name(spot, "place" if place < MAJOR else "place minor") for place, spot in enumerate(shown)]
    return picture(WIDTH, HEIGHT, [*_grid(), *context, *circles, *names], label, "map")


def is_inside(spot: Spot) -> bool:
    """Whether a spot lies in the part of the world that is drawn."""
    return WEST < spot.longitude < EAST and SOUTH < spot.latitude < NORTH


def _grid() -> list[Markup]:
    lines = [element("line", x1=0, x2=WIDTH, y1=_y(each), y2=_y(each), class_="grid") for each in (20, 30, 40)]
    lines += [
        element("line", x1=_x(each), x2=_x(each), y1=0, y2=HEIGHT, class_="grid") for each in (90, 100, 110, 120, 130)
    ]
    lines += [text(4, _y(each) - 4, f"{each}°N", "degree") for each in (20, 30, 40)]
    return lines + [text(_x(each) + 4, HEIGHT - 6, f"{each}°E", "degree") for each in (90, 100, 110, 120)]


def _circle(spot: Spot) -> Markup:
    return element("circle", cx=_x(spot.longitude), cy=_y(spot.latitude), r=spot.radius, class_="spot")


def _name(spot: Spot, kind: str) -> Markup:
    name = short(spot.name, LONGEST)
    length = sum(2 if ord(character) > 0x2E7F else 1 for character in name) * _LETTER
    on_left = _x(spot.longitude) + spot.radius + 4 + length > WIDTH
    shift = -(spot.radius + 4) if on_left else spot.radius + 4
    return text(_x(spot.longitude) + shift, _y(spot.latitude) + 5, name, kind, "end" if on_left else "start")


def _x(longitude: float) -> float:
    return (longitude - WEST) * _SCALE


def _y(latitude: float) -> float:
    return (NORTH - latitude) * _SCALE * _STRETCH
