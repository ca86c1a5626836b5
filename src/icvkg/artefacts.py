"""Where the artefacts lie: inside the wheel, or at the top of the checkout."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

FOLDERS = ("ontology", "graph", "queries", "validation")
_elsewhere: list[Path] = []


def folder(name: str) -> Traversable:
    """The artefact folder of that name: ontology, graph, queries or validation."""
    if _elsewhere:
        return _elsewhere[-1] / name
    shipped = files("icvkg") / "data" / name
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / name


def are_own() -> bool:
    """Whether the artefacts are those that came with this code, and not those of another revision."""
    return not _elsewhere


@contextmanager
def instead(place: Path) -> Iterator[None]:
    """Finds the artefact folders in another place for a while."""
    _elsewhere.append(place)
    try:
        yield
    finally:
        _elsewhere.pop()


def sorted_files(place: Traversable, suffix: str) -> list[Traversable]:
    """The files directly inside a folder whose names end in `suffix`, by name."""
    return sorted((entry for entry in place.iterdir() if entry.name.endswith(suffix)), key=lambda entry: entry.name)


def sorted_folders(place: Traversable) -> Iterator[Traversable]:
    """The folders directly inside a folder, by name."""
    return iter(sorted((entry for entry in place.iterdir() if entry.is_dir()), key=lambda entry: entry.name))


def header(text: str) -> dict[str, Any]:
    """The grlc-style header of a query or rule: YAML in the lines that begin with `#+`."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    read = yaml.safe_load("\n".join(lines))
    return read if isinstance(read, dict) else {}
