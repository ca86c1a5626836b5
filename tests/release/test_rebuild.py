"""A rebuild redoes what depends on a change and nothing else, and gives the bytes that a build from nothing gives."""

import csv
import io
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from icvkg import artefacts
from icvkg.release import cache, location
from icvkg.release.build import Built, build
from icvkg.release.doctor import examine
from icvkg.release.folders import remove_orphans
from icvkg.store.embedded import EmbeddedStore
from tests.graph.tables import FIGURE, FIRM, SOURCE, csv_text
from tests.release.small import OTHER_FIRM, OTHER_SOURCE, RIVAL, figures

FOLDERS = ("ontology", "graph", "queries", "validation")
ROOT = Path(__file__).parents[2]
EVIDENCE = {"id": "claim-figure-a-2", "kind": "claim", "supports": "figure-a", "source": "b-source", "holds": "value"}
DERIVING = {"construct", "derive"}
Change = Callable[[Path], None]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all artefacts with small tables, read in place of ours."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name)
    for file in (tmp_path / "graph" / "tables").glob("*.csv"):
        file.unlink()
    figures(tmp_path / "graph" / "tables", FIGURE, RIVAL)
    monkeypatch.setattr(artefacts, "folder", lambda name: tmp_path / name)
    return tmp_path


def table(name: str, *rows: dict[str, str]) -> Change:
    return lambda place: write(place / "graph" / "tables" / f"{name}.csv", csv_text(name, list(rows)))


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def swap(path: str, old: str, new: str) -> Change:
    def change(place: Path) -> None:
        text = (place / path).read_text(encoding="utf-8")
        assert old in text, path
        write(place / path, text.replace(old, new, 1))

    return change


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "nothing": (lambda place: None, set()),
    "a cell": (table("figures", FIGURE | {"value": "40.5"}, RIVAL), {"ids", "part", *DERIVING, "select"}),
    "an added row": (
        table("firms", FIRM, OTHER_FIRM, OTHER_FIRM | {"id": "c-firm", "label_en": "C Firm"}),
        {"ids", "part", *DERIVING, "select"},
    ),
    "a removed row": (table("firms", FIRM, OTHER_FIRM), set()),
    "a source": (table("sources", SOURCE | {"title": "Its page"}, OTHER_SOURCE), {"ids", "part", *DERIVING, "select"}),
    "second evidence": (table("evidence", EVIDENCE), {"ids", "part", *DERIVING, "select"}),
    "metadata": (
        swap("graph/tables/figures.csv-metadata.json", '"dc:description": "', '"dc:description": "So: '),
        {"ids", "part"},
    ),
    "the ontology": (swap("ontology/vehicle.ttl", '"@en', ' so"@en'), {"ontology", *DERIVING, "select"}),
    "a rule": (swap("graph/rules/10-policy-amends.rq", "# ", "# So: "), {"reads", *DERIVING}),
    "a shape": (swap("validation/shapes/core.ttl", "sh:minCount 1", "sh:minCount 0"), {"select", "reads"}),
    "a query": (swap("queries/quality/figures-that-disagree.rq", "SELECT", "SELECT DISTINCT"), {"questions"}),
}  # fmt: skip
WRITING = {"gzip", "syntaxes"}


def same_as_from_nothing(built: Built, other: Path) -> None:
    """Every file of the release, every result of the validation, and every triple of the store."""
    fresh = build(other, fresh=True)
    assert built.folder is not None
    assert fresh.folder is not None
    names = sorted(file.name for file in fresh.folder.iterdir())
    assert names == sorted(file.name for file in built.folder.iterdir())
    assert [name for name in names if (fresh.folder / name).read_bytes() != (built.folder / name).read_bytes()] == []
    assert fresh.report == built.report
    stores = [location.store_folder(root, fresh.manifest.digest) for root in (built.folder.parents[1], other)]
    one, two = (sorted(map(str, EmbeddedStore.read_only(store))) for store in stores)
    assert one == two
    shutil.rmtree(other)


def test_every_kind_of_change_gives_what_a_build_from_nothing_gives(place: Path, tmp_path: Path) -> None:
    """One after another into the same place; what is redone is what depends on the change."""
    build(tmp_path / "out")
    for name, (change, expected) in CHANGES.items():
        change(place)
        built = build(tmp_path / "out")
        assert {*built.redone} - WRITING == expected, name
        same_as_from_nothing(built, tmp_path / "other")
    assert examine(tmp_path / "out").faults == []


def rebuilt(place: Path, tmp_path: Path, spoil: Change) -> Built:
    """A rebuild after one cell has changed and the cache was spoilt."""
    build(tmp_path / "out")
    spoil(tmp_path / "out" / cache.FILE)
    CHANGES["a cell"][0](place)
    built = build(tmp_path / "out")
    same_as_from_nothing(built, tmp_path / "other")
    assert examine(tmp_path / "out").faults == []
    return built


def entries(change: str) -> Change:
    def spoil(file: Path) -> None:
        with sqlite3.connect(file) as connection:
            connection.execute(change)

    return spoil


def shuffle(file: Path) -> None:
    """Gives every entry the hash and data of another one."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT key, hash, data FROM entry").fetchall()
        moved = [(*one[1:], two[0]) for one, two in zip(rows, rows[1:] + rows[:1], strict=True)]
        connection.executemany("UPDATE entry SET hash = ?, data = ? WHERE key = ?", moved)


SPOILT: dict[str, Change] = {
    "flipped bytes": entries("UPDATE entry SET data = CAST(data || 'x' AS BLOB)"),
    "moved entries": shuffle,
    "text in place of bytes": entries("UPDATE entry SET data = 'x'"),
    "no table": entries("DROP TABLE entry"),
    "no database": lambda file: write(file, "nonsense" * 1000),
    "cut off": lambda file: os.truncate(file, 70_000),
    "empty": lambda file: write(file, ""),
    "deleted": Path.unlink,
}


@pytest.mark.parametrize("name", SPOILT)
def test_no_damage_of_the_cache_reaches_a_release(place: Path, tmp_path: Path, name: str) -> None:
    rebuilt(place, tmp_path, SPOILT[name])


def test_the_doctor_names_a_damaged_cache_and_takes_away_a_half_written_one(place: Path, tmp_path: Path) -> None:
    build(tmp_path / "out")
    file = tmp_path / "out" / cache.FILE
    sound = file.read_bytes()
    for spoil, said in (
        (SPOILT["flipped bytes"], "differ from their hashes"),
        (SPOILT["no database"], "cannot be read"),
    ):
        spoil(file)
        (fault,) = examine(tmp_path / "out").faults
        assert said in fault.said
        assert fault.repair == f"rm {file}"
        file.write_bytes(sound)
    (tmp_path / "out" / cache.LEFTOVERS).write_bytes(b"half")
    assert remove_orphans(tmp_path / "out") == [file, tmp_path / "out" / cache.LEFTOVERS]
    assert examine(tmp_path / "out").faults == []


def test_the_cache_stays_small(place: Path, tmp_path: Path) -> None:
    """However many tables it has seen, it holds at most twice what one build asks for."""
    build(tmp_path / "out")
    first = (tmp_path / "out" / cache.FILE).stat().st_size
    for number in range(5):
        rows = [FIRM | {"id": f"firm-{number}-{each:03}", "label_en": f"Firm {number} {each}"} for each in range(200)]
        table("firms", FIRM, OTHER_FIRM, *rows)(place)
        build(tmp_path / "out")
    assert (tmp_path / "out" / cache.FILE).stat().st_size < 4 * first


@pytest.mark.slow
def test_random_changes_of_the_real_tables(place: Path, tmp_path: Path) -> None:
    """A cell of text changed, or a row of claims taken out, twenty times, each rebuild beside one from nothing."""
    shutil.rmtree(place / "graph" / "tables")
    shutil.copytree(ROOT / "graph" / "tables", place / "graph" / "tables")
    build(tmp_path / "out")
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    for _ in range(20):
        file = draw.choice(sorted((place / "graph" / "tables").glob("*s.csv")))
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
        row = draw.choice([row for row in rows if row["id"]] or [{}])
        note = "note_en" if "note_en" in row else "label_en" if "label_en" in row else ""
        if note:
            row[note] = f"{row[note]} {draw.randrange(1000)}".strip()
            write(file, csv_text(file.stem, rows))
        same_as_from_nothing(build(tmp_path / "out"), tmp_path / "other")
