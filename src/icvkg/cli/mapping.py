"""`icvkg map`."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click


@click.command(name="map")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file; it appears when complete."
)
@click.option(
    "--store", type=click.Path(path_type=Path), help="Load into a new Oxigraph store in this folder instead of writing."
)
def map_tables(folder: Path, out: Path | None, store: Path | None) -> int:
    """Maps any folder of tables with CSVW metadata to N-Triples, in constant memory, without the rest of a build.

    Beside each NAME.csv stands NAME.csv-metadata.json, in the form of our own (docs/tables.md); a table named like one
    of ours needs none. Cells, form and ids are checked; the references between tables are for `icvkg check --tables`.

    \b
    icvkg map my-tables --out my-tables.nt
    icvkg map my-tables | gzip > my-tables.nt.gz
    icvkg map my-tables --store my-store
    """
    from icvkg.graph.streaming import map_folder, size_of
    from icvkg.store.embedded import EmbeddedStore
    from icvkg.store.files import as_file

    if out and store:
        raise click.UsageError("--out and --store exclude each other: one place was expected")
    with _progress(size_of(folder)) as watch:
        pieces = map_folder(folder, watch)
        if store:
            EmbeddedStore.write_lines(store, as_file(pieces))
        else:
            with _opened(out) as file:
                file.writelines(pieces)
    return 0


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that gets its name when it is complete."""
    if out is None:
        yield sys.stdout.buffer
        return
    descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink()
        raise


@contextmanager
def _progress(size: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error with rate and time left, for tables long enough to wait for; silent when piped."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    shown = console.is_terminal and size > 1 << 22
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task("map", total=size)
        yield lambda read: bar.update(task, advance=read)
