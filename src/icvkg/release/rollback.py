"""Back to an earlier release, by the same rename that a build ends with."""

from pathlib import Path

from icvkg.errors import IcvkgError
from icvkg.release import location
from icvkg.release.doctor import release_faults
from icvkg.release.folders import renew_store
from icvkg.release.lock import Say, exclusive
from icvkg.release.manifest import Manifest, read_manifest
from icvkg.release.named import PREVIOUS, find_release


def roll_back(root: Path, name: str = PREVIOUS, say: Say | None = None) -> tuple[str | None, Manifest]:
    """Makes an earlier (or the named) release current: the hash that was current, and the release that is now.

    Raises IcvkgError for a release that is not there, is current already, or is damaged.
    """
    find_release(root, name)
    with exclusive(root, say):
        folder, now = find_release(root, name), location.current_digest(root)
        if folder.resolve() != location.release_folder(root, folder.name).resolve():
            raise IcvkgError(f"{folder} is not among the releases in {root}.")
        if folder.name == now:
            raise IcvkgError(f"Release {now} is current already.")
        faults, _ = release_faults(folder)
        if faults:
            listed = "; ".join(f"{file} {said}" for file, said in sorted(faults.items()))
            raise IcvkgError(f"Release {folder.name} is damaged and was not switched to: {listed}")
        renew_store(root, folder.name)
        location.switch(root, folder.name, back=True)
    return now, read_manifest(folder)
