"""What a release holds: counts and hashes, from which its name follows."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from icvkg.release.blocks import Content
from icvkg.release.settings import Settings

FILE = "manifest.json"


@dataclass(frozen=True)
class TableCount:
    """How much of a table is in the release."""

    name: str
    rows: int
    recalled: int
    triples: int


@dataclass(frozen=True)
class Manifest:
    """Version, day, counts by table, triples by origin, and the SHA-256 of each dump's content, uncompressed."""

    version: str
    as_of: str
    tables: tuple[TableCount, ...]
    triples: Mapping[str, int]
    contents: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The release's name: a hash over the hashes of its contents."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.contents.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:16]

    def write(self, folder: Path) -> None:
        """Writes the manifest into the release's folder."""
        text = json.dumps(asdict(self) | {"digest": self.digest}, ensure_ascii=False, indent=2, sort_keys=True)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def make_manifest(
    settings: Settings, tables: Sequence[TableCount], triples: Mapping[str, int], contents: Mapping[str, Content]
) -> Manifest:
    """The manifest of these contents, by dump name."""
    hashes = {name: content.digest for name, content in contents.items()}
    return Manifest(settings.version, settings.as_of, tuple(tables), dict(triples), hashes)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release's folder."""
    document = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return Manifest(
        version=document["version"],
        as_of=document["as_of"],
        tables=tuple(TableCount(**entry) for entry in document["tables"]),
        triples=document["triples"],
        contents=document["contents"],
    )
