"""Data flows one way: a room imports only rooms that stand above it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "icvkg"
ORDER = (
    "artefacts", "namespaces", "errors", "store", "ontology", "graph", "validation", "queries", "asking", "release",
    "knowledge", "publish", "assistants", "cli",
)  # fmt: skip
GROUND = {"artefacts", "namespaces", "errors"}


def imported_rooms(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name == "icvkg" and isinstance(node, ast.ImportFrom):
                yield from (alias.name for alias in node.names)
            elif name.startswith("icvkg."):
                yield name.split(".")[1]


MODULES = sorted(file for file in PACKAGE.rglob("*.py") if file.parent != PACKAGE or file.stem != "__init__")


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_room_is_in_the_order() -> None:
    assert {room_of(file) for file in MODULES} == set(ORDER)
    assert len(MODULES) >= 45


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(file: Path) -> None:
    own = room_of(file)
    allowed = set(ORDER[: ORDER.index(own) + 1]) if own not in GROUND else GROUND
    assert set(imported_rooms(file)) <= allowed
