"""Everything that is published, as the checker reports it."""

from dataclasses import dataclass
from pathlib import Path

from icvkg.ontology.exports import write_protege
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
    """Writes the files for Protégé into the folder and inspects everything in one run."""
    assert built.folder is not None
    written = write_protege(folder, read_dumps(built.folder), built.manifest.version)
    documents = [file for file in written if file.suffix in {".ttl", ".rdf"}]
    *reports, root, release = inspect([*documents, ONTOLOGY / "icv.ttl", built.folder / TURTLE])
    return Published({file.name: report for file, report in zip(documents, reports, strict=True)}, root, release)
