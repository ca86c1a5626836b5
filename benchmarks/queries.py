"""The curated queries on several engines: the real release and generated graphs; time, memory, equal answers.

    python benchmarks/queries.py [--sizes 0 10000 100000 1000000] [--limit 3] [--json FILE]

Size 0 is the release of $ICVKG_HOME, built when there is none. Every engine is a process of its own that loads the same
N-Triples, the ontology among them, and is asked every query with its defaults; CPU seconds (wall-clock of the server),
loading apart. A peer is compared with the embedded store on the queries that it finishes in time with the same rows,
memory with memory, disk with disk. The time limit is for one query; a process gets thirty of these beside the time to
load. Jena and maplib are left out where they are missing; maplib's environment is made.
"""

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from figures import Figure, add_options, deliver
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import catalogue
from icvkg.queries.parameters import bound_text
from icvkg.release import location
from jena import class_path
from mapping import environment
from query_engines import digest

HERE = Path(__file__).parent
ENGINE = str(HERE / "query_engines.py")
MEMORY, DISK = "pyoxigraph, memory", "pyoxigraph, disk"
PEERS = {
    "rdflib": MEMORY, "maplib": MEMORY, "Jena ARQ, memory": MEMORY, "Jena TDB2": DISK, "oxigraph serve": DISK,
}  # fmt: skip
"""By peer: what it is compared with."""


@dataclass
class Answers:
    """What one engine said: by query its seconds and hash, the faults, and its peak memory."""

    seconds: dict[str, float] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    megabytes: float = 0


@dataclass(frozen=True)
class Bench:
    """A folder with `data.nt` and `queries/`, seconds for a query, and where maplib is."""

    folder: Path
    limit: float
    maplib: Path

    def answers(self, side: str) -> Answers:
        """What a side says to all queries; nothing where it cannot run, with a word on stderr."""
        try:
            return self._jena(side) if side.startswith("Jena") else self._python(side)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            print(f"{side}: {error}", file=sys.stderr)
            return Answers()

    def _python(self, side: str) -> Answers:
        python = str(self.maplib / "bin" / "python") if side == "maplib" else sys.executable
        data, queries = str(self.folder / "data.nt"), str(self.folder / "queries")
        found = Answers()
        for line in self._lines([python, ENGINE, side, data, queries, str(self.limit)]):
            said: dict[str, Any] = json.loads(line)
            found.megabytes = max(found.megabytes, said["MB"])
            if "failed" in said:
                found.failed[said["name"]] = said["failed"]
            else:
                found.seconds[said["name"]], found.digests[said["name"]] = said["seconds"], said["digest"]
        return found

    def _jena(self, side: str) -> Answers:
        path, data, out = class_path(self.folder), self.folder / "data.nt", self.folder / side
        out.mkdir()
        where = ["memory", str(data)]
        if side == "Jena TDB2":
            where = ["tdb2", str(self.folder / "tdb2")]
            load = ["java", "-cp", path, "tdb2.tdbloader", "--loader=parallel", f"--loc={where[1]}", str(data)]
            subprocess.run(load, check=True, capture_output=True)
        java = ["java", "-cp", path, str(HERE / "JenaQueries.java")]
        found = Answers()
        for line in self._lines([*java, *where, str(self.folder / "queries"), str(self.limit), str(out)]):
            name, said = line.split("\t")
            if not re.fullmatch(r"[\d.E-]+", said):
                found.failed[name] = said
                continue
            with (out / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
                columns, *rows = csv.reader(opened)
            found.seconds[name], found.digests[name] = float(said), digest(columns, rows)
        return found

    def _lines(self, command: list[str]) -> list[str]:
        """What a process says before it ends or its time is over."""
        with tempfile.TemporaryFile("w+") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
            try:
                process.wait(60 + 30 * self.limit)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            out.seek(0)
            return [line.rstrip("\n") for line in out if line.endswith("\n")]


def prepared(size: int, folder: Path) -> int:
    """Writes the graph and the queries into the folder; gives the number of triples."""
    from generator import write_graph
    from validators import ontology_lines

    graph = KnowledgeGraph.open()
    with (folder / "data.nt").open("wb") as out:
        if size:
            out.write(write_graph(folder, size).read_bytes() + ontology_lines())
        else:
            out.writelines(_released(graph))
    (folder / "queries").mkdir()
    for query in catalogue():
        text = bound_text(query, {}, graph.manifest.as_of)
        (folder / "queries" / f"{query.name}.rq").write_text(text, encoding="utf-8")
    with (folder / "data.nt").open("rb") as lines:
        return sum(1 for _ in lines)


def _released(graph: KnowledgeGraph) -> Iterator[bytes]:
    from icvkg.store.files import read_file

    file = location.release_folder(graph.home, graph.manifest.digest) / "icvkg.ttl"
    return (f"{triple} .\n".encode() for triple in read_file(file))


def compare(bench: Bench, size: int) -> Iterator[Figure]:
    """The figures for one graph: each peer beside ours, on the queries that both answer alike."""
    ours = {side: bench.answers(side) for side in (MEMORY, DISK)}
    for peer, side in PEERS.items():
        own, other = ours[side], bench.answers(peer)
        common = [name for name in other.seconds if name in own.seconds]
        alike = [name for name in common if other.digests[name] == own.digests[name]]
        if not alike:
            continue
        ratio = math.exp(sum(math.log(other.seconds[each] / own.seconds[each]) for each in alike) / len(alike))
        unlike = [name for name in common if name not in alike]
        late = len(own.seconds) - len(common)
        said = f"{len(alike)} of {len(own.seconds)} equal; geometric mean of the ratios {ratio:.1f}"
        said += f"; differs: {', '.join(unlike)}" if unlike else ""
        said += f"; {late} failed or not within {bench.limit:.0f} s" if late else ""
        work = f"curated queries that {peer} answers"
        yield Figure(work, size, f"icvkg ({side})", sum(own.seconds[name] for name in alike), own.megabytes)
        yield Figure(work, size, peer, sum(other.seconds[name] for name in alike), other.megabytes, said)
        print(f"{size} {peer}: {said} {other.failed}", file=sys.stderr, flush=True)


def figures(given: argparse.Namespace) -> Iterator[Figure]:
    """The figures of all graphs."""
    environment(given.maplib, "maplib")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as place:
            triples = prepared(size, Path(place))
            for each in compare(Bench(Path(place), given.limit, given.maplib), triples):
                work = each.work if size else f"real release: {each.work}"
                yield Figure(work, each.size, each.side, each.seconds, each.megabytes, each.same)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 1)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 10_000, 100_000, 1_000_000])
    parser.add_argument("--limit", type=float, default=3.0)
    parser.add_argument("--maplib", type=Path, default=Path("build/maplib"), help="maplib's environment.")
    given = parser.parse_args()
    deliver(figures(given), given)


if __name__ == "__main__":
    main()
