"""What the page of the benchmarks says of the machine, the day and the versions."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "altair", "owlready2", "owlrl", "oxigraph", "pyarrow", "pyoxigraph", "pyrudof", "pyshacl", "rdflib", "reasonable",
)  # fmt: skip


def described() -> dict[str, str]:
    """The day, the machine, how busy it is now, and the versions of what is compared."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": date.today().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}",
        "load": f"{os.getloadavg()[0]:.1f}",
        "versions": ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name))),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """The processor's name where Linux tells it, else the kind of machine."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
