"""The exported R2RML, run by morph-kgc over the exported SQLite file, gives the triples that we map.

    python benchmarks/r2rml.py --morph build/morph-kgc

morph-kgc pins old libraries, so it lives in an environment of its own; the folder is made where it is missing. Ends
with 1 when a triple differs; `Z` and `+00:00` count as the same moment.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from icvkg.graph.mapping import map_rows
from icvkg.knowledge import KnowledgeGraph
from icvkg.release import location
from icvkg.release.exports import SQLITE, copy_export
from icvkg.release.pack import read_pack
from icvkg.release.r2rml import r2rml
from mapping import CONFIG, environment

SQL_CONFIG = CONFIG + "db_url=sqlite:///{base}\n"


def theirs(python: Path, release: Path, folder: Path) -> set[str]:
    """The lines that morph-kgc makes of the exports."""
    mapping, base, out = folder / "mapping.ttl", folder / SQLITE, folder / "out.nt"
    mapping.write_text(r2rml(table for table, _ in read_pack(release)), encoding="utf-8")
    copy_export(location.home(), release.name, SQLITE, base)
    (folder / "config.ini").write_text(SQL_CONFIG.format(out=out, mapping=mapping, base=base), encoding="utf-8")
    subprocess.run([str(python), "-m", "morph_kgc", str(folder / "config.ini")], check=True)
    return {line.replace("+00:00", "Z") for line in out.read_text(encoding="utf-8").splitlines() if line}


def ours(release: Path) -> set[str]:
    """The lines that we make of the published rows."""
    return {f"{triple} ." for table, rows in read_pack(release) for triple in map_rows(table, rows)}


def main() -> None:
    """Reads the command line, compares, says what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--morph", type=Path, default=Path("build/morph-kgc"))
    given = parser.parse_args()
    environment(given.morph, "morph-kgc", "sqlalchemy")
    digest = KnowledgeGraph.open().manifest.digest
    release = location.release_folder(location.home(), digest)
    with tempfile.TemporaryDirectory() as folder:
        mine, other = ours(release), theirs(given.morph / "bin" / "python", release, Path(folder))
    for sign, lines in (("-", sorted(mine - other)), ("+", sorted(other - mine))):
        print("".join(f"{sign} {line}\n" for line in lines[:20]), end="")
    print(f"{len(mine)} triples of ours, {len(other)} of morph-kgc, {len(mine & other)} the same")
    sys.exit(mine != other)


if __name__ == "__main__":
    main()
