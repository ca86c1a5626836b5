"""The metadata of every table keeps the conventions."""

import json
from pathlib import Path

import pytest

from icvkg.errors import IcvkgError
from icvkg.graph.metadata import read_metadata
from icvkg.graph.tables import schema

TABLES = Path(__file__).parents[2] / "graph" / "tables"
FILES = sorted(TABLES.glob("*.csv-metadata.json"))


def test_every_table_has_metadata_and_every_metadata_a_table() -> None:
    assert len(FILES) == 52
    assert {file.name.removesuffix("-metadata.json") for file in FILES} == {file.name for file in TABLES.glob("*.csv")}
    assert set(schema()) == {file.name.removesuffix(".csv-metadata.json") for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_real_column_is_documented(file: Path) -> None:
    for column in read_metadata(file).real:
        assert column.description


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_virtual_columns_stand_last(file: Path) -> None:
    virtual = [column.virtual for column in read_metadata(file).columns]
    assert virtual == sorted(virtual)


def spoilt(tmp_path: Path, **change: object) -> Path:
    document = json.loads((TABLES / "places.csv-metadata.json").read_text(encoding="utf-8"))
    document["tableSchema"]["columns"][0].update(change)
    file = tmp_path / "places.csv-metadata.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IcvkgError, match="requred"):
        read_metadata(spoilt(tmp_path, requred=True))


def test_a_template_over_an_open_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IcvkgError, match="id"):
        read_metadata(spoilt(tmp_path, datatype="string"))
