"""Tables to N-Triples beside an rdflib loop and morph-kgc, and tables to a store beside `oxigraph load`.

    python benchmarks/mapping.py [--sizes 10000 100000 1000000 10000000] [--rounds 3] [--json FILE]
    python benchmarks/mapping.py --sizes 100000 --sides icvkg --no-store

Every measurement is a process of its own; the sides run in turn; figures are medians of CPU seconds.
The tables are those of `benchmarks/generator.py`. We read them as they are, check them and leave out what no source
supports. The peers get easier work: rdflib the rows without checks, and its time ends before the graph is written;
morph-kgc (own environment, RML) flat files in which lists and dates are already spread out. All must give the same
lines after sorting. `oxigraph load` (PyPI) is handed our N-Quads; we start from the tables.
"""

import argparse
import hashlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figures import Figure, add_options, deliver

HERE = Path(__file__).parent
ICVKG = [sys.executable, "-m", "icvkg.cli", "map"]
FLAT, TIMED = str(HERE / "peers.py"), str(HERE / "after_imports.py")
GENERATOR = [sys.executable, str(HERE / "generator.py")]
PEERS_UP_TO = 1_000_000
"""The peers are too slow, and rdflib too large, beyond that many triples."""
SIDES = ("icvkg", "rdflib", "morph-kgc")
STORES = ("oxigraph load", "icvkg map --store")
FAST = ("icvkg", *STORES)
CONFIG = """[CONFIGURATION]
output_format=N-TRIPLES
output_file={out}
number_of_processes=1
logging_level=ERROR
[data]
mappings={mapping}
"""


@dataclass(frozen=True)
class Run:
    """What one process took: CPU seconds of all of it and after its imports, where it says so, and peak memory."""

    seconds: float
    inner: float
    megabytes: float


def measure(command: list[str]) -> Run:
    """Runs a command; raises CalledProcessError when it fails.

    A child's peak starts at that of its parent: this process must stay small, and leaves all work to others.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, said.read()[-2000:])
        said.seek(0)
        inner = re.search(rb"(?m)^seconds ([0-9.]+)$", said.read())
    seconds = used.ru_utime + used.ru_stime
    return Run(seconds, float(inner[1]) if inner else seconds, used.ru_maxrss / 1024)


@dataclass(frozen=True)
class Bench:
    """The tables of one size in a folder, and the commands that map and load them."""

    folder: Path
    triples: int
    morph: Path

    @property
    def tables(self) -> Path:
        """The folder of the tables."""
        return self.folder / "tables"

    def out(self, side: str) -> Path:
        """Where a side writes its N-Triples."""
        return self.folder / f"{side}.nt"

    def mapping(self, side: str) -> list[str]:
        """The command by which a side maps the tables."""
        if side == "icvkg":
            return [sys.executable, TIMED, side, str(self.tables), str(self.out(side))]
        if side == "rdflib":
            return [sys.executable, TIMED, side, str(self.tables)]
        mapping = self.folder / "flat" / "mapping.ttl"
        if not mapping.exists():
            measure([sys.executable, FLAT, str(self.tables), str(mapping.parent)])
        config = self.folder / "morph.ini"
        config.write_text(CONFIG.format(out=self.out(side), mapping=mapping), encoding="utf-8")
        return [str(self.morph / "bin" / "python"), TIMED, side, str(config)]

    def loading(self, side: str) -> list[str]:
        """The command by which a side fills a new store."""
        store = self.folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        if side == "icvkg map --store":
            return [*ICVKG, str(self.tables), "--store", str(store)]
        quads = self.folder / "graph.nq"
        if not quads.exists():
            os.link(self.folder / "graph.nt", quads)
        oxigraph = str(Path(sys.executable).with_name("oxigraph"))
        return [oxigraph, "load", "--location", str(store), "--file", str(quads)]

    def check(self, sides: tuple[str, ...]) -> None:
        """Ends the benchmark unless all sides wrote the same lines."""
        if "rdflib" in sides:
            measure([*self.mapping("rdflib"), str(self.out("rdflib"))])
        found = {side: digest(self.out(side)) for side in sides}
        if len(set(found.values())) > 1:
            sys.exit(f"The graphs differ at {self.triples} triples: {found} in {self.folder}")


def digest(file: Path) -> str:
    """A hash of the distinct lines of a file, sorted by their bytes."""
    ordered = file.with_suffix(".sorted")
    command = ["sort", "--unique", f"--output={ordered}", str(file)]
    subprocess.run(command, check=True, env=os.environ | {"LC_ALL": "C"})
    with ordered.open("rb") as opened:
        if opened.readline() != b"\n":
            opened.seek(0)
        return hashlib.file_digest(opened, "sha256").hexdigest()[:16]


def environment(folder: Path, *packages: str) -> None:
    """Makes an environment with packages that cannot share ours, unless it is there."""
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", *packages], check=True)


def compare(bench: Bench, sides: tuple[str, ...], rounds: int, *, store: bool) -> Iterator[Figure]:
    """The figures for one size. The slow peers run once at the largest size that they are given."""
    runs: dict[str, list[Run]] = {side: [] for side in (*sides, *(STORES if store else ()))}
    for number in range(rounds):
        for side, found in runs.items():
            if number == 0 or side in FAST or bench.triples < PEERS_UP_TO / 2:
                found.append(measure(bench.loading(side) if side in STORES else bench.mapping(side)))
    if len(sides) > 1:
        bench.check(sides)
    for work, of, key in (("map, without imports", sides, "inner"), ("map, whole process", sides, "seconds"),
                          ("tables to a store", STORES if store else (), "seconds")):  # fmt: skip
        for side in of:
            same = "yes, line for line" if len(sides) > 1 and of is sides else ""
            yield Figure(work, bench.triples, side, median(runs[side], key), median(runs[side], "megabytes"), same)


def median(runs: list[Run], key: str) -> float:
    """The median of one figure."""
    return float(statistics.median(getattr(run, key) for run in runs))


def figures(given: argparse.Namespace) -> Iterator[Figure]:
    """The figures of all sizes."""
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=given.scratch) as folder:
            measure([*GENERATOR, str(size), folder])
            with Path(folder, "graph.nt").open("rb") as graph:
                triples = sum(1 for _ in graph)
            bench = Bench(Path(folder), triples, given.morph)
            small = size <= PEERS_UP_TO
            sides = tuple(given.sides) if small else ("icvkg",)
            yield from compare(bench, sides, given.rounds, store=given.store and small)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000, 10_000_000])
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=SIDES)
    parser.add_argument("--no-store", dest="store", action="store_false", help="Leave out the loading of stores.")
    parser.add_argument(
        "--morph",
        type=Path,
        default=Path("build/morph-kgc"),
        help="morph-kgc's environment: made here where it is missing.",
    )
    parser.add_argument("--scratch", type=Path, help="Where the tables go for the time of the run.")
    given = parser.parse_args()
    if "morph-kgc" in given.sides:
        environment(given.morph, "morph-kgc", "sqlalchemy")
    deliver(figures(given), given)


if __name__ == "__main__":
    main()
