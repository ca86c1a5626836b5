"""The same rows in each form."""

import csv
import io
import json

import pyoxigraph as ox

from icvkg.queries.answers import Answer, words
from icvkg.queries.formats import as_csv, as_json, as_tsv, as_turtle

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = (
    (ox.NamedNode("https://w3id.org/icvkg/id/actor/huawei"), ox.Literal("华为", language="zh"), None),
    (ox.BlankNode("b"), ox.Literal('a "b",\n\tc'), ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal"))),
)
ANSWER = Answer(("thing", "name", "value"), ROWS)


def test_csv_holds_plain_values() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(ANSWER))))
    assert rows[0] == ["thing", "name", "value"]
    assert rows[1] == ["https://w3id.org/icvkg/id/actor/huawei", "华为", ""]
    assert rows[2] == ["b", 'a "b",\n\tc', "1.50"]


def test_tsv_holds_terms_one_line_a_row() -> None:
    lines = as_tsv(ANSWER).splitlines()
    assert lines[0] == "?thing\t?name\t?value"
    assert lines[1] == '<https://w3id.org/icvkg/id/actor/huawei>\t"华为"@zh\t'
    assert len(lines) == 3


def test_json_is_read_back_to_the_same_terms() -> None:
    text = as_json(ANSWER)
    read = ox.parse_query_results(text.encode(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [tuple(row) for row in read] == list(ROWS)
    assert json.loads(text)["head"]["vars"] == ["thing", "name", "value"]


def test_turtle_of_rows_is_a_result_set() -> None:
    text = as_turtle(ANSWER)
    assert 'rs:resultVariable "thing"' in text
    assert "rs:value act:huawei" in text


def test_turtle_uses_our_prefixes() -> None:
    triple = (ox.NamedNode("https://w3id.org/icvkg/id/actor/huawei"), ox.NamedNode(XSD + "p"), ox.Literal("x"))
    text = as_turtle(Answer(("subject", "predicate", "object"), (triple,)))
    assert 'act:huawei xsd:p "x"' in text


def test_a_day_is_read_as_a_day() -> None:
    assert words(ox.Literal("2024-07-03T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime"))) == "2024-07-03"
