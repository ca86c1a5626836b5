"""The same bytes in each file of a release, whatever builds it: Python, locale, zone, hash seed, order of files."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from icvkg.release.build import Built
from icvkg.store.embedded import EmbeddedStore

OTHER = "ICVKG_OTHER_PYTHON"
CODE = """
import random, sys, zlib
from pathlib import Path
listed = Path.iterdir
def shuffled(folder):
    found = list(listed(folder))
    random.shuffle(found)
    return iter(found)
Path.iterdir = shuffled
from icvkg.release.build import build
print(build(Path(sys.argv[1])).folder)
print(*sys.version_info[:2])
print(zlib.ZLIB_RUNTIME_VERSION)
"""
ELSEWHERE = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "LANG": "zh_CN.GB18030", "PYTHONUTF8": "0"}


def built_by(python: str, root: Path) -> tuple[Path, str, str]:
    """The folder of a release of our tables, built elsewhere; the versions of Python and zlib there."""
    environment = os.environ | ELSEWHERE | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [python, "-W", "ignore", "-c", CODE, root], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    folder, version, zlib_version = done.stdout.splitlines()[-3:]
    return Path(folder), version, zlib_version


def differing(one: Path, two: Path, *, same_zlib: bool) -> list[str]:
    """The names of files that differ; compressed ones by content where another zlib compressed them."""
    names = {file.name for folder in (one, two) for file in folder.iterdir()}
    if not same_zlib:
        names.remove("SHA256SUMS")

    def data(file: Path) -> bytes:
        found = file.read_bytes() if file.exists() else b""
        return gzip.decompress(found) if file.suffix == ".gz" and not same_zlib else found

    return sorted(name for name in names if data(one / name) != data(two / name))


def triples_of(folder: Path) -> list[str]:
    return sorted(map(str, EmbeddedStore.read_only(folder.parents[1] / "stores" / folder.name)))


def same_release(built: Built, python: str, root: Path) -> str:
    """Compares every file, and the store by its dump; gives the other Python's version."""
    import zlib

    assert built.folder is not None
    second, version, zlib_version = built_by(python, root)
    assert second.name == built.folder.name
    assert len(list(second.iterdir())) >= 12
    assert differing(built.folder, second, same_zlib=zlib_version == zlib.ZLIB_RUNTIME_VERSION) == []
    assert triples_of(second) == triples_of(built.folder)
    return version


def test_locale_time_zone_hash_seed_and_order_of_files_change_nothing(built: Built, tmp_path: Path) -> None:
    same_release(built, sys.executable, tmp_path)


@pytest.mark.skipif(OTHER not in os.environ, reason=f"{OTHER} names no other Python that has our dependencies")
def test_another_python_gives_the_same_bytes(built: Built, tmp_path: Path) -> None:
    """`.ci/run` looks for one (`python -m tests.release.other_python`) and installs the dependencies there."""
    version = same_release(built, os.environ[OTHER], tmp_path)
    assert version != "{} {}".format(*sys.version_info[:2])
