"""The class path of Apache Jena: Debian's `libapache-jena-java`, or a folder of jars in $ICVKG_JENA.

Debian's lacks a resource bundle under the name by which it is asked for, so that a copy is put before it.
"""

import glob
import os
import re
import shutil
import zipfile
from pathlib import Path

JARS = os.environ.get("ICVKG_JENA", "/usr/share/java")
_VERSIONED = re.compile(r"-[0-9][\w.~+-]*\.jar$|/(log4j-over|slf4j-(?!api|nop)|maven)")


def class_path(place: Path) -> str:
    """The class path, with what is put before it in a folder; raises RuntimeError where Jena or Java is missing."""
    if shutil.which("java") is None or not glob.glob(f"{JARS}/jena-shacl*.jar"):
        raise RuntimeError("needs java and Debian's libapache-jena-java, or $ICVKG_JENA")
    inside = "org/apache/jena/ext/"
    with zipfile.ZipFile(min(glob.glob(f"{JARS}/jena-core*.jar"))) as core:
        core.extractall(place, [name for name in core.namelist() if name.startswith(f"{inside}xerces")])
    jars = sorted(glob.glob(f"{JARS}/*.jar"))
    own = jars if "ICVKG_JENA" in os.environ else [jar for jar in jars if not _VERSIONED.search(jar)]
    return ":".join([str(place / inside), *own])
