"""What the tests of stopped builds share: a small release, and the tables of the next."""

from pathlib import Path

import pytest

from tests.graph.tables import FIGURE
from tests.release.small import RIVAL, build_small, figures


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """The tables of the release to come; the release before has one figure less."""
    return tmp_path / "tables"


@pytest.fixture
def root(tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one release of one figure; the tables hold two by now."""
    folder = tmp_path / "root"
    build_small(monkeypatch, folder, figures(tables, FIGURE))
    figures(tables, FIGURE, RIVAL)
    return folder
