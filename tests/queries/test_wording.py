"""Answers in Chinese: names and codes as the graph words them, and English where it knows no one word."""

import pyoxigraph as ox

from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import PREFIXES
from icvkg.queries.answers import Answer
from icvkg.queries.origin import Origin
from icvkg.queries.wording import worded
from icvkg.store.asking import Term
from icvkg.store.embedded import EmbeddedStore

LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
LIDAR, FIRM = ox.NamedNode(PREFIXES["component-kind"] + "lidar"), ox.NamedNode(PREFIXES["act"] + "x")
TWIN = ox.NamedNode(PREFIXES["act"] + "y")


def said(thing: ox.NamedNode, text: str, language: str) -> ox.Triple:
    return ox.Triple(thing, LABEL, ox.Literal(text, language=language))


STORE = EmbeddedStore.in_memory([
    said(LIDAR, "Lidar", "en"), said(LIDAR, "激光雷达", "zh"),
    said(FIRM, 'Twin "PATTERN"', "en"), said(FIRM, "甲", "zh"),
    said(TWIN, 'Twin "PATTERN"', "en"), said(TWIN, "乙", "zh"),
])  # fmt: skip


def answer(*row: Term | None) -> Answer:
    columns = tuple(f"c{place}" for place, _ in enumerate(row))
    return Answer(columns, (row,), origin=Origin("1", "0", "", {}, STORE))


def test_names_and_codes_are_worded_in_the_language() -> None:
    found = worded(answer(ox.Literal("Lidar", language="en"), LIDAR, None, ox.Literal("Lidar")), "zh").rows[0]
    chinese = ox.Literal("激光雷达", language="zh")
    assert found == (chinese, chinese, None, ox.Literal("Lidar"))


def test_a_name_of_two_things_stays_as_it_is() -> None:
    row = answer(ox.Literal('Twin "PATTERN"', language="en")).rows[0]
    assert worded(answer(*row), "zh").rows == (row,)


def test_things_are_not_codes_and_english_stays() -> None:
    assert worded(answer(FIRM, LIDAR), "zh").rows[0][0] == FIRM
    assert worded(answer(LIDAR), "en").rows == ((LIDAR,),)


def test_a_table_for_chinese_readers_is_in_chinese(graph: KnowledgeGraph) -> None:
    shown = graph.query("suppliers-of-component", kind="lidar").for_readers("zh")
    place = shown.columns.index("componentName")
    assert {row[place] for row in shown.rows} == {ox.Literal("激光雷达", language="zh")}
