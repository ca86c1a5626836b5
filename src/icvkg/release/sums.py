"""SHA256SUMS: the hash of each file of a folder as it lies on the disk, in the form that `sha256sum -c` reads."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

FILE = "SHA256SUMS"


def write_sums(folder: Path, known: Mapping[str, str] | None = None) -> None:
    """Writes the hashes of all files of a folder beside them; `known` are those that need no reading, by name."""
    (folder / FILE).write_text(_text(_hashes(folder, known or {})), encoding="utf-8")


def broken(folder: Path) -> dict[str, str]:
    """What is wrong with each file of a folder, by the file's name; empty when all are as they were written."""
    if not (folder / FILE).is_file():
        return {FILE: "is missing: it was lost, or an older version of icvkg made this, which wrote none"}
    found = _hashes(folder, {})
    if (folder / FILE).read_bytes() == _text(found).encode():
        return {}
    known = noted(folder)
    faults = dict.fromkeys(known.keys() - found.keys(), "is missing")
    faults |= dict.fromkeys(found.keys() - known.keys(), f"does not belong here (it is not in {FILE})")
    faults |= {
        name: f"differs from its hash in {FILE}" for name in known.keys() & found.keys() if known[name] != found[name]
    }
    return faults or {FILE: "is not as it was written"}


def noted(folder: Path) -> dict[str, str]:
    """The hashes that stand beside the files of a folder, by the file's name; raises OSError where there are none."""
    lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _hashes(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    files = (file for file in folder.iterdir() if file.is_file() and file.name != FILE)
    return {file.name: known.get(file.name) or _hash(file) for file in files}


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _text(hashes: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
