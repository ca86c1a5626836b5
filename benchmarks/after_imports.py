"""Runs one side of `benchmarks/mapping.py` and prints the CPU seconds that it took after its imports.

python benchmarks/after_imports.py icvkg TABLES OUT.nt
python benchmarks/after_imports.py rdflib TABLES [OUT.nt]
python benchmarks/after_imports.py morph-kgc CONFIG
"""

import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path


def icvkg(tables: str, out: str) -> Callable[[], object]:
    """The command `icvkg map`, with all that it imports, pyarrow's own late imports included."""
    import pyarrow

    from icvkg.cli.main import icvkg as command
    from icvkg.graph import streaming

    pyarrow.array([streaming.__name__])
    return lambda: command(["map", tables, "--out", out], standalone_mode=False)


def rdflib(tables: str, *out: str) -> Callable[[], object]:
    """The loop, which writes its graph when a file is named."""
    from peers import rdflib_loop

    def run() -> None:
        graph = rdflib_loop(Path(tables))
        if out:
            graph.serialize(out[0], format="nt", encoding="utf-8")

    return run


def morph(config: str) -> Callable[[], object]:
    """The command of morph-kgc."""
    __import__("morph_kgc")
    sys.argv = ["morph_kgc", config]
    return lambda: runpy.run_module("morph_kgc", run_name="__main__")


if __name__ == "__main__":
    sides: dict[str, Callable[..., Callable[[], object]]] = {"icvkg": icvkg, "rdflib": rdflib, "morph-kgc": morph}
    work = sides[sys.argv[1]](*sys.argv[2:])
    start = time.process_time()
    work()
    print(f"seconds {time.process_time() - start:.3f}")
