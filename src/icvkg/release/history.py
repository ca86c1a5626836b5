"""Which releases were current, in order: one hash a line, the newest last; written anew before each switch."""

from pathlib import Path

FILE = "history"
FRESH = ".history-fresh"


def read_history(root: Path) -> list[str]:
    """The releases that were current, oldest first; empty before the first switch."""
    file = root / FILE
    return file.read_text(encoding="ascii", errors="replace").split() if file.exists() else []


def note(root: Path, before: str | None, digest: str) -> None:
    """Notes that `digest` follows `before`; what came after `before` and was rolled back is forgotten.

    Written before the switch, so that a kill between the two leaves the current release in its place.
    """
    known = _until(read_history(root), before)
    for each in (before, digest):
        if each and known[-1:] != [each]:
            known.append(each)
    fresh = root / FRESH
    fresh.write_text("".join(f"{each}\n" for each in known), encoding="ascii")
    fresh.replace(root / FILE)


def before(root: Path, digest: str) -> str | None:
    """The release that was current before this one; None when it is the first, or unknown."""
    known = _until(read_history(root), digest)
    earlier = [each for each in known if each != digest]
    return earlier[-1] if earlier and known[-1] == digest else None


def _until(known: list[str], digest: str | None) -> list[str]:
    """The history as far as the last place of that release; whole when it is not there."""
    if digest not in known:
        return known
    return known[: len(known) - known[::-1].index(digest)]
