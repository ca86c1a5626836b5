"""Paths of a site as files below one folder: none that leaves it, none that a file system would read otherwise."""

from pathlib import Path

_MOST_BYTES = 240
"""A part of a path with its suffix has to be shorter than the 255 bytes that file systems take."""


def is_safe(path: str) -> bool:
    """Whether a path can be a file: parts that name something, no control characters, no other separators."""
    return all(_is_name(part) for part in path.split("/"))


def _is_name(part: str) -> bool:
    try:
        size = len(part.encode("utf-8"))
    except UnicodeEncodeError:
        return False
    return (
        0 < size <= _MOST_BYTES and part not in (".", "..") and part.isprintable() and not set(part) & set('\\:*?"<>|')
    )


def write(folder: Path, path: str, body: bytes) -> None:
    """Writes one file of the site below the folder; raises ValueError for a path that is not safe."""
    if not is_safe(path):
        raise ValueError(f"{path!r} cannot be a file of the site")
    file = folder / path
    try:
        file.write_bytes(body)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
