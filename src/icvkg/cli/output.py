"""How results reach a terminal, a pipe or a file."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from icvkg.queries.answers import Answer, bare_code, heading
from icvkg.queries.formats import as_words_csv, words_of
from icvkg.queries.wording import worded

FORMATS = (
    "table", "csv", "csv-excel", "tsv", "xlsx", "parquet", "json", "xml", "ttl", "jsonld", "geojson", "md", "latex",
    "html",
)  # fmt: skip

format_option = partial(
    click.option,
    "--format",
    "form",
    help="Form of the output; a table on a terminal and TSV in a pipe unless given.",
)
lang_option = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of names and messages."
)
out_option = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file; it appears only when complete."
)


def default_form() -> str:
    """A table on a terminal, TSV when piped."""
    return "table" if sys.stdout.isatty() else "tsv"


def deliver(text: str, out: Path | None) -> None:
    """Prints the text, or puts it into a file in one step."""
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write_whole({out.name: text.encode()}, out.parent)


def write_whole(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files into a folder: all under other names first, then each gets its own in one step."""
    written: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            descriptor, scratch = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
            written.append((Path(scratch), folder / name))
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        for scratch_file, final in written:
            scratch_file.chmod(0o644)
            scratch_file.replace(final)
    finally:
        for scratch_file, _ in written:
            scratch_file.unlink(missing_ok=True)


def answer_table(answer: Answer) -> str:
    """An answer as a table with the columns it has; codes stand without the name of their list."""
    return table(answer.columns, [[bare_code(cell) for cell in row] for row in words_of(answer.rows)])


def readers_text(answer: Answer, language: str) -> str:
    """A table of what people read, with claim and source of each row as a numbered line under it."""
    shown = answer.for_readers(language)
    headings = [heading(name, language) for name in shown.columns]
    if not answer.has_footnotes:
        return table(headings, [[*map(bare_code, row)] for row in words_of(shown.rows)])
    rows = [[str(number), *map(bare_code, row)] for number, row in enumerate(words_of(shown.rows), start=1)]
    notes = [f"{number:>4}  {note}\n" for number, note in enumerate(worded(answer, language).footnotes(), start=1)]
    return table(["", *headings], rows) + "".join(notes)


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[str]], form: str) -> str:
    """A listing in one of the forms: table, csv, tsv or json."""
    listed = [list(row) for row in rows]
    writers: dict[str, Callable[[], str]] = {
        "table": lambda: table(columns, listed),
        "csv": lambda: as_words_csv(columns, listed),
        "tsv": lambda: "".join("\t".join(row) + "\n" for row in [list(columns), *listed]),
        "json": lambda: _json([dict(zip(columns, row, strict=True)) for row in listed]),
    }
    return writers[form]()


def _json(document: object) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> str:
    """A table as wide as the terminal; wide characters count as two."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for column in columns:
        grid.add_column(Text(column), overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160)
    with console.capture() as capture:
        console.print(grid)
    return capture.get()
