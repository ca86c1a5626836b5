"""What builds worked out before, kept beside the releases in one file: safe to delete, checked, no larger than needed.

An entry is found by a hash over the step, its inputs, the code and the libraries that worked it out, and is handed out
only when it still fits its own hash. Whatever is wrong with the file, a build goes on without it.
"""

import hashlib
import platform
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from icvkg.store.remembered import Make

FILE = "cache.sqlite"
LEFTOVERS = f"{FILE}-journal"
_TABLE = "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, hash BLOB NOT NULL, data BLOB NOT NULL)"
_MAPPED = 1 << 32
_PAGE = 1 << 16
"""Bytes: large pages, since most entries are large."""
_LIBRARIES = ("pyoxigraph", "pyarrow", "rdflib", "PyYAML")


class Cache:
    """The entries of one file, and which of them a build asked for."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        self._asked: set[bytes] = set()
        self._fresh: dict[bytes, bytes] = {}
        self._damaged = False
        self.made: Counter[str] = Counter()

    def __call__(self, step: str, inputs: Iterable[bytes], make: Make) -> bytes:
        """What `make` gives, or gave for the same inputs."""
        key = _key(step, inputs)
        self._asked.add(key)
        found = self._fresh.get(key)
        if found is None:
            found = self._read(key)
        if found is None:
            found = self._fresh[key] = make()
            self.made[step] += 1
        return found

    def let_go(self, root: Path) -> bool:
        """Forgets what was kept and takes the file away, to make room; gives whether there was one."""
        if self._connection:
            self._connection.close()
            self._connection = None
        return drop(root)

    def _read(self, key: bytes) -> bytes | None:
        if not self._connection:
            return None
        try:
            row = self._connection.execute("SELECT hash, data FROM entry WHERE key = ?", (key,)).fetchone()
            sound = row is None or row[0] == _seal(key, row[1])
        except (sqlite3.Error, TypeError):
            sound = False
        self._damaged = self._damaged or not sound
        return row[1] if sound and row else None

    def keep(self, root: Path) -> None:
        """Keeps what was worked out; only the lock's holder may call it.

        What this build did not ask for goes as soon as it takes more room than what it did ask for.

        A file that cannot be written, or is damaged, is taken away: the next build works without it.
        """
        if self._damaged:
            self.let_go(root)
        try:
            self._keep(root / FILE)
        except sqlite3.Error:
            drop(root)

    def _keep(self, file: Path) -> None:
        rows = [(key, _seal(key, data), data) for key, data in self._fresh.items()]
        with closing(sqlite3.connect(file, isolation_level="IMMEDIATE")) as connection, connection:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            sizes = dict(connection.execute("SELECT key, length(data) FROM entry"))
            unasked = [(key,) for key in sizes.keys() - self._asked]
            asked = sum(sizes.get(key, 0) for key in self._asked) + sum(map(len, self._fresh.values()))
            if sum(sizes[key] for (key,) in unasked) > asked:
                connection.executemany("DELETE FROM entry WHERE key = ?", unasked)
            connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", rows)


@contextmanager
def opened(root: Path | None) -> Iterator[Cache]:
    """The cache beside the releases in `root`; an empty one where there is none."""
    file = root / FILE if root else None
    if not file or not file.is_file():
        yield Cache(None)
        return
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        yield Cache(connection)


def drop(root: Path) -> bool:
    """Takes the cache away; gives whether there was one."""
    found = [root / name for name in (FILE, LEFTOVERS) if (root / name).exists()]
    for file in found:
        file.unlink(missing_ok=True)
    return bool(found)


def unfinished(root: Path) -> list[Path]:
    """What a build left that was killed while it wrote the cache: the cache itself, and the journal beside it."""
    return [root / FILE, root / LEFTOVERS] if (root / LEFTOVERS).exists() else []


def fault(root: Path) -> str:
    """What is wrong with the cache's file; empty when nothing is, or there is none."""
    if not (root / FILE).exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{(root / FILE).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            broken = sum(row[1] != _seal(row[0], row[2]) for row in connection.execute("SELECT * FROM entry"))
    except (sqlite3.Error, TypeError) as error:
        return f"cannot be read: {error}"
    if said != "ok":
        return f"cannot be read: {said}"
    return f"{broken} of its entries differ from their hashes" if broken else ""


def _key(step: str, inputs: Iterable[bytes]) -> bytes:
    hashed = hashlib.sha256(_code() + step.encode() + b"\0")
    for each in inputs:
        hashed.update(len(each).to_bytes(8, "big") + each)
    return hashed.digest()


def _seal(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()


@cache
def _code() -> bytes:
    """A hash over this package's own code, and the versions of Python and the libraries it uses."""
    hashed = hashlib.sha256(f"{sys.version} {platform.python_implementation()}".encode())
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            hashed.update(f"{name} {version(name)}\n".encode())
    for file in _sources(files("icvkg")):
        hashed.update(file.name.encode() + file.read_bytes())
    return hashed.digest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".py"):
            yield entry
        elif entry.is_dir() and entry.name not in ("data", "__pycache__"):
            yield from _sources(entry)
