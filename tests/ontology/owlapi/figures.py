"""The figures of README.md and docs/protege.md, between their markers.

`python -m tests.ontology.owlapi.figures` renews them. Only what depends on the ontology alone is counted: a new row of
a table makes no figure old.
"""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from icvkg.release.build import build
from tests.ontology.owlapi.checker import Report, compile_checker
from tests.ontology.owlapi.published import inspect_published

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "README.md", ROOT / "docs" / "protege.md")
_BLOCK = re.compile(r"(<!-- figures: (?P<name>\w+) -->\n).*?(<!-- end of figures -->)", re.DOTALL)
_WITH_DATA = ("individuals.ttl", "icvkg.ttl")

Reports = Mapping[str, Report]


def renewed(text: str, reports: Reports) -> str:
    """The text with every block of figures as the reports have them."""
    blocks = {"ontology": _ontology, "documents": _documents}
    return _BLOCK.sub(lambda found: found[1] + blocks[found["name"]](reports) + found[3], text)


def _ontology(reports: Reports) -> str:
    merged = reports["icv-merged.ttl"]
    counts = (
        ("classes", merged["classes"]),
        ("object properties", merged["objectProperties"]),
        ("data properties", merged["dataProperties"]),
        ("annotation properties", merged["annotationProperties"]),
        ("codes and code lists", merged["individuals"]),
        ("axioms", merged["axioms"]),
    )
    rows = [f"| {name} | {count:,} |" for name, count in counts]
    rows += [f"| expressivity | {merged['expressivity']} |"]
    rows += [f"| {title} | {_together(key, reports)} |" for title, key in _VERDICTS]
    return "\n".join(["| ontology | |", "| --- | --- |", *rows, ""])


_VERDICTS = (("OWL 2 DL", "dl"), ("OWL 2 RL", "rl"), ("HermiT", "hermit"))


def _together(key: str, reports: Reports) -> str:
    """The verdict on the terms and on the terms with all data, in one cell when they agree."""
    terms, data = (_verdict(reports[name], key) for name in ("icv-merged.ttl", "icvkg.ttl"))
    return f"{terms}, with and without the data" if terms == data else f"terms: {terms}; with the data: {data}"


def _verdict(report: Report, key: str) -> str:
    if key == "hermit":
        return f"{report['hermit']}, {len(report.get('unsatisfiable', ()))} unsatisfiable classes"
    return f"{len(report[key]) or 'no'} violations"


def _documents(reports: Reports) -> str:
    names = sorted(name for name in reports if name.endswith(".ttl") and not name.startswith("codes-"))
    codes = [report for name, report in reports.items() if name.startswith("codes-") and name.endswith(".ttl")]
    rows = [_row(name, [reports[name]]) for name in names] + [_row(f"codes-*.ttl ({len(codes)} code lists)", codes)]
    head = ["| document | axioms of its own | expressivity with imports | OWL 2 DL | OWL 2 RL | HermiT |"]
    return "\n".join([*head, "| --- | --- | --- | --- | --- | --- |", *rows, ""])


def _row(name: str, reports: list[Report]) -> str:
    axioms = "as many as the release has" if name in _WITH_DATA else f"{sum(each['axioms'] for each in reports):,}"
    cells = [", ".join(sorted({each["expressivity"] for each in reports}))]
    cells += [", ".join(sorted({_verdict(each, key) for each in reports})) for _, key in _VERDICTS]
    return f"| {name} | {axioms} | " + " | ".join(cells) + " |"


def main() -> None:
    """Builds, exports, inspects, and writes the figures into the pages."""
    compile_checker()
    with tempfile.TemporaryDirectory() as folder:
        reports = inspect_published(build(Path(folder)), Path(folder) / "protege").files
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8"), reports), encoding="utf-8")


if __name__ == "__main__":
    main()
