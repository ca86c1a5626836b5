"""Every curated query: its header, its rows on the fixture graph with two engines, its answer on the release."""

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery, catalogue, find_query, query_files
from icvkg.queries.formats import as_json
from icvkg.queries.parameters import bound_text
from icvkg.release.settings import read_settings
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "graph.ttl"
NAMES = sorted(query_files())
BESIDE = re.compile(r"(?m)^#\+ (?:asked|\w+_zh):.*\n(?:#\+  .*\n)*|^#\+ +description_zh:.*\n")
"""Other ways to ask, and the header in Chinese."""
THEMES = {"policy", "supply", "business-models", "reconfiguration", "infrastructure", "quality"}
Rows = Counter[tuple[tuple[str, str], ...]]


def expected(name: str) -> Rows:
    theme, _ = query_files()[name]
    return rows_of((ROOT / "queries" / theme / f"{name}.srj").read_text(encoding="utf-8"))


def rows_of(text: str) -> Rows:
    """The rows of a SPARQL results JSON document, numbers by value, whatever their order."""
    bindings = json.loads(text)["results"]["bindings"]
    return Counter(tuple(sorted((name, _value(term)) for name, term in row.items())) for row in bindings)


def _value(term: dict[str, Any]) -> str:
    value = str(term["value"]).replace("+00:00", "Z")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return f"{value}@{term.get('xml:lang', '').lower()}"
    return f"{number.normalize():f}" if number.is_finite() else value


@cache
def fixture_store() -> EmbeddedStore:
    return EmbeddedStore.in_memory(read_file(FIXTURE))


@cache
def fixture_rdflib() -> rdflib.Graph:
    return rdflib.Graph().parse(FIXTURE, format="turtle")


def test_the_questions_are_asked() -> None:
    assert len(NAMES) == 47
    assert {query.theme for query in catalogue()} == THEMES


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_rows_come_from_pyoxigraph(name: str) -> None:
    columns, rows = fixture_store().select(find_query(name).text)
    assert expected(name)
    assert rows_of(as_json(Answer(tuple(columns), tuple(rows)))) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_rows_come_from_rdflib(name: str) -> None:
    answer = fixture_rdflib().query(find_query(name).text).serialize(format="json")
    assert answer is not None
    assert rows_of(answer.decode()) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_declares_every_prefix(name: str) -> None:
    answer = ox.Store().query(find_query(name).text)
    assert isinstance(answer, ox.QuerySolutions)
    assert len(answer.variables) > 1


@pytest.mark.parametrize("name", NAMES)
def test_the_header_describes_the_columns(name: str) -> None:
    query = find_query(name)
    columns, _ = fixture_store().select(query.text)
    assert list(query.columns) == columns
    assert query.summary.endswith("?")
    assert query.summary_zh.endswith("?")


@pytest.mark.parametrize("name", NAMES)
def test_the_query_is_plain_and_short(name: str) -> None:
    query = find_query(name)
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
    assert len(BESIDE.sub("", query.text).splitlines()) <= 90
    assert len(body.splitlines()) <= 60
    assert not re.search(r"\b(GRAPH|SERVICE|FROM)\b", body)
    used = set(re.findall(r"(?<![\w<:/-])([a-z][a-z-]*):(?=[A-Za-z0-9])", re.sub(r'"[^"]*"|<[^>]*>|#.*', "", body)))
    assert used <= set(re.findall(r"PREFIX ([a-z-]+):", body))


@pytest.mark.parametrize("name", NAMES)
def test_defaults_in_the_file_are_those_of_the_header(name: str) -> None:
    query = find_query(name)
    assert squeeze(bound_text(query, {}, read_settings().as_of)) == squeeze(query.text)


def squeeze(text: str) -> str:
    """The text with prefixed names written out and white space folded, for a comparison of meaning."""
    prefixes = dict(re.findall(r"PREFIX ([a-z-]+): <([^>]*)>", text))
    body = re.sub(r"PREFIX [a-z-]+: <[^>]*>", "", text)
    for prefix, space in prefixes.items():
        body = re.sub(rf"(?<![\w<-]){prefix}:([\w-]+)", rf"<{space}\1>", body)
    body = re.sub(r"VALUES \?(\w+) \{ \"?([0-9.]+)\"?(\^\^<[^>]*>)? \}", r"VALUES ?\1 { \2 }", body)
    return " ".join(body.split())


@pytest.mark.parametrize("name", NAMES)
def test_the_release_answers_or_says_what_is_missing(name: str, graph: KnowledgeGraph) -> None:
    query = find_query(name)
    answer = graph.query(name)
    assert list(answer.columns) == list(query.columns)
    assert answer.rows or re.search(r"\d", answer.note)
    if "claim" in answer.columns:
        assert_sourced(query, answer)


def assert_sourced(query: CuratedQuery, answer: Answer) -> None:
    claim, source = answer.columns.index("claim"), answer.columns.index("source")
    for row in answer.rows:
        assert row[claim] is not None, query.name
        assert row[source] is not None, query.name
