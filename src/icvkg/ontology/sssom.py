"""The table of alignments: an SSSOM file, metadata as YAML in `#` lines above tab-separated rows."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from icvkg import artefacts
from icvkg.errors import Fault, FaultyTablesError

FILE = "alignment.sssom.tsv"
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification",
    "subject_source_version", "object_source_version", "comment",
)  # fmt: skip
METADATA = ("mapping_set_id", "mapping_set_title", "license", "curie_map")


@dataclass(frozen=True)
class Row:
    """One mapping: the line of the file it stands on, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes a mapping one: subject, predicate, object."""
        return self.cells["subject_id"], self.cells["predicate_id"], self.cells["object_id"]


@dataclass(frozen=True)
class MappingSet:
    """The rows with the prefixes that their short names use."""

    prefixes: Mapping[str, str]
    rows: Sequence[Row]

    def expand(self, short: str) -> str | None:
        """The IRI of a short name; None when its prefix is not in the curie_map."""
        prefix, colon, local = short.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else None


def read_mappings() -> MappingSet:
    """The mappings of `ontology/alignment.sssom.tsv`."""
    return parse_mappings((artefacts.folder("ontology") / FILE).read_text(encoding="utf-8"))


def parse_mappings(text: str) -> MappingSet:
    """The mappings of a text; raises FaultyTablesError when its metadata or columns are not those expected."""
    lines = text.splitlines()
    above = [line[1:] for line in lines if line.startswith("#")]
    metadata = _metadata(above)
    header, *rows = csv.reader(lines[len(above) :], delimiter="\t", quoting=csv.QUOTE_NONE) or [[]]
    _check_columns(header, rows, len(above) + 1)
    first = len(above) + 2
    found = [Row(line, dict(zip(header, cells, strict=True))) for line, cells in enumerate(rows, first)]
    return MappingSet(metadata["curie_map"], found)


def _metadata(lines: Sequence[str]) -> dict[str, dict[str, str]]:
    try:
        read = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError:
        read = None
    if not isinstance(read, dict) or not all(read.get(key) for key in METADATA):
        raise FaultyTablesError([Fault(FILE, 1, "", "", f"metadata in # lines: {', '.join(METADATA)} expected")])
    return read


def _check_columns(header: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> None:
    faults = []
    if tuple(header) != COLUMNS:
        faults.append(Fault(FILE, line, "", "\t".join(header), f"columns expected: {', '.join(COLUMNS)}"))
    wrong = (number for number, cells in enumerate(rows, line + 1) if len(cells) != len(header))
    faults += [Fault(FILE, number, "", "", f"{len(header)} cells, split by tabs, expected") for number in wrong]
    if faults:
        raise FaultyTablesError(faults)
