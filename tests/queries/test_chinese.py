"""The curated questions in Chinese: nothing of a header stays English, nothing of the shared words is left over."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.answers import SOURCES, words
from icvkg.queries.catalogue import CuratedQuery, catalogue, find_query, parse_query
from icvkg.queries.chinese import KINDS, base, shared, words_in
from icvkg.queries.folding import has_han

QUERIES = catalogue()
USED = {
    "themes": {query.theme for query in QUERIES},
    "theories": {theory for query in QUERIES if query.theory for theory in query.theory.split("; ")},
    "headings": {base(column) for query in QUERIES for column in query.columns} | {SOURCES},
    "meanings": {said for query in QUERIES for said in query.columns.values()},
}
BROKEN = re.compile(r"[\u3000-\u9fff,;:(] +[\u3000-\u9fff]|[\u3000-\u9fff] +[\u3000-\u9fff,;:)]|\n")
"""Where a line was folded as English is: with a space."""
ENGLISH_ONLY = """\
#+ summary: Who?
#+ summary_zh: 谁?
#+ description: Who it is.
#+ parameters:
#+   - {name: kind, type: text, description: Kind}
#+ columns: {who: Who}
#+ missing: Nobody.
SELECT ?who {}"""


def told(query: CuratedQuery) -> Iterator[str]:
    """Every Chinese text of a header."""
    yield from (query.summary_zh, query.description_zh)
    yield from (each.description_zh for each in query.parameters)
    yield from [query.missing_zh] if query.missing else []


def test_all_kinds_of_shared_words_are_looked_at() -> None:
    assert tuple(USED) == KINDS
    assert len(QUERIES) >= 47


@pytest.mark.parametrize("kind", KINDS)
def test_what_headers_share_is_in_chinese_and_nothing_is_left_over(kind: str) -> None:
    assert set(shared(kind)) == USED[kind]
    assert all(map(has_han, shared(kind).values()))


def test_words_that_queries_write_themselves_are_in_chinese() -> None:
    written: dict[str, set[str]] = defaultdict(set)
    for query in QUERIES:
        for expression, column in re.findall(r"(?s)BIND\(((?:(?!BIND).)*?) AS \?(\w+)\)", query.text):
            is_word = column in query.columns and "xsd:boolean" not in expression
            written[column] |= set(re.findall(r'(?<!= )"([a-z ]{3,})"', expression)) if is_word else set()
    assert {column: words for column, words in written.items() if words} == {
        column: set(words_in(column)) for column in ("basis", "change", "side", "state", "tie")
    }


def test_cells_of_a_chinese_reader_are_in_chinese(graph: KnowledgeGraph) -> None:
    assert said(graph, "protection-of-niches", "state") <= {"有效", "已取消", "尚未开始"}
    assert said(graph, "objectives-and-their-instruments", "voluntaryOnly") <= {"是", "否"}
    assert said(graph, "implementing-documents", "linkKind") <= {"政策关联", "政策关联评估"}
    assert "上海市" in said(graph, "figures-over-time", "series")


def said(graph: KnowledgeGraph, name: str, column: str) -> set[str]:
    """What stands in a column of an answer for readers of Chinese."""
    found = graph.query(name).for_readers("zh")
    assert found.rows
    return {words(row[found.columns.index(column)]) for row in found.rows}


def test_headings_are_short() -> None:
    assert [heading for heading in shared("headings").values() if len(heading) > 8] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_text_of_the_header_is_told_in_chinese(query: CuratedQuery) -> None:
    texts = list(told(query))
    assert all(map(has_han, texts))
    assert not [text for text in texts if BROKEN.search(text)]
    assert ("{n}" in query.missing) == ("{n}" in query.missing_zh)


def test_a_text_folded_with_a_space_is_found() -> None:
    assert BROKEN.search("传闻 不计入")
    assert not BROKEN.search("共有 {n} 个")


def test_a_header_in_english_only_is_refused_with_all_that_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    query = parse_query("who", "policy", ENGLISH_ONLY)
    monkeypatch.setattr("icvkg.queries.catalogue.parse_query", lambda *_: query)
    with pytest.raises(IcvkgError, match=r"who\.rq: .*description_zh, missing_zh, description_zh of parameter kind"):
        find_query("contradictions")


def test_a_release_of_before_is_read_in_english() -> None:
    query = parse_query("who", "policy", ENGLISH_ONLY)
    assert (query.meaning("zh"), query.parameters[0].meaning("zh")) == ("Who it is.", "Kind")
    assert query.holds("who", "zh") == "Who"


def test_what_the_sources_lack_is_said_in_both_languages(graph: KnowledgeGraph) -> None:
    answer = graph.query("figures-that-disagree", threshold="1000000")
    number = re.findall(r"\d+", answer.remark("en"))
    assert re.findall(r"\d+", answer.remark("zh")) == number != []
    assert answer.remark("zh").endswith("条数据中,没有彼此相差超过阈值的。")
