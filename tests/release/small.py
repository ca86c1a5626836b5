"""Releases of a handful of rows, quick to build, in this process or in another one that can be killed."""

import os
import sys
from pathlib import Path

import pytest

from icvkg.release import build as building
from icvkg.release.build import Built, build
from tests.graph.tables import FIGURE, FIRM, SOURCE, csv_text, write_tables

OTHER_SOURCE = SOURCE | {"id": "b-source", "title": "Another page", "origin_group": "b-press"}
OTHER_FIRM = FIRM | {"id": "b-firm", "label_en": "B Firm", "stock_tickers": ""}
RIVAL = FIGURE | {"id": "figure-b", "value": "31.5", "source": "b-source"}


def figures(folder: Path, *rows: dict[str, str]) -> Path:
    """Small tables in a folder, with these figures and two firms."""
    folder.mkdir(exist_ok=True)
    write_tables(
        folder, firms=csv_text("firms", [FIRM, OTHER_FIRM]), sources=csv_text("sources", [SOURCE, OTHER_SOURCE])
    )
    (folder / "figures.csv").write_text(csv_text("figures", list(rows)), encoding="utf-8")
    return folder


def build_small(monkeypatch: pytest.MonkeyPatch, root: Path, tables: Path) -> Built:
    """Builds a release of these tables alone."""
    monkeypatch.setattr(building, "own_folder", lambda: tables)
    return build(root)


def command(root: Path, tables: Path) -> list[str]:
    """The command that builds a release of these tables alone in another process, naming each step as it begins."""
    code = (
        "from pathlib import Path; from icvkg.release import build as b;"
        f"b.own_folder = lambda: Path({str(tables)!r});"
        f"print(b.build(Path({str(root)!r}), announce=lambda step: print(step, flush=True)).folder)"
    )
    return [sys.executable, "-c", code]


def environment() -> dict[str, str]:
    """The environment of another process that finds this package."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
