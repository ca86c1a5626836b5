"""All benchmarks, one after the other, and one page of what they found.

    python benchmarks/all.py [--quick] [--only mapping shacl] [--sizes 10000 100000] [--out docs/performance.md]

Each part is a process of its own. What it found goes into `results.json` in the folder of the page's name, together
with the day, the machine, how busy it was and the versions; parts that are not run keep what they had. `--quick` takes
small graphs and one round. About an hour in all, most of it in the slow peers; wants a machine that does nothing else.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from machine import described
from page import ABOUT, PAGE, RESULTS, read_results, write_page

HERE = Path(__file__).parent
ROUNDS = {"asking": 9, "queries": 3}
ROUNDS_ELSE = 3
SIZED = {"mapping", "loading", "shacl", "queries"}
QUICK_SIZES = [10_000]


def measured(part: str, sizes: list[int], rounds: int, environments: Path) -> dict[str, Any]:
    """Runs one part; raises CalledProcessError when it fails."""
    options = ["--sizes", *map(str, sizes)] if sizes and part in SIZED else []
    options += {"mapping": ["--morph", str(environments / "morph-kgc")],
                "queries": ["--maplib", str(environments / "maplib")]}.get(part, [])  # fmt: skip
    if part == "derivation" and sizes == QUICK_SIZES:
        options = ["--sizes", "8000"]
    about = described() | {"rounds": rounds}
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "figures.json"
        command = [sys.executable, str(HERE / f"{part}.py"), "--rounds", str(rounds), "--json", str(out), *options]
        subprocess.run(command, check=True)
        return about | {"figures": json.loads(out.read_text(encoding="utf-8"))}


def main() -> None:
    """Runs the parts; the page is written after each. Ends with 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="Graphs of 10,000 triples, one round.")
    parser.add_argument("--only", nargs="+", choices=ABOUT, default=list(ABOUT), metavar="PART")
    parser.add_argument("--sizes", type=int, nargs="+", default=[])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--environments", type=Path, default=Path("build"), help="Where morph-kgc and maplib live.")
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    folder, failed = given.out.with_suffix(""), []
    folder.mkdir(exist_ok=True)
    for part in given.only:
        print(part, file=sys.stderr, flush=True)
        rounds = 1 if given.quick else given.rounds or ROUNDS.get(part, ROUNDS_ELSE)
        try:
            found = measured(part, QUICK_SIZES if given.quick else given.sizes, rounds, given.environments)
        except subprocess.CalledProcessError as error:
            failed.append(part)
            print(f"{part}: {error}", file=sys.stderr)
            continue
        results = read_results(folder) | {part: found}
        text = json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True)
        (folder / RESULTS).write_text(text + "\n", encoding="utf-8")
        write_page(results, given.out)
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
