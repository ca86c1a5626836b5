"""The site as files: written beside its place by several processes, and put there whole."""

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

from icvkg.errors import IcvkgError
from icvkg.publish import paths
from icvkg.publish.contents import entries, left_out
from icvkg.publish.server import Place

MARK = ".icvkg-site"
"""The file that says that a folder is a site written by us."""
_STEP = 200
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Written:
    """How much was written, and which resources could not be files."""

    files: int
    size: int
    left_out: list[str]


def write_site(place: Place, folder: Path, base: str, processes: int, announce: Progress) -> Written:
    """Writes the site of a release; what was there is replaced only when all is written.

    Raises IcvkgError for a folder that holds anything but a site, and when a writing process fails.
    """
    check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-writing-", dir=folder.parent))
    scratch.chmod(0o755)
    try:
        fresh = scratch / "site"
        fresh.mkdir()
        written = _shared(place, fresh, base, processes, announce)
        (fresh / MARK).write_text(f"{place.manifest.version} {place.manifest.digest}\n", encoding="utf-8")
        _switch(fresh, folder, scratch / "old")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return written


def check(folder: Path) -> None:
    """Raises IcvkgError for a folder that is neither missing nor empty nor a site of ours."""
    if folder.exists() and not (folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))):
        raise IcvkgError(f"{folder} holds something else than a site; an empty or new folder was expected.")


def _switch(fresh: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        os.rename(folder, old)
    os.rename(fresh, folder)


def _shared(place: Place, fresh: Path, base: str, processes: int, announce: Progress) -> Written:
    """Each process writes every n-th file and says how far it is."""
    context = multiprocessing.get_context("spawn")
    pipes, running = [], []
    try:
        for number in range(processes):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_share, args=(place, fresh, base, number, processes, theirs))
            process.start()
            theirs.close()
            pipes.append(ours)
            running.append(process)
        return _gathered(pipes, announce)
    finally:
        for process in running:
            process.terminate()
            process.join()


def _gathered(pipes: list[Connection], announce: Progress) -> Written:
    """What the processes report, added up."""
    waiting, files, size, skipped = set(pipes), 0, 0, list[str]()
    while waiting:
        for pipe in cast("list[Connection]", wait(list(waiting))):
            try:
                said = pipe.recv()
            except EOFError:
                raise IcvkgError("A process that writes the site has ended early; nothing was changed.") from None
            if isinstance(said, Written):
                waiting.discard(pipe)
                size, skipped = size + said.size, said.left_out
            else:
                files += said
                announce(files)
    return Written(files, size, skipped)


def _share(place: Place, fresh: Path, base: str, number: int, processes: int, report: Connection) -> None:
    """One process: opens the release for itself, and writes its share."""
    graph = place.open()
    size = done = 0
    for turn, (path, make) in enumerate(entries(graph, base)):
        if turn % processes == number:
            body = make()
            paths.write(fresh, path, body)
            size, done = size + len(body), done + 1
            if done % _STEP == 0:
                report.send(_STEP)
    report.send(done % _STEP)
    report.send(Written(0, size, left_out(graph)))
