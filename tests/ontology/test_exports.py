"""The folder for Protégé: complete, the same in both syntaxes, and able to find its imports by itself."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from icvkg.errors import IcvkgError
from icvkg.namespaces import OUTSIDE
from icvkg.ontology.catalogue import FILE, catalogue
from icvkg.ontology.closure import merge, read_modules
from icvkg.ontology.exports import DOCUMENTS, INDIVIDUALS, MERGED, TOGETHER, protege_files, with_point
from icvkg.release.build import Built
from icvkg.release.dumps import read_dumps
from icvkg.store.files import read_file

ONTOLOGY = Path(__file__).parents[2] / "ontology"
MODULES = sorted(file.stem for file in ONTOLOGY.glob("*.ttl"))
OWL, RDF = OUTSIDE["owl"], OUTSIDE["rdf"]
IMPORTS = ox.NamedNode(OWL + "imports")
HEADER = (ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Ontology"))


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, written from the session's release."""
    assert built.folder is not None
    place = tmp_path_factory.mktemp("protege")
    for name, data in protege_files(read_dumps(built.folder), built.manifest.version).items():
        (place / name).write_bytes(data)
    return place


def content(triples: list[ox.Triple]) -> ox.Dataset:
    """The triples with canonical names of blank nodes."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def test_the_catalogue_of_the_modules_is_current() -> None:
    assert (ONTOLOGY / FILE).read_text(encoding="utf-8") == catalogue(read_modules())


def test_every_document_is_there_in_both_syntaxes(folder: Path) -> None:
    documents = {*MODULES, *DOCUMENTS}
    assert {file.name for file in folder.iterdir()} == {FILE, *(d + end for d in documents for end in (".ttl", ".rdf"))}


@pytest.mark.parametrize("name", [*MODULES, *DOCUMENTS])
def test_both_syntaxes_say_the_same_under_one_header(folder: Path, name: str) -> None:
    turtle, rdf_xml = read_file(folder / f"{name}.ttl"), read_file(folder / f"{name}.rdf")
    assert content(turtle) == content(rdf_xml)
    assert len([triple for triple in turtle if (triple.predicate, triple.object) == HEADER]) == 1


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_as_it_lies(folder: Path, name: str) -> None:
    assert (folder / f"{name}.ttl").read_bytes() == (ONTOLOGY / f"{name}.ttl").read_bytes()


def test_every_import_is_found_beside_it(folder: Path) -> None:
    entries = {entry.get("name"): entry.get("uri") for entry in ElementTree.parse(folder / FILE).getroot()}
    for file in folder.glob("*.ttl"):
        for triple in read_file(file):
            if triple.predicate == IMPORTS:
                assert isinstance(triple.object, ox.NamedNode)
                assert (folder / str(entries[triple.object.value])).exists()


def test_apart_and_together_hold_the_same(folder: Path, built: Built) -> None:
    assert built.folder is not None
    terms, individuals, together = (read_file(folder / f"{name}.ttl") for name in (MERGED, INDIVIDUALS, TOGETHER))
    own = len([triple for triple in individuals if str(triple.subject) == f"<{HEADER_OF_INDIVIDUALS}>"])
    assert len(terms) + len(individuals) - own == len(together)
    assert content(together) == content([with_point(triple) for triple in read_dumps(built.folder)])


HEADER_OF_INDIVIDUALS = "https://w3id.org/icvkg/ontology/individuals"


def test_a_release_of_another_ontology_is_refused() -> None:
    triples = merge(triple for triples in read_modules().values() for triple in triples)
    with pytest.raises(IcvkgError, match="icvkg build"):
        protege_files(triples[1:], "2026.11.0")


def test_the_command_writes_the_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("ontology", "export", str(tmp_path / "new"))
    assert result.return_value == 0
    assert (tmp_path / "new" / "individuals.rdf").exists()
    assert "icv-merged.ttl" in result.output
