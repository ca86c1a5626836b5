"""The files by which archives and people cite this repository say what release and package say."""

import json
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
RELEASE = json.loads((ROOT / "graph" / "release.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_citation_cff() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (said["version"], said["date-released"]) == (RELEASE["version"], RELEASE["asOf"])
    assert " AND ".join(said["license"]) == PROJECT["license"]
    assert said["keywords"] == PROJECT["keywords"]
    assert said["cff-version"] == "1.2.0"
    assert said["message"]
    assert said["authors"]


def test_zenodo_json() -> None:
    said = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert (said["version"], said["publication_date"]) == (RELEASE["version"], RELEASE["asOf"])
    assert said["keywords"] == PROJECT["keywords"]
    assert said["related_identifiers"][0]["identifier"].endswith(f"/release/{RELEASE['version']}")
    assert said["license"].upper() in PROJECT["license"]


def test_codemeta_json() -> None:
    said = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert (said["name"], said["version"], said["description"]) == tuple(
        PROJECT[key] for key in ("name", "version", "description")
    )
    assert said["isPartOf"]["version"] == RELEASE["version"]
    assert said["keywords"] == PROJECT["keywords"]
    assert all(each.rpartition("/")[2] in PROJECT["license"] for each in said["license"])


def test_the_three_agree_on_who_made_it() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["authors"]
    zenodo = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))["creators"]
    codemeta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))["author"]
    assert (
        [each["name"] for each in citation] == [each["name"] for each in zenodo] == [each["name"] for each in codemeta]
    )
