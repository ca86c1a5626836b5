"""Search: the forms in which names are compared, recall on frozen names, and an index that may be lost."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import expand_name
from icvkg.queries.folding import fold, spelled, squeeze
from icvkg.queries.name_index import FORMAT, NameIndex
from icvkg.queries.names import Name
from icvkg.queries.search import search
from icvkg.release.named_things import FILE, open_names
from tests.queries import recall

FROZEN = "590130b6a6d3c2cf"
FOLDED = [
    ("ＧＢ／Ｔ 40429－2021", "gb/t 40429-2021"),
    ("華為  汽車", "华为 汽车"),
    ("1,413 AT&T", "1413 at and t"),
    ("\u3000", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_width_case_spaces_and_traditional_characters_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(FOLDED) == 4


def test_punctuation_is_squeezed_out() -> None:
    assert squeeze("工信部联通装〔2021〕97号") == "工信部联通装202197号"
    assert squeeze("nop+ / d-level") == "nop+dlevel"


def test_pinyin_knows_readings_by_word() -> None:
    assert spelled("重庆长安p5") == ("chongqingchanganp5", "cqcap5")


def test_the_names_are_those_that_were_frozen() -> None:
    assert hashlib.sha256(recall.NAMES.read_bytes()).hexdigest().startswith(FROZEN)
    assert len(recall.NAMES.read_text(encoding="utf-8").splitlines()) == 201


def test_recall_is_as_published(graph: KnowledgeGraph) -> None:
    assert recall.table(graph) == recall.written()


def names(*pairs: tuple[str, str]) -> NameIndex:
    return NameIndex.of([Name(expand_name(thing) or thing, text) for thing, text in pairs])


def test_better_ways_of_matching_come_first() -> None:
    labels = ("Momenta", "Momenta Global", "New Momenta", "Mo Menta", "Momento")
    index = names(*zip(("act:a", "act:b", "act:c", "act:d", "act:e"), labels, strict=True))
    found = [(hit.iri[-1], hit.rank) for hit in search(index, "momenta")]
    assert found == [("a", 0), ("d", 0), ("b", 2), ("c", 3), ("e", 9)]


def test_things_come_before_claims_whatever_the_match() -> None:
    index = NameIndex.of([Name(expand_name("act:x") or "", "Baidu Apollo"), Name(expand_name("clm:y") or "", "Apollo")])
    assert [hit.iri[-1] for hit in search(index, "apollo")] == ["x", "y"]


HOSTILE = ['"', "'", "* OR x", "a NEAR b", "{grams}: x", "\x00", "%_", "a" * 5000, "；DROP TABLE names", "\u202e", "-"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(graph: KnowledgeGraph, text: str) -> None:
    assert isinstance(graph.search(text), list)
    assert graph.search("Huawei")[0].iri == expand_name("act:huawei")
    assert len(HOSTILE) == 11


@pytest.mark.parametrize("damage", ["gone", "no SQLite", "empty"])
def test_a_lost_index_is_made_again(graph: KnowledgeGraph, tmp_path: Path, damage: str) -> None:
    open_names(tmp_path, "abc", graph.embedded)
    (file,) = tmp_path.rglob(FILE)
    assert file.parent.name == f"abc-{FORMAT}"
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if damage == "empty" else b"\x00" * 8192)
    again = open_names(tmp_path, "abc", graph.embedded)
    assert search(again, "Huawei", 1) == graph.search("Huawei", 1)
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_where_nothing_can_be_written_the_index_is_in_memory(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "names").write_text("a file where the folder should be", encoding="utf-8")
    assert search(open_names(tmp_path, "abc", graph.embedded), "Huawei", 1) == graph.search("Huawei", 1)


def test_a_name_that_one_thing_bears_is_enough_to_describe_it(graph: KnowledgeGraph) -> None:
    assert graph.resolve("小鹏汽车") == graph.resolve("xpeng") == expand_name("act:xpeng")


def test_the_error_for_an_unknown_name_shows_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(IcvkgError, match=r"Huawei.*\(act:huawei\)"):
        graph.resolve("Huawai")
