"""N-Triples into a new store on disk, or into memory: ours, `oxigraph load`, rdflib and Jena TDB2.

    python benchmarks/loading.py [--sizes 10000 100000 1000000] [--rounds 3] [--json FILE]

CPU seconds and peak memory of whole processes, start-up included; the sides run in turn. rdflib keeps its graph in
memory and runs once at a million. Jena is left out where it is missing.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, add_options, deliver
from jena import class_path
from mapping import GENERATOR, Run, measure, median

EMBEDDED = """
import sys
import pyoxigraph as ox
ox.Store(*sys.argv[2:]).bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)
"""
RDFLIB = "import sys, rdflib; rdflib.Graph().parse(sys.argv[1], format='nt')"


def commands(data: Path, store: Path) -> dict[str, list[str]]:
    """The command of each side."""
    oxigraph = str(Path(sys.executable).with_name("oxigraph"))
    found = {
        "icvkg (pyoxigraph, disk)": [sys.executable, "-c", EMBEDDED, str(data), str(store)],
        "icvkg (pyoxigraph, memory)": [sys.executable, "-c", EMBEDDED, str(data)],
        "oxigraph load": [oxigraph, "load", "--location", str(store), "--file", str(data)],
        "rdflib": [sys.executable, "-c", RDFLIB, str(data)],
    }
    try:
        java = ["java", "-cp", class_path(data.parent)]
    except RuntimeError as error:
        print(f"Jena TDB2: {error}", file=sys.stderr)
        return found
    return found | {"Jena TDB2": [*java, "tdb2.tdbloader", "--loader=parallel", f"--loc={store}", str(data)]}


def figures(given: argparse.Namespace) -> Iterator[Figure]:
    """The medians of all sizes."""
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as place:
            measure([*GENERATOR, str(size), place])
            data, store = Path(place) / "graph.nt", Path(place) / "store"
            with data.open("rb") as lines:
                triples = sum(1 for _ in lines)
            runs: dict[str, list[Run]] = {}
            for number in range(given.rounds):
                for side, command in commands(data, store).items():
                    if number == 0 or side != "rdflib" or size < 1_000_000:
                        runs.setdefault(side, []).append(measure(command))
                    shutil.rmtree(store, ignore_errors=True)
            for side, found in runs.items():
                yield Figure("load", triples, side, median(found, "seconds"), median(found, "megabytes"))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    given = parser.parse_args()
    deliver(figures(given), given)


if __name__ == "__main__":
    main()
