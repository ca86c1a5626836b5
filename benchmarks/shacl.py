"""Our validator beside pyrudof, Jena and pyshacl with our shapes on generated graphs: seconds, memory, equal results.

    python benchmarks/shacl.py [--sizes 100000 1000000] [--rounds 3] [--json FILE]

Each measurement is a process of its own that reads N-Triples and the shapes, then validates; CPU seconds without
imports (Jena: of the whole process). One triple in 997 is left out of the graph, so that there is something to find.
Equal means: the same pairs of focus node and component. pyshacl runs up to 100,000 triples. What is not installed is
left out.
"""

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures import Figure, add_options, deliver
from validators import CHANGE, CHANGES, SIDES, ontology_lines, without_some

LARGEST_FOR_PYSHACL = 100_000
Run = dict[str, Any]


def measured(side: str, data: Path) -> Run:
    """One run in this process."""
    load, seconds, memory, pairs, more = SIDES[side](data)
    digest = hashlib.sha256("\n".join(sorted(map("\t".join, pairs))).encode()).hexdigest()[:12]
    return {"load": load, "validate": seconds, "MB": memory, "pairs": len(pairs), "digest": digest, "more": more}


def run(side: str, data: Path, rounds: int) -> Run | None:
    """The medians of several processes; None, with a word on stderr, where the side cannot run."""
    found = []
    for _ in range(rounds):
        command = [sys.executable, __file__, "--side", side, "--data", str(data)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{side}: {(done.stderr.strip().splitlines() or ['failed'])[-1]}", file=sys.stderr)
            return None
        found.append(json.loads(done.stdout.splitlines()[-1]))
    medians: Run = found[0] | {key: statistics.median(one[key] for one in found) for key in ("load", "validate", "MB")}
    medians["more"] = {key: statistics.median(one["more"][key] for one in found) for key in found[0]["more"]}
    return medians


def compare(data: Path, size: int, rounds: int) -> Iterator[Figure]:
    """The figures for one size: loading, validating, both, and what a change costs."""
    sides = [side for side in SIDES if side != "pyshacl" or size <= LARGEST_FOR_PYSHACL]
    runs = {side: found for side in sides if (found := run(side, data, 1 if side == "pyshacl" else rounds))}
    ours = runs["icvkg"]
    same = {
        side: f"{'yes' if each['digest'] == ours['digest'] else 'NO'}, {each['pairs']:,} results"
        for side, each in runs.items()
    }
    for work, keys in (("validate", ("validate",)), ("load and validate", ("load", "validate"))):
        for side, each in runs.items():
            yield Figure(work, size, side, sum(each[key] for key in keys), each["MB"], same[side])
    for name in CHANGES:
        work, equal = f"{CHANGE} triples taken away, {name}", "yes" if ours["more"][f"{name}, same"] else "NO"
        yield Figure(work, size, "icvkg, all again", ours["validate"])
        yield Figure(work, size, "icvkg, the change", ours["more"][f"{name}, s"], 0, equal)


def write_data(folder: Path, size: int) -> Path:
    """A generated graph with some triples left out, and the ontology, as N-Triples."""
    from generator import write_graph

    graph, data = write_graph(folder / str(size), size), folder / f"{size}.nt"
    with graph.open("rb") as lines, data.open("wb") as out:
        out.writelines(without_some(lines))
        out.write(ontology_lines())
    return data


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.side:
        print(json.dumps(measured(given.side, given.data)))
        return
    figures: list[Figure] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures += compare(write_data(Path(folder), size), size, given.rounds)
    deliver(figures, given)


if __name__ == "__main__":
    main()
