"""`icvkg build` after one changed cell beside a build from nothing, of the real tables.

    python benchmarks/rebuild.py [--rounds 5] [--json FILE]

Each round changes one cell of a copy of the tables, builds from nothing into an empty folder, and rebuilds beside the
release of the round before; both must give the same bytes. Medians of CPU seconds of whole processes.
"""

import argparse
import csv
import io
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from figures import Figure, add_options, deliver

TABLES = Path(__file__).parents[1] / "graph" / "tables"
CELLS = {
    "a note": ("equity-stakes", "note_en"),
    "a figure": ("figures", "value"),
    "a name of a firm": ("firms", "label_en"),
    "a date of a claim": ("supply-relations", "last_attested"),
}
BUILD = """
import sys
from pathlib import Path
from icvkg.release import build as b
b.own_folder = lambda: Path(sys.argv[1])
print(b.build(Path(sys.argv[2])).folder)
"""


def change(tables: Path, name: str, column: str, number: int) -> None:
    """Changes one filled cell of a column, another one each time."""
    file = tables / f"{name}.csv"
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    place = rows[0].index(column)
    row = [each for each in rows[1:] if each[place]][number]
    old = row[place]
    row[place] = "2026-11" if column == "last_attested" else f"{old}{number + 1}" if old.isdigit() else f"{old} so"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)


def build(tables: Path, root: Path) -> tuple[float, Path]:
    """CPU seconds of a build in a process of its own, and the folder of its release."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", BUILD, tables, root], check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, Path(done.stdout.strip())


def same(one: Path, two: Path) -> bool:
    """Whether two releases hold the same files, byte for byte."""
    names = sorted(os.listdir(one))
    return names == sorted(os.listdir(two)) and all((one / n).read_bytes() == (two / n).read_bytes() for n in names)


def measure(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds from nothing and of the rebuild, by kind of cell."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        tables, root = Path(place, "tables"), Path(place, "kept")
        shutil.copytree(TABLES, tables)
        build(tables, root)
        for number in range(rounds):
            for kind, (name, column) in CELLS.items():
                change(tables, name, column, number)
                nothing, fresh = build(tables, Path(place, "fresh"))
                again, kept = build(tables, root)
                if not same(fresh, kept):
                    raise SystemExit(f"{kind}: the rebuild gave other bytes")
                shutil.rmtree(Path(place, "fresh"))
                found[kind].append((nothing, again))
    return found


def figures(rounds: int) -> Iterator[Figure]:
    """The medians, by kind of cell."""
    for kind, times in measure(rounds).items():
        nothing, again = (statistics.median(side) for side in zip(*times, strict=True))
        yield Figure(f"a changed cell: {kind}", 0, "icvkg, from nothing", nothing)
        yield Figure(f"a changed cell: {kind}", 0, "icvkg, rebuild", again, 0, "yes, byte for byte")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, 5)
    given = parser.parse_args()
    deliver(figures(given.rounds), given)


if __name__ == "__main__":
    main()
