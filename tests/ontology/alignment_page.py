"""The table in `docs/alignment.md`: compared, or written anew (`python -m tests.ontology.alignment_page`)."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from icvkg.ontology.sssom import read_mappings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "alignment.md"
NAMES = {
    "auto": "EDM Council AUTO", "bmo": "Business Model Ontology", "cur": "QUDT currencies", "dcterms": "DCMI terms",
    "eli": "ELI", "fibo": "FIBO", "foaf": "FOAF", "geo": "WGS84", "geosparql": "GeoSPARQL", "gist": "gist",
    "gr": "GoodRelations", "iof": "IOF", "m8g": "Core Public Organisation", "oa": "Web Annotation", "org": "ORG",
    "prov": "PROV-O", "qb": "Data Cube", "qudt": "QUDT", "schema": "schema.org", "sosa": "SOSA",
}  # fmt: skip
HEAD = (
    "| vocabulary | narrower class | narrower property | points to | file read in |\n| --- | --- | --- | --- | --- |\n"
)
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)
_FILES = ROOT / "ontology" / "vocabulary-terms.csv"


def family(prefix: str) -> str:
    """The vocabulary of a prefix: `fibo` for `fibo-be-oac-cown`."""
    return prefix.split("-", maxsplit=1)[0]


def rows() -> Iterator[str]:
    """One line a vocabulary: how many of our terms are narrower, how many only point, and the snapshot read."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_mappings().rows:
        counts[family(row.cells["object_id"].partition(":")[0])][row.cells["predicate_id"]] += 1
    listed = csv.DictReader(_FILES.read_text(encoding="utf-8").splitlines())
    read = {family(row["vocabulary"]): f"{row['repository']}@{row['commit'][:7]}" for row in listed}
    for name in sorted(counts, key=lambda each: NAMES[each].lower()):
        by = counts[name]
        cells = (NAMES[name], by["rdfs:subClassOf"], by["rdfs:subPropertyOf"], by["rdfs:seeAlso"], f"`{read[name]}`")
        yield "| " + " | ".join(map(str, cells)) + " |\n"


def renewed(text: str) -> str:
    """The page with the table as it is now."""
    return _TABLE.sub(lambda _: HEAD + "".join(rows()), text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
