"""A folder of tables to N-Triples, block by block: checked, mapped and gone again, whatever the length of a table."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from icvkg.errors import Fault, FaultyTablesError, IcvkgError
from icvkg.graph.blocks import MalformedError, Watch, read_blocks
from icvkg.graph.checks import check_keys, check_sheet
from icvkg.graph.mapping import map_block
from icvkg.graph.metadata import Table, read_metadata
from icvkg.graph.publication import EVIDENCE, check_sourced
from icvkg.graph.published import Further, further_of, published
from icvkg.graph.reading import read_sheet
from icvkg.graph.screening import Screening
from icvkg.graph.tables import METADATA, own_folder


def tables_in(folder: Path) -> list[Table]:
    """The tables of a folder, by name, each as the metadata beside it says or, without that, as ours of the same name.

    Raises IcvkgError when there is none, or one that no metadata describes.
    """
    found = [_table(file) for file in sorted(folder.glob("*.csv"))]
    if not found:
        raise IcvkgError(f"{folder}: there is no table (*.csv) in this folder")
    return found


def _table(file: Path) -> Table:
    beside = file.with_name(f"{file.stem}{METADATA}")
    ours = own_folder() / beside.name
    if not beside.is_file() and not ours.is_file():
        raise IcvkgError(f"{file}: {beside.name} was expected beside it")
    return read_metadata(beside if beside.is_file() else ours)


def size_of(folder: Path) -> int:
    """The bytes of all tables of a folder."""
    return sum(file.stat().st_size for file in folder.glob("*.csv"))


def map_folder(folder: Path, watch: Watch = lambda read: None) -> Iterator[pa.Buffer]:
    """The N-Triples of a folder's tables, in pieces of whole lines, as far as they may be published.

    Each table is checked by itself (cells, form, order and uniqueness of ids), not the references between tables.
    Raises FaultyTablesError with every fault once all tables are read; what was given before must then be thrown away.
    """
    tables = tables_in(folder)
    further = _further(folder, tables)
    faults: list[Fault] = []
    for table in tables:
        yield from _map_table(folder, table, further, watch, faults)
    if faults:
        raise FaultyTablesError(faults)


def _map_table(folder: Path, table: Table, further: Further, watch: Watch, faults: list[Fault]) -> Iterator[pa.Buffer]:
    screening = Screening(table)
    try:
        for cells in read_blocks(table, folder / table.file, watch):
            if screening.look(cells) and not faults:
                yield from map_block(table, published(table, cells, further))
        faults += screening.faults
    except MalformedError as error:
        faults += _row_faults(folder, table, str(error))


def _further(folder: Path, tables: list[Table]) -> Further:
    """What second sources support; nothing where their table cannot be read, which is found out later."""
    evidence = [table for table in tables if table.name == EVIDENCE]
    try:
        return further_of(read_blocks(evidence[0], folder / evidence[0].file, lambda read: None)) if evidence else {}
    except MalformedError:
        return {}


def _row_faults(folder: Path, table: Table, said: str) -> list[Fault]:
    """The faults of a file that is no CSV of its table, found row by row."""
    sheet = read_sheet(table, folder / table.file)
    check_sheet(sheet)
    check_sourced(sheet)
    check_keys([sheet])
    return sheet.faults or [Fault(table.file, 0, "", "", f"cannot be read: {said}")]
