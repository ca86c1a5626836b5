"""What a release is called and for which day it speaks: `graph/release.json`."""

import json
from dataclasses import dataclass

from icvkg import artefacts


@dataclass(frozen=True)
class Settings:
    """`version` is YYYY.MM.N; `as_of` is the day for which ties that have no end count as standing."""

    version: str
    as_of: str


def read_settings() -> Settings:
    """The settings of the release to build."""
    document = json.loads((artefacts.folder("graph") / "release.json").read_text(encoding="utf-8"))
    return Settings(document["version"], document["asOf"])
