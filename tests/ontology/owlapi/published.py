"""Everything that is published, as the checker reports it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from icvkg.ontology.exports import DOCUMENTS, write_protege
from icvkg.release.build import Built
from icvkg.release.dumps import TURTLE, read_dumps
from tests.ontology.owlapi.checker import Report, inspect

ONTOLOGY = Path(__file__).parents[3] / "ontology"


@dataclass(frozen=True)
class Published:
    """Reports on the files for Protégé by name, on the root module where it lies, on the release's own Turtle file."""

    files: dict[str, Report]
    root: Report
    release: Report

    @property
    def all(self) -> list[Report]:
        """Every report."""
        return [*self.files.values(), self.root, self.release]


def inspect_published(built: Built, folder: Path) -> Published:
    """Writes the files for Protégé into the folder and inspects everything, modules beside what holds data."""
    assert built.folder is not None
    written = write_protege(folder, read_dumps(built.folder), built.manifest.version)
    documents = [file for file in written if file.suffix in {".ttl", ".rdf"}]
    root, release = ONTOLOGY / "icv.ttl", built.folder / TURTLE
    large = [*(file for file in documents if file.stem in DOCUMENTS), release]
    small = [*(file for file in documents if file.stem not in DOCUMENTS), root]
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(inspect, (large, small))
        reports = dict(zip([*large, *small], chain.from_iterable(halves), strict=True))
    return Published({file.name: reports[file] for file in documents}, reports[root], reports[release])
