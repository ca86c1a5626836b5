"""Asking: `icvkg query` from the shell, curated queries in a warm process beside the bare engine, and search.

    python benchmarks/asking.py [--rounds 9] [--json FILE]

The bare engine is given the same bound text on the same store, and its rows are turned into tuples as ours are; the two
take turns. Medians over the rounds; the release is that of $ICVKG_HOME, built when there is none.
"""

import argparse
import csv
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from figures import Figure, add_options, deliver
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import PREFIXES
from icvkg.queries.catalogue import catalogue
from icvkg.queries.parameters import bound_text
from icvkg.release.location import store_folder

SIDES = ("icvkg, warm process", "pyoxigraph alone")
COMMAND = [sys.executable, "-m", "icvkg.cli", "query", "driverless-paid-services"]
NAMES = Path(__file__).parents[1] / "tests" / "queries" / "names.csv"


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shell(rounds: int) -> float:
    """The median of whole processes, start-up included."""
    return statistics.median(
        seconds(lambda: subprocess.run(COMMAND, check=True, stdout=subprocess.DEVNULL)) for _ in range(rounds)
    )


def warm(graph: KnowledgeGraph, rounds: int) -> dict[str, tuple[float, float]]:
    """Medians of ours and of the bare engine, by curated query."""
    bare = ox.Store.read_only(str(store_folder(graph.home, graph.manifest.digest)))
    found = {}
    for query in catalogue():
        text = bound_text(query, {}, graph.manifest.as_of)

        def ask_bare(text: str = text) -> object:
            answer = bare.query(text, prefixes=PREFIXES)
            return [tuple(row) for row in answer] if isinstance(answer, ox.QuerySolutions) else answer

        pairs = [(seconds(lambda: graph.query(query.name)), seconds(ask_bare)) for _ in range(rounds)]  # noqa: B023
        found[query.name] = (
            statistics.median(ours for ours, _ in pairs),
            statistics.median(other for _, other in pairs),
        )
    return found


def searching(graph: KnowledgeGraph) -> list[float]:
    """Seconds of each of the two hundred frozen names, in order of length."""
    with NAMES.open(encoding="utf-8", newline="") as opened:
        texts = [row["text"] for row in csv.DictReader(opened)]
    graph.search("warm")
    return sorted(seconds(lambda: graph.search(text)) for text in texts)  # noqa: B023


def figures(rounds: int) -> Iterator[Figure]:
    """The medians: from the shell, all curated queries beside the bare engine, the least favourable, and search."""
    graph = KnowledgeGraph.open()
    by_query, found = warm(graph, rounds), searching(graph)
    yield Figure("a query from the shell", 0, "icvkg query driverless-paid-services", shell(rounds))
    worst = max(by_query, key=lambda name: by_query[name][0] / by_query[name][1])
    ours, bare = (sum(pair[side] for pair in by_query.values()) for side in (0, 1))
    for work, pair in ((f"all {len(by_query)} curated queries", (ours, bare)), (worst, by_query[worst])):
        yield from (Figure(work, 0, side, seconds) for side, seconds in zip(SIDES, pair, strict=True))
    yield Figure("search, 200 names", 0, "icvkg, the median", found[len(found) // 2])
    yield Figure("search, 200 names", 0, "icvkg, the slowest", found[-1])


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 9)
    given = parser.parse_args()
    deliver(figures(given.rounds), given)


if __name__ == "__main__":
    main()
