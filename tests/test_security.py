"""Every promise of SECURITY.md names tests that are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = [
    line.split("|")[1:3] for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| ---")
][1:]


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_a_test_that_exists() -> None:
    assert len(PROMISES) >= 24
    for promise, cell in PROMISES:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell)
        assert named, promise
        assert [name for file, name in named if name not in functions(ROOT / file)] == [], promise
