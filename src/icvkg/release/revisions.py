"""Releases of the ontology, tables, queries and shapes as they stood at revisions of a git repository."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from icvkg import artefacts
from icvkg.errors import FaultyTablesError, IcvkgError
from icvkg.release.build import Announce, build


def build_revision(repository: Path, revision: str, root: Path, announce: Announce) -> Path:
    """Builds a release of a revision into `root` with the code of today, and gives its folder.

    Raises IcvkgError when git does not know the revision, or when its tables or queries do not fit this code.
    """
    commit = _git(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    data = _git(repository, "archive", commit, *artefacts.FOLDERS)
    with tempfile.TemporaryDirectory(prefix="icvkg-") as place:
        _unpack(data, Path(place))
        with artefacts.instead(Path(place)):
            return _built(root, revision, announce)


def _built(root: Path, revision: str, announce: Announce) -> Path:
    try:
        built = build(root, announce=lambda step: announce(f"{revision}: {step}"))
    except FaultyTablesError as error:
        raise IcvkgError("\n".join([f"Revision {revision}: {error}", *map(str, error.faults)])) from None
    if built.folder is None:
        raise IcvkgError(
            f"Revision {revision} violates {len(built.report.violations)} constraints: nothing to compare."
        )
    return built.folder


def _unpack(archive: bytes, place: Path) -> None:
    """The plain files of an archive; links and all else that a repository may hold are passed over."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        for member in opened:
            content = opened.extractfile(member) if member.isfile() else None
            if content and (place / member.name).resolve().is_relative_to(place.resolve()):
                (place / member.name).parent.mkdir(parents=True, exist_ok=True)
                (place / member.name).write_bytes(content.read())


def _git(repository: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(repository), *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise IcvkgError("git was not found: it is needed to read a revision.") from None
    if done.returncode:
        raise IcvkgError(f"{repository}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
