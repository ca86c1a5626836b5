"""What `--explain` shows: the text as it runs, the algebra, and how many triples match each pattern."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from icvkg.errors import IcvkgError
from icvkg.queries.catalogue import catalogue
from icvkg.queries.plan import plan
from icvkg.store.embedded import EmbeddedStore
from tests.queries.exported import STORE

Run = Callable[..., Result]
TEXT = """
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> PREFIX icv: <https://w3id.org/icvkg/def/>
SELECT ?x WHERE {
  VALUES ?k { 1 }
  { ?x geo:lat ?lat } UNION { ?x ^icv:within+ ?y }
  OPTIONAL { ?x geo:long ?long }
  FILTER NOT EXISTS { ?x icv:none ?y }
} ORDER BY ?x"""


def test_the_plan_has_the_size_of_each_pattern() -> None:
    assert plan(STORE, TEXT) == [
        "select ?x",
        "  values ?k",
        "  either",
        "    ?x geo:lat ?lat  (1)",
        "  or",
        "    ?x ^icv:within+ ?y  (path)",
        "  optional",
        "    ?x geo:long ?long  (1)",
        "  must not exist",
        "    ?x icv:none ?y  (0)",
        "  order",
    ]


def test_a_text_that_is_no_query_has_no_plan() -> None:
    with pytest.raises(IcvkgError, match="cannot be read"):
        plan(STORE, "SELECT nothing")


@pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.name)
def test_every_query_has_a_plan(query: object) -> None:
    lines = plan(EmbeddedStore.in_memory(), query.text)  # type: ignore[attr-defined]
    assert lines[0].startswith("select ?")
    assert sum(line.endswith("  (0)") for line in lines) > 2


def test_the_explanation_is_sparql_that_runs(run: Run, tmp_path: Path) -> None:
    name, given = "suppliers-of-component", ["--param", "kind=激光雷达", "--param", "asOf=2023-06-30"]
    text = run("query", name, *given, "--explain").output
    assert "#   kind = lidar  (code:component-kind)" in text
    assert "VALUES ?kind { <https://w3id.org/icvkg/code/component-kind/lidar> }" in text
    assert "does not show" in text
    (tmp_path / "explained.rq").write_text(text, encoding="utf-8")
    rows = run("query", name, *given, "--format", "csv").output
    assert run("query", "--file", str(tmp_path / "explained.rq"), "--format", "csv").output == rows
    assert len(rows.splitlines()) > 1
