"""`icvkg build` and `icvkg query` beside the same work done by a plain rdflib and pyshacl script.

    python benchmarks/build_and_ask.py [--rounds 5] [--json FILE]

Each measurement is a process of its own, the two sides in turn; medians of wall-clock seconds; the slow peer runs once.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, add_options, deliver

PEER = str(Path(__file__).with_name("plain_rdflib.py"))
ICVKG = [sys.executable, "-m", "icvkg.cli"]
QUERY = "driverless-paid-services"
PEER_ROUNDS = 1
NAMES = {"build": "build the real release", "query": "one query from the shell"}
SIDES = {"icvkg": "icvkg", "rdflib": "rdflib and pyshacl"}


def seconds(command: list[str], home: str) -> float:
    """Wall-clock seconds of one run; raises CalledProcessError when it fails."""
    start = time.perf_counter()
    environment = os.environ | {"ICVKG_HOME": home}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def measure(rounds: int) -> dict[str, list[float]]:
    """Seconds by work and side."""
    found: dict[str, list[float]] = {"build, icvkg": [], "build, rdflib": [], "query, icvkg": [], "query, rdflib": []}
    with tempfile.TemporaryDirectory() as folder:
        turtle = f"{folder}/peer.ttl"
        for round_ in range(rounds):
            home = f"{folder}/{round_}"
            found["build, icvkg"].append(seconds([*ICVKG, "build"], home))
            found["query, icvkg"].append(seconds([*ICVKG, "query", QUERY], home))
            if round_ < PEER_ROUNDS:
                found["build, rdflib"].append(seconds([sys.executable, PEER, "build", turtle], home))
                found["query, rdflib"].append(seconds([sys.executable, PEER, "ask", turtle, QUERY], home))
    return found


def figures(rounds: int) -> Iterator[Figure]:
    """The medians, by work."""
    for work, times in measure(rounds).items():
        name, side = work.split(", ")
        yield Figure(NAMES[name], 0, SIDES[side], statistics.median(times))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 5)
    given = parser.parse_args()
    deliver(figures(given.rounds), given)


if __name__ == "__main__":
    main()
