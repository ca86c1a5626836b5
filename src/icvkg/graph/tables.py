"""All tables together: ours and the user's, read and checked as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import chain

from icvkg import artefacts
from icvkg.errors import FaultyTablesError, IcvkgError
from icvkg.graph.checks import Known, check_keys, check_references, check_sheet, minted
from icvkg.graph.metadata import Table, read_metadata
from icvkg.graph.publication import EVIDENCE, check_sourced, further_holds, split_recalled, supported
from icvkg.graph.reading import Row, Sheet, read_sheet

METADATA = ".csv-metadata.json"


@dataclass(frozen=True)
class Checked:
    """A table that passed the checks: the rows to publish and how many stand only as recalled."""

    table: Table
    rows: tuple[Row, ...]
    recalled: int


def schema() -> dict[str, Table]:
    """Every table we know of, by name, from the metadata files."""
    found = artefacts.sorted_files(artefacts.folder("graph") / "tables", METADATA)
    tables = [read_metadata(file) for file in found]
    return {table.name: table for table in tables}


def csv_files(folders: Sequence[Traversable]) -> list[tuple[Table, Traversable]]:
    """Every CSV file of the folders with the table of the same name; raises IcvkgError for unknown files."""
    tables = schema()
    found = []
    for file in chain.from_iterable(artefacts.sorted_files(folder, ".csv") for folder in folders):
        name = file.name.removesuffix(".csv")
        if name not in tables:
            raise IcvkgError(f"{file.name}: there is no table of this name; known are {', '.join(sorted(tables))}")
        found.append((tables[name], file))
    return found


def read_tables(folders: Sequence[Traversable]) -> list[Sheet]:
    """Every CSV file of the folders, read by the table of the same name; raises IcvkgError for unknown files."""
    return [read_sheet(table, file) for table, file in csv_files(folders)]


def check_tables(sheets: Sequence[Sheet], codes: Known, *, include_recalled: bool = False) -> list[Checked]:
    """The rows to publish, after every check; raises FaultyTablesError with all faults of all tables."""
    for sheet in sheets:
        check_sheet(sheet)
        check_sourced(sheet)
    check_keys(sheets)
    further = further_holds(row for sheet in sheets if sheet.table.name == EVIDENCE for row in sheet.rows)
    published = [_published(sheet, further, include_recalled) for sheet in sheets]
    known = _merge(codes, minted(published))
    every = minted(sheets)
    for sheet, full in zip(published, sheets, strict=True):
        check_references(sheet, known, every)
        full.faults.extend(sheet.faults)
    faults = [fault for sheet in sheets for fault in sheet.faults]
    if faults:
        raise FaultyTablesError(faults)
    return [_checked(full, sheet) for full, sheet in zip(sheets, published, strict=True)]


def _published(sheet: Sheet, further: Mapping[str, set[str]], include_recalled: bool) -> Sheet:
    """The sheet as far as it is published; a copy without the faults noted so far."""
    sourced, recalled = split_recalled(sheet)
    rows = sourced + recalled if include_recalled else sourced
    return Sheet(sheet.table, sheet.file, [supported(sheet, row, further) for row in rows])


def _checked(full: Sheet, published: Sheet) -> Checked:
    return Checked(full.table, tuple(published.rows), len(full.rows) - len(published.rows))


def _merge(codes: Known, ids: Known) -> dict[str, set[str]]:
    return {space: set(codes.get(space, ())) | set(ids.get(space, ())) for space in {*codes, *ids}}


def own_folder() -> Traversable:
    """The folder of our own tables."""
    return artefacts.folder("graph") / "tables"


def only_faults_of(error: FaultyTablesError, names: Iterable[str]) -> FaultyTablesError | None:
    """The same error with the faults of some tables only; None when these have none."""
    files = {f"{name}.csv" for name in names}
    faults = [fault for fault in error.faults if fault.file in files]
    return FaultyTablesError(faults) if faults else None
