"""`icvkg ask`: the choice it shows, what it refuses, and the published hit rate."""

from collections import Counter
from collections.abc import Callable

import pytest
from click.testing import Result

from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import query_files
from icvkg.queries.folding import has_han
from tests.asking import hits


def test_the_choice_is_shown_with_its_parameters_and_what_is_near(run: Callable[..., Result]) -> None:
    result = run("ask", "哪些城市允许收费的无人驾驶出租车?", "--format", "csv", "--limit", "2")
    assert result.return_value == 0
    assert "icvkg query driverless-paid-services --param scenario=robotaxi\n  confidence 0." in result.stderr
    assert "哪些服务在车上无安全员的情况下收费" in result.stderr
    assert "Or:\n  icvkg query permits-rules-and-policies" in result.stderr
    assert result.stdout.startswith("operator,")
    assert len(result.stdout.splitlines()) == 3


def test_the_answer_is_that_of_the_query_named(run: Callable[..., Result]) -> None:
    asked = run("ask", "Who supplies lidar to XPeng?", "--format", "json").stdout
    named = ("suppliers-of-component", "--param", "kind=lidar", "--param", "customer=xpeng", "--format", "json")
    assert asked == run("query", *named).stdout


NO_FIT = ["What is the weather in Shanghai tomorrow?", "怎么做红烧肉?", "", "?!", "x" * 9000]


@pytest.mark.parametrize("question", NO_FIT)
def test_what_does_not_fit_is_said(run: Callable[..., Result], question: str) -> None:
    result = run("ask", question)
    assert result.return_value == 1
    assert result.stdout == ""
    assert "No curated query fits" in result.stderr
    assert len(NO_FIT) == 5


HOSTILE = [
    '" } UNION { ?s ?p ?o',
    "who > supplies \n lidar # ?",
    "\udcff谁供应激光雷达",
    "\u202e谁供应 ' OR 1=1 激光雷达",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_text_is_text(graph: KnowledgeGraph, question: str) -> None:
    choices = graph.ask(question)
    assert len(choices) == len(query_files())
    assert all(set(value) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for value in choices[0].parameters.values())
    assert len(HOSTILE) == 4


def test_choose_only_asks_nothing(run: Callable[..., Result]) -> None:
    result = run("ask", "Who supplies lidar to XPeng?", "--choose-only")
    assert (result.return_value, result.stdout) == (0, "")


def test_the_questions_are_half_chinese_and_half_older_than_the_matcher() -> None:
    rows = hits.questions()
    assert len(rows) >= 88
    assert all(row["query"] in {"", *query_files()} for row in rows)
    assert all(has_han(row["question"]) is (row["language"] == "zh") for row in rows)
    counts = Counter((row["written"], row["language"]) for row in rows)
    assert counts == {("before", "en"): 22, ("before", "zh"): 22, ("after", "en"): 22, ("after", "zh"): 22}


def test_the_hit_rate_is_as_published(graph: KnowledgeGraph) -> None:
    assert hits.table(graph) == hits.written()
