"""Prefixes are in step with the code lists and the IRIs they stand for."""

from pathlib import Path

import pytest

from icvkg.namespaces import PREFIXES, SCHEMES, expand_name, shorten_iri

ONTOLOGY = Path(__file__).parents[1] / "ontology"


def test_every_code_list_has_a_prefix() -> None:
    lists = {file.stem.removeprefix("codes-") for file in ONTOLOGY.glob("codes-*.ttl")}
    assert lists | {"business-model"} == set(SCHEMES)


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_a_prefixed_name_is_written_and_read_back(prefix: str) -> None:
    assert expand_name(shorten_iri(PREFIXES[prefix] + "name")) == PREFIXES[prefix] + "name"


def test_an_unknown_prefix_is_no_name() -> None:
    assert expand_name("nowhere:name") is None
    assert shorten_iri("https://example.org/x") == "https://example.org/x"
