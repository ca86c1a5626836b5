"""What tests share: a small copy of the tables, and one built release for the session."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from icvkg.cli.main import icvkg
from icvkg.knowledge import KnowledgeGraph
from icvkg.release.build import Built, build
from icvkg.release.location import HOME

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases for the whole session."""
    return tmp_path_factory.mktemp("icvkg")


@pytest.fixture(scope="session")
def built(home: Path) -> Built:
    """The real release, built once."""
    return build(home)


@pytest.fixture(scope="session")
def graph(built: Built, home: Path) -> KnowledgeGraph:
    """The real release, opened."""
    assert built.folder is not None
    return KnowledgeGraph.open(home)


@pytest.fixture
def run(built: Built, home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command line on the session's release; exceptions pass through."""
    assert built.folder is not None
    monkeypatch.setenv(HOME, str(home))
    return lambda *words: CliRunner().invoke(icvkg, list(words), standalone_mode=False)
