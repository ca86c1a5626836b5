"""SHA256SUMS: the hash of each file of a folder as it lies on the disk, in the form that `sha256sum -c` reads."""

import hashlib
from pathlib import Path

FILE = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Writes the hashes of all files of a folder beside them."""
    (folder / FILE).write_text(_text(_hashes(folder)), encoding="utf-8")


def broken(folder: Path) -> dict[str, str]:
    """What is wrong with each file of a folder, by the file's name; empty when all are as they were written."""
    if not (folder / FILE).is_file():
        return {FILE: "is missing: it was lost, or an older version of icvkg made this, which wrote none"}
    text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
    found = _hashes(folder)
    if text == _text(found):
        return {}
    lines = [line.partition("  ") for line in text.splitlines()]
    noted = {name: digest for digest, _, name in lines}
    faults = dict.fromkeys(noted.keys() - found.keys(), "is missing")
    faults |= dict.fromkeys(found.keys() - noted.keys(), f"does not belong here (it is not in {FILE})")
    faults |= {
        name: f"differs from its hash in {FILE}" for name in noted.keys() & found.keys() if noted[name] != found[name]
    }
    return faults or {FILE: "is not as it was written"}


def _hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.iterdir() if file.is_file() and file.name != FILE)
    return {file.name: _hash(file) for file in files}


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _text(hashes: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
