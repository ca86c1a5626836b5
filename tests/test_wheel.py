"""The wheel holds every artefact of the checkout, under the same names."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("ontology", "graph", "queries", "validation")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside a wheel built from a source distribution."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--quiet", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True)
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("name", FOLDERS)
def test_every_artefact_is_shipped(shipped: set[str], name: str) -> None:
    held = {f"icvkg/data/{path.relative_to(ROOT)}" for path in (ROOT / name).rglob("*") if path.is_file()}
    assert held
    assert held <= shipped


def test_the_package_says_that_it_is_typed(shipped: set[str]) -> None:
    assert "icvkg/py.typed" in shipped
