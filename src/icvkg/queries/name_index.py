"""An index of names in SQLite: full-text search over pairs of characters, keys for beginnings."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from icvkg.queries.folding import fold, grams, has_han, spelled, squeeze
from icvkg.queries.names import Name

FORMAT = 1
"""Changes whenever an index that was written before would answer otherwise."""
LIKE = 200
"""So many of the names most like a text are looked at closely."""
_SCHEMA = """
CREATE TABLE names (
  id INTEGER PRIMARY KEY, iri TEXT, name TEXT, folded TEXT, squeezed TEXT, pinyin TEXT, initials TEXT);
CREATE TABLE keys (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE likeness USING fts5 (grams, characters, content='', detail=column);
CREATE TABLE things (last INTEGER);
"""
_KEYED = "SELECT id FROM keys WHERE key >= ?1 AND key < ?1 || x'f48fbfbf' ORDER BY length(key) LIMIT ?2"
_BEARING = """
SELECT keys.key, names.* FROM json_each(?1) AS wanted
JOIN keys ON keys.key = wanted.value JOIN names ON names.id = keys.id
WHERE names.id <= ?2 ORDER BY names.id"""
_LIKE = "SELECT rowid FROM likeness WHERE likeness MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?"


@dataclass(frozen=True)
class Entry:
    """A name with the forms in which it is compared; pinyin and initials are empty for names without Chinese."""

    iri: str
    name: str
    folded: str
    squeezed: str
    pinyin: str
    initials: str


class NameIndex:
    """Names that are like a text, from an index in a file or in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last_thing = connection.execute("SELECT last FROM things").fetchone()[0]

    @classmethod
    def of(cls, names: Iterable[Name]) -> "NameIndex":
        """An index in memory."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, names)
        return cls(connection)

    @staticmethod
    def write(file: Path, names: Iterable[Name]) -> None:
        """Writes an index to a new file."""
        with closing(sqlite3.connect(file)) as connection:
            _fill(connection, names)

    @classmethod
    def read(cls, file: Path) -> "NameIndex":
        """The index of a file, for reading; raises OSError when it is missing or damaged."""
        try:
            return cls(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False))
        except (sqlite3.DatabaseError, TypeError) as error:
            raise OSError(f"{file}: {error}") from None

    def near(self, squeezed: str, *, things: bool) -> list[Entry]:
        """Names of things (or of all else) that begin like the text, share its pairs or hold all its characters."""
        first, last = (1, self._last_thing) if things else (self._last_thing + 1, 1 << 62)
        found = [each for (each,) in self._connection.execute(_KEYED, (squeezed, LIKE)) if first <= each <= last]
        for column, pieces, joint in (("grams", grams(squeezed), " OR "), ("characters", set(squeezed), " AND ")):
            wanted = f"{column} : ({joint.join(map(_quoted, sorted(pieces)))})"
            found += [each for (each,) in self._connection.execute(_LIKE, (wanted, first, last, LIKE))]
        return list(self._entries(dict.fromkeys(found)))

    def bearing(self, keys: Iterable[str]) -> list[tuple[str, Entry]]:
        """The keys among these that are the whole name of a thing, its pinyin or its initials, each with the name."""
        rows = self._connection.execute(_BEARING, (json.dumps(sorted(keys)), self._last_thing))
        return [(key, Entry(*entry)) for key, _, *entry in rows]

    def _entries(self, ids: Iterable[int]) -> Iterator[Entry]:
        marks = ",".join(map(str, ids))
        rows = self._connection.execute(f"SELECT * FROM names WHERE id IN ({marks})")
        yield from (Entry(*row[1:]) for row in rows)


def _quoted(gram: str) -> str:
    return f'"{gram}"'


def _fill(connection: sqlite3.Connection, names: Iterable[Name]) -> None:
    """Things come first among the names, so that their ids end where those of claims and sources begin."""
    connection.executescript(f"PRAGMA journal_mode=OFF; BEGIN; {_SCHEMA}")
    last = 0
    for number, name in enumerate(names, start=1):
        last = number if name.of_a_thing else last
        _insert(connection, number, name)
    connection.execute("INSERT INTO things VALUES (?)", (last,))
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, number: int, name: Name) -> None:
    folded = fold(name.text)
    squeezed = squeeze(folded)
    pinyin, initials = spelled(squeezed) if has_han(squeezed) and name.of_a_thing else ("", "")
    row = (number, name.iri, name.text, folded, squeezed, pinyin, initials)
    connection.execute("INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    keys = {(key, number) for key in (squeezed, pinyin, initials) if key}
    connection.executemany("INSERT INTO keys VALUES (?, ?)", sorted(keys))
    likeness = (number, " ".join(grams(squeezed) | (grams(pinyin) if pinyin else set())), " ".join(set(squeezed)))
    connection.execute("INSERT INTO likeness (rowid, grams, characters) VALUES (?, ?, ?)", likeness)
