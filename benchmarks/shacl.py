"""Our validator beside pyshacl on the current release with our shapes: seconds, memory, equal rows.

    python benchmarks/shacl.py [--rounds 3] [--no-peer]

Each measurement is a process of its own that reads the release's Turtle and the shapes, then validates; CPU seconds.
"""

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from icvkg.release import dumps, location
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.files import read_file
from icvkg.validation.reference import reference_report
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import read_shapes

SIDES = ("icvkg", "pyshacl")


def measured(side: str, data: Path) -> dict[str, object]:
    """One run: seconds of loading and validating, peak memory, and a hash of the rows."""
    start = time.process_time()
    triples = read_file(data)
    store = EmbeddedStore.in_memory(triples) if side == "icvkg" else None
    loaded = time.process_time()
    report = validate(store, read_shapes()) if store else reference_report(triples, read_shapes())
    return {
        "load": loaded - start,
        "validate": time.process_time() - loaded,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "triples": len(triples),
        "results": len(report.results),
        "rows": digest(report),
    }


def digest(report: Report) -> str:
    """A hash of the rows on which two validators must agree."""
    rows = sorted("\t".join((*each.row, each.value)) for each in report.results)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def run(side: str, data: Path) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--side", side, "--data", str(data)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def compare(data: Path, rounds: int, sides: tuple[str, ...]) -> list[str]:
    """Lines of a table; the slow peer runs once."""
    lines = ["| side | load s | validate s | MB | results | rows |", "| --- | --- | --- | --- | --- | --- |"]
    for side in sides:
        runs = [run(side, data) for _ in range(rounds if side == "icvkg" else 1)]
        load, seconds, memory = (
            statistics.median(one[key] for one in runs) for key in ("load", "validate", "megabytes")
        )
        lines.append(
            f"| {side} | {load:.2f} | {seconds:.2f} | {memory:.0f} | {runs[0]['results']} | {runs[0]['rows']} |"
        )
    return lines


def current() -> Path:
    """The Turtle file of the current release."""
    folder = location.current(location.home())
    if folder is None:
        sys.exit("There is no release: run icvkg build first.")
    return folder / dumps.TURTLE


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    data = given.data or current()
    if given.side:
        print(json.dumps(measured(given.side, data)))
    else:
        print("\n".join(compare(data, given.rounds, SIDES[:1] if given.no_peer else SIDES)))


if __name__ == "__main__":
    main()
