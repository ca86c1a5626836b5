"""Releases as people name them: by hash or its beginning, `current`, `previous`, or the path of a folder."""

from pathlib import Path

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.release import history, location
from icvkg.release.manifest import FILE

PREVIOUS = "previous"


def digests(root: Path) -> list[str]:
    """The hashes of all releases that lie here, sorted."""
    folder = location.release_folder(root, "x").parent
    return sorted(each.name for each in folder.glob("[0-9a-f]*")) if folder.is_dir() else []


def previous(root: Path) -> Path:
    """The folder of the release that was current before this one; raises IcvkgError when there is none."""
    now = location.current_digest(root)
    digest = history.before(root, now) if now else None
    if not digest:
        raise IcvkgError(f"There is no release before the current one in {root}.")
    folder = location.release_folder(root, digest)
    if not folder.is_dir():
        raise IcvkgError(f"The release before the current one, {digest}, is no longer in {root}.")
    return folder


def find_release(root: Path, name: str) -> Path:
    """The folder of the release that a name means; raises IcvkgError when there is none or several."""
    if name == PREVIOUS:
        return previous(root)
    if name == location.CURRENT:
        found = location.current(root)
        if not found:
            raise IcvkgError(f"There is no current release in {root}: run icvkg build.")
        return found
    known = digests(root)
    fitting = [digest for digest in known if digest.startswith(name)]
    if len(fitting) == 1:
        return location.release_folder(root, fitting[0])
    if (Path(name) / FILE).is_file():
        return Path(name).resolve()
    if fitting:
        raise IcvkgError(f"{name!r} can be {' or '.join(fitting)}: say which.")
    raise UnknownNameError("release", name, [*known, location.CURRENT, PREVIOUS])
