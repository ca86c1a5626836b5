"""One server over the session's release for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from icvkg.release.build import Built
from icvkg.release.location import store_folder
from tests.publish.serving import Running, running


@pytest.fixture(scope="session")
def release(built: Built) -> Path:
    """The folder of the session's release."""
    assert built.folder is not None
    return built.folder


@pytest.fixture(scope="session")
def server(release: Path, home: Path) -> Iterator[Running]:
    """A server with ordinary limits, save that a query may take no more than three seconds."""
    with running(store=store_folder(home, release.name), folder=release, seconds=3) as started:
        yield started
