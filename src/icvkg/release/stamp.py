"""What a store says of the release that it holds: four triples, written once the whole of it is there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.namespaces import BASE, OUTSIDE
from icvkg.release.manifest import read_manifest
from icvkg.release.settings import read_settings
from icvkg.store.asking import AskableStore

_DCAT, _TERMS = "http://www.w3.org/ns/dcat#", OUTSIDE["dcterms"]
_STAMPS = f"""
SELECT ?release ?version ?digest ?temporal WHERE {{
  ?release a <{_DCAT}Dataset> ; <{_DCAT}version> ?version ; <{_TERMS}identifier> ?digest ; <{_TERMS}temporal> ?temporal
  FILTER(STRSTARTS(STR(?release), "{BASE}release/"))
}}"""


class Named(Protocol):
    """What names a release: its version, the hash of its content, and its day."""

    @property
    def version(self) -> str: ...  # noqa: D102

    @property
    def digest(self) -> str: ...  # noqa: D102

    @property
    def as_of(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Stamp:
    """A release as a store names it."""

    version: str
    digest: str
    as_of: str

    @classmethod
    def of(cls, release: Named) -> Self:
        """The stamp of a release."""
        return cls(release.version, release.digest, release.as_of)

    def __str__(self) -> str:
        """Version and hash, as citations name a release."""
        return f"{self.version} ({self.digest})"

    @property
    def triples(self) -> list[ox.Triple]:
        """The stamp as a store holds it, in the terms of the release's VoID and DCAT descriptions."""
        said: dict[str, ox.NamedNode | ox.Literal] = {
            OUTSIDE["rdf"] + "type": ox.NamedNode(_DCAT + "Dataset"),
            _DCAT + "version": ox.Literal(self.version),
            _TERMS + "identifier": ox.Literal(self.digest),
            _TERMS + "temporal": ox.Literal(f"as of {self.as_of}", language="en"),
        }
        release = ox.NamedNode(f"{BASE}release/{self.version}")
        return [ox.Triple(release, ox.NamedNode(name), value) for name, value in said.items()]


def read_stamp(store: AskableStore) -> Stamp | None:
    """The release that a store says it holds; None where it says nothing, IcvkgError where it names several."""
    _, rows = store.select(_STAMPS)
    found = {Stamp(*_texts(row[1:])) for row in rows}
    if len(found) > 1:
        raise IcvkgError(f"The store holds parts of several releases: {', '.join(sorted(map(str, found)))}.")
    return found.pop() if found else None


def unnamed() -> Stamp:
    """What stands for a release that a store does not name: the day of ours, and no version."""
    return Stamp("unknown", "unknown", read_settings().as_of)


def remark(held: Named, here: Path | None) -> str:
    """How the release that a store holds differs from the one in a folder here, in words; empty where it does not."""
    if held.digest == unnamed().digest:
        return "The store does not say which release it holds: icvkg load writes that too."
    ours = Stamp.of(read_manifest(here)) if here else None
    if ours is None or ours.digest == held.digest:
        return ""
    order = {True: "an older release", False: "another release"}[_age(held) < _age(ours)]
    return f"The store holds {order}, {Stamp.of(held)}; the current one here is {ours}."


def _age(release: Named) -> tuple[str, list[int]]:
    return release.as_of, [int(part) for part in release.version.split(".") if part.isdecimal()]


def _texts(terms: Sequence[object]) -> list[str]:
    version, digest, temporal = (term.value if isinstance(term, ox.Literal) else "" for term in terms)
    return [version, digest, "".join(re.findall(r"\d{4}-\d\d-\d\d$", temporal))]
