"""Every constraint of every shape has a valid and an invalid case; our validator and pyshacl give the same rows."""

import csv
from functools import cache
from pathlib import Path

import pytest

from icvkg.ontology.closure import read_ontology
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file
from icvkg.validation.evaluation import evaluate
from icvkg.validation.model import Constraint
from icvkg.validation.plan import make_plan
from icvkg.validation.reference import reference_report
from icvkg.validation.report import Report, Result
from icvkg.validation.shapes_graph import read_shapes

ROOT = Path(__file__).parents[2]
CASES = ROOT / "validation" / "cases"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
SHAPE = "https://w3id.org/icvkg/shape/"
HELPERS = [CASES / "support.ttl"]


@cache
def all_constraints() -> tuple[Constraint, ...]:
    plan = make_plan(read_shapes())
    assert plan.deferred == ()
    return plan.constraints


def own(folder: Path) -> list[Constraint]:
    return [each for each in all_constraints() if each.shape == SHAPE + folder.name]


def expected(folder: Path) -> set[tuple[str, str, str]]:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return {(row["focus"], row["path"], row["component"]) for row in csv.DictReader(file)}


def compiled(files: list[Path], wanted: list[Constraint]) -> Report:
    store = EmbeddedStore.in_memory(read_ontology())
    for file in files:
        store.add(read_file(file))
    return evaluate(store, wanted)[0]


def rows(results: tuple[Result, ...]) -> set[tuple[str, str, str, str]]:
    return {result.row for result in results}


def test_every_shape_has_a_folder_of_cases() -> None:
    assert {folder.name for folder in FOLDERS} == {each.shape.removeprefix(SHAPE) for each in all_constraints()}
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_valid_case_violates_nothing_at_all(folder: Path) -> None:
    report = compiled([*HELPERS, folder / "valid.ttl"], list(all_constraints()))
    assert report.results == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_invalid_cases_give_the_expected_rows(folder: Path) -> None:
    report = compiled([*HELPERS, folder / "valid.ttl", folder / "invalid.ttl"], own(folder))
    assert {row[:3] for row in rows(report.results)} == expected(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_constraint_of_the_shape_has_an_invalid_case(folder: Path) -> None:
    caught = {(path, component) for _, path, component in expected(folder)}
    assert {(each.path, str(each.component)) for each in own(folder)} == caught
    sparql = [each for each in own(folder) if each.query]
    assert len([row for row in expected(folder) if "SPARQL" in row[2]]) >= len(sparql)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_message_speaks_both_languages(folder: Path) -> None:
    for each in own(folder):
        said = dict(each.messages)
        assert set(said) == {"en", "zh"}
        assert "Usual cause: " in said["en"]
        assert "常见原因" in said["zh"]


def test_the_reference_validator_gives_equal_rows() -> None:
    """All cases at once, each in its own name space, so that pyshacl starts only once."""
    files = [*HELPERS, *(folder / name for folder in FOLDERS for name in ("valid.ttl", "invalid.ttl"))]
    data = [*read_ontology(), *(triple for file in files for triple in read_file(file))]
    reference = reference_report(data, read_shapes())
    assert rows(compiled(files, list(all_constraints())).results) == rows(reference.results)
    assert len(reference.results) >= len(all_constraints())
