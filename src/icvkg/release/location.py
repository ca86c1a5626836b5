"""Where releases lie, which one is current, and how that changes: by one rename."""

import os
from pathlib import Path

import platformdirs

from icvkg.release import history

HOME = "ICVKG_HOME"
CURRENT = "current"


def home() -> Path:
    """The folder of releases: $ICVKG_HOME if set, else the user's data directory."""
    given = os.environ.get(HOME)
    return Path(given) if given else Path(platformdirs.user_data_dir("icvkg", appauthor=False))


def release_folder(root: Path, digest: str) -> Path:
    """The folder of the release with that content hash."""
    return root / "releases" / digest


def store_folder(root: Path, digest: str) -> Path:
    """The folder of the release's store, a cache that can be made again from the dumps."""
    return root / "stores" / digest


def exports_folder(root: Path, digest: str) -> Path:
    """The folder of the release's exports, which can be made again from its files."""
    return root / "exports" / digest


def current(root: Path) -> Path | None:
    """The folder of the current release; None when there is none."""
    link = root / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def current_digest(root: Path) -> str | None:
    """The hash of the release that is said to be current, even when its folder is gone."""
    link = root / CURRENT
    return Path(os.readlink(link)).name if link.is_symlink() else None


def switch(root: Path, digest: str, *, back: bool = False) -> None:
    """Makes a release the current one; readers see the old or the new one, never half of it.

    `back` leaves the history as it is: what was current before stays what was current before.
    """
    now = current_digest(root)
    known = history.read_history(root)
    if not (back and digest in known) and (now != digest or not known):
        history.note(root, now, digest)
    fresh = root / f".{CURRENT}-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / digest)
    fresh.replace(root / CURRENT)


def unfinished(root: Path) -> list[Path]:
    """Links and lists of switches that never came to be."""
    return [*root.glob(f".{CURRENT}-*"), *root.glob(history.FRESH)]
