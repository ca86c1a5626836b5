"""What changed since the release before: a feed of activities, and the statements added and removed."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from icvkg.namespaces import BASE
from icvkg.publish.resources import Published
from icvkg.release import history, location
from icvkg.release.dumps import ASSERTED, DERIVED
from icvkg.release.manifest import Manifest, read_manifest

FEED, ADDED, REMOVED = "changes/feed.json", "changes/added.nt", "changes/removed.nt"
_CONTEXT = "https://www.w3.org/ns/activitystreams"


def changes(graph: Published) -> Mapping[str, bytes]:
    """The files of the feed, by path: activities in Activity Streams 2.0 (W3C), statements in N-Triples."""
    old = previous(graph.folder)
    now, before = _statements(graph.folder), _statements(old) if old else frozenset[bytes]()
    added, removed = sorted(now - before) if old else [], sorted(before - now)
    feed = _feed(graph.manifest, read_manifest(old) if old else None, added, removed, _subjects(now), _subjects(before))
    text = json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
    return {FEED: text.encode(), ADDED: b"".join(added), REMOVED: b"".join(removed)}


def previous(folder: Path) -> Path | None:
    """The folder of the release that was current before this one, where it is still there."""
    root = folder.parents[1]
    known = history.read_history(root)
    place = known.index(folder.name) if folder.name in known else 0
    found = location.release_folder(root, known[place - 1]) if place else None
    return found if found and found.is_dir() else None


def _statements(folder: Path) -> frozenset[bytes]:
    lines = (
        gzip.decompress((folder / f"{name}.gz").read_bytes()).splitlines(keepends=True) for name in (ASSERTED, DERIVED)
    )
    return frozenset(line for each in lines for line in each)


def _subjects(lines: Iterable[bytes]) -> set[str]:
    return {line.partition(b" ")[0].decode().strip("<>") for line in lines}


def _feed(
    now: Manifest, before: Manifest | None, added: list[bytes], removed: list[bytes], new: set[str], old: set[str]
) -> dict[str, object]:
    touched = sorted(iri for iri in _subjects(added) | _subjects(removed) if iri.startswith(BASE))
    since = f"{before.version} ({before.digest})" if before else "nothing"
    items = [{"type": _kind(iri, new, old), "object": iri} for iri in touched]
    return {
        "@context": _CONTEXT,
        "id": f"{BASE}release/{now.version}#changes",
        "type": "OrderedCollection",
        "summary": f"Changes from {since} to {now.version} ({now.digest})",
        "updated": f"{now.as_of}T00:00:00Z",
        "totalItems": len(items),
        "orderedItems": items,
    }


def _kind(iri: str, new: set[str], old: set[str]) -> str:
    if iri not in old:
        return "Create"
    return "Update" if iri in new else "Delete"
