"""docs/python.md and the notebooks: everything in them runs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from icvkg.release.build import Built
from icvkg.release.location import HOME

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def release(built: Built, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's release is the current one."""
    assert built.folder is not None
    monkeypatch.setenv(HOME, str(home))


def test_the_examples_of_the_page_run(capsys: pytest.CaptureFixture[str]) -> None:
    for package in ("pandas", "polars", "owlready2"):
        pytest.importorskip(package)
    assert len(BLOCKS) == 7
    shared: dict[str, Any] = {}
    for block in BLOCKS:
        exec(compile(block, "docs/python.md", "exec"), shared)
        assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_the_notebooks_run_and_are_kept_without_outputs(file: Path) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    document = json.loads(file.read_text(encoding="utf-8"))
    cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 4
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    notebook = nbformat.read(file, as_version=4)
    done = nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    assert all(cell["outputs"] for cell in done["cells"] if cell["cell_type"] == "code")


def test_there_are_two_notebooks() -> None:
    assert [file.stem for file in NOTEBOOKS] == ["policy", "value-chain"]
