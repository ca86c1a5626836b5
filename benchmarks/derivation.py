"""Our derivation beside owlrl, HermiT, pyshacl's rules and reasonable, on graphs of one ontology; edges compared.

    python benchmarks/derivation.py [--sizes 8000 160000] [--rounds 3] [--json FILE]

Each measurement is a process of its own; CPU seconds without imports (HermiT: wall clock). reasonable leaves property
chains out, so that its edges are compared with ours without them; its time with ours of everything. Needs owlrl,
owlready2 with Java, pyshacl and reasonable from PyPI; what is missing is left out.
"""

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator

from figures import Figure, add_options, deliver
from reasoners import ENGINES, reasoned

SMALL, LARGE = 8_000, 160_000
AT = {
    SMALL: ("icvkg", "owlrl", "HermiT", "pyshacl rules", "reasonable", "icvkg, no chains"),
    LARGE: ("icvkg", "reasonable", "icvkg, no chains"),
}
WITHOUT_CHAINS = {"reasonable", "icvkg, no chains"}
Run = dict[str, float | str]


def measured(engine: str, size: int) -> Run:
    """One run in this process."""
    load, seconds, edges = reasoned(engine, size)
    digest = hashlib.sha256("\n".join(sorted(edges)).encode()).hexdigest()[:12]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": load, "reason": seconds, "megabytes": memory, "edges": len(edges), "digest": digest}


def run(engine: str, size: int, rounds: int) -> Run | None:
    """The medians of several processes; None, with a word on stderr, where the engine cannot run."""
    command = [sys.executable, __file__, "--engine", engine, "--size", str(size)]
    found = []
    for _ in range(rounds):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{engine}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        found.append(json.loads(done.stdout.splitlines()[-1]))
    medians = {key: statistics.median(each[key] for each in found) for key in ("load", "reason", "megabytes")}
    return {**found[0], **medians}


def compare(size: int, rounds: int) -> Iterator[Figure]:
    """The figures for one size: deriving alone, and with loading."""
    runs = {
        engine: found
        for engine in AT[size]
        if (found := run(engine, size, rounds if size == LARGE or "icvkg" in engine else 1))
    }
    for work, keys in (("derive", ("reason",)), ("load and derive", ("load", "reason"))):
        for engine, each in runs.items():
            same = each["digest"] == runs["icvkg, no chains" if engine in WITHOUT_CHAINS else "icvkg"]["digest"]
            said = f"{'yes' if same else 'NO'}, {each['edges']:,} edges{', no chains' * (engine in WITHOUT_CHAINS)}"
            seconds = sum(float(each[key]) for key in keys)
            yield Figure(work, size, engine, seconds, float(each["megabytes"]), said)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 3)
    parser.add_argument("--sizes", type=int, nargs="+", choices=AT, default=list(AT))
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        print(json.dumps(measured(given.engine, given.size)))
        return
    deliver((figure for size in given.sizes for figure in compare(size, given.rounds)), given)


if __name__ == "__main__":
    main()
