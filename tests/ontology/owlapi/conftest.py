"""The checker, compiled once, and its reports on everything that is published."""

import pytest

from icvkg.release.build import Built
from tests.ontology.owlapi.checker import compile_checker
from tests.ontology.owlapi.published import Published, inspect_published


@pytest.fixture(scope="session")
def compiled() -> None:
    """The checker, ready to run."""
    compile_checker()


@pytest.fixture(scope="session")
def published(built: Built, compiled: None, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What OWLAPI and HermiT say of everything that is published."""
    return inspect_published(built, tmp_path_factory.mktemp("protege"))
