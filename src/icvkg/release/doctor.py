"""Reads every byte and every quad of the releases and their stores, and names what is wrong and what repairs it."""

import hashlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from icvkg.release import cache, dumps, location, sums
from icvkg.release.exports import export_faults
from icvkg.release.manifest import FILE, Manifest, read_manifest
from icvkg.release.named import digests
from icvkg.store.embedded import EmbeddedStore

BUILD = "icvkg build"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, what, and the command that repairs it."""

    place: str
    said: str
    repair: str


@dataclass
class Findings:
    """What an examination found, and how much it read."""

    faults: list[Fault] = field(default_factory=list)
    releases: int = 0
    quads: int = 0


def examine(root: Path) -> Findings:
    """Every fault of the releases and stores in this folder."""
    findings = Findings(list(_switch_faults(root)))
    for digest in digests(root):
        findings.releases += 1
        _examine_one(root, digest, findings)
    for place, kind in (("stores", "a store"), ("exports", "exports")):
        strange = {each.name for each in (root / place).glob("[!.]*")} - set(digests(root))
        findings.faults += [_removable(root / place / name, f"{kind} without its release") for name in sorted(strange)]
    said = cache.fault(root)
    findings.faults += (
        [Fault(str(root / cache.FILE), said, f"rm {shlex.quote(str(root / cache.FILE))}")] if said else []
    )
    return findings


def _examine_one(root: Path, digest: str, findings: Findings) -> None:
    folder, store = location.release_folder(root, digest), location.store_folder(root, digest)
    exports = location.exports_folder(root, digest)
    serves = location.current_digest(root) == digest
    faults, quads = release_faults(folder)
    if folder.name != digest or (not faults and read_manifest(folder).digest != digest):
        faults[FILE] = "holds another release than its folder says"
    for name, said in sorted(faults.items()):
        place = folder / name
        repair = BUILD if serves else f"rm -r {shlex.quote(str(folder))}"
        findings.faults.append(Fault(str(place), said, repair))
    findings.quads += quads
    if store.is_dir():
        listed, held = _store_faults(store, None if faults else folder)
        findings.faults += [_removable(store, said) for said in listed]
        findings.quads += held
    if exports.is_dir():
        listed, held = export_faults(exports, None if faults else folder)
        findings.faults += [_removable(exports, said) for said in listed]
        findings.quads += held


def _removable(folder: Path, said: str) -> Fault:
    return Fault(str(folder), said, f"rm -r {shlex.quote(str(folder))}")


def _switch_faults(root: Path) -> Iterator[Fault]:
    """Whether a release is current, where there are any."""
    link, digest = root / location.CURRENT, location.current_digest(root)
    if digest and not location.current(root):
        yield Fault(str(link), f"the current release {digest} is gone", BUILD)
    elif not digest and digests(root):
        yield Fault(str(link), "no release is current", BUILD)


def release_faults(folder: Path) -> tuple[dict[str, str], int]:
    """What is wrong with each file of a release, by name, and how many quads its dumps hold."""
    faults = sums.broken(folder)
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return faults | {FILE: f"cannot be read: {error}"}, 0
    quads = 0
    for name in manifest.contents:
        said, count = _content_fault(folder, name, manifest)
        quads += count
        if said:
            faults[dumps.file_name(name)] = said
    return faults, quads


def _content_fault(folder: Path, name: str, manifest: Manifest) -> tuple[str, int]:
    """What is wrong with one content, if anything, and the number of its quads."""
    try:
        data = dumps.read_content(folder, name)
        count = sum(1 for _ in ox.parse(data, format=dumps.LINES[name])) if name in dumps.LINES else 0
    except (OSError, EOFError, SyntaxError) as error:
        return f"cannot be read: {error}", 0
    if hashlib.sha256(data).hexdigest() != manifest.contents[name]:
        return f"its content differs from the hash in {FILE}", count
    expected = manifest.triples.get(name.partition(".")[0], count)
    return ("" if count == expected else f"holds {count} quads, {FILE} says {expected}"), count


def _store_faults(store: Path, release: Path | None) -> tuple[list[str], int]:
    """What is wrong with a store, and how many triples it holds; compared with its release where that is sound."""
    faults = [f"{name} {said}" for name, said in sorted(sums.broken(store).items())]
    if faults:
        return faults, 0
    held = EmbeddedStore.read_only(store)
    try:
        count = sum(1 for _ in held)
    except OSError as error:
        return [f"cannot be read: {error}"], 0
    if release and not _equal(held, count, release):
        return ["holds other triples than the dumps of its release"], count
    return [], count


def _equal(held: EmbeddedStore, count: int, release: Path) -> bool:
    """Whether a store holds the triples of the dumps, literals written as a store writes them."""
    expected = EmbeddedStore.in_memory(dumps.read_dumps(release))
    return len(expected) == count and all(triple in expected for triple in held)
