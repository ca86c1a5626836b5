"""What has an address of its own: every subject under our base, the modules of the ontology, and the release."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from icvkg.namespaces import BASE, OUTSIDE
from icvkg.ontology.closure import read_modules
from icvkg.publish.answers import Answers
from icvkg.release.descriptions import DCAT_FILE, VOID_FILE
from icvkg.release.manifest import Manifest
from icvkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from icvkg.publish.pages.pages import Pages


_VERSION = ox.NamedNode(OUTSIDE["owl"] + "versionIRI")


@dataclass(frozen=True)
class Resource:
    """Something with an address: its path under the base, and through it its IRI and its document."""

    path: str

    @property
    def iri(self) -> str:
        """The name of the thing itself, which no document bears."""
        return BASE + self.path

    @property
    def kind(self) -> str:
        """What the path begins with: actor, claim, … for things; def, code, ontology or release."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "id" else parts[0]

    def document(self, suffix: str = "") -> str:
        """The path of the document about it, in the form with that suffix; without one, of the document in any form."""
        return f"doc/{self.path}{'.' if suffix else ''}{suffix}"


@dataclass(frozen=True)
class Published:
    """One release as it is published: its store, manifest and folder.

    Live server and static writer take every byte from here, so that both give the same.
    """

    store: EmbeddedStore
    manifest: Manifest
    folder: Path

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Every resource by its path, in the order of the paths."""
        subjects = {triple.subject.value for triple in self.store if isinstance(triple.subject, ox.NamedNode)}
        paths = {iri.removeprefix(BASE) for iri in subjects if iri.startswith(BASE)}
        return {path: Resource(path) for path in sorted(paths | set(self.modules) | {self.release.path})}

    @cached_property
    def modules(self) -> Mapping[str, list[ox.Triple]]:
        """The triples of each module and code list, and of the alignments, by the paths of its IRI and version IRI."""
        found: dict[str, list[ox.Triple]] = {}
        for name, triples in read_modules().items():
            own = f"ontology/{name.removesuffix('.ttl')}"
            versions = [
                t.object.value for t in triples if t.predicate == _VERSION and isinstance(t.object, ox.NamedNode)
            ]
            found |= dict.fromkeys((own, *(each.removeprefix(BASE) for each in versions)), triples)
        return found

    @cached_property
    def object_properties(self) -> list[str]:
        """The IRIs of the object properties, sorted."""
        kind, each = ox.NamedNode(OUTSIDE["rdf"] + "type"), ox.NamedNode(OUTSIDE["owl"] + "ObjectProperty")
        subjects = (triple.subject for triple in self.store.matching(predicate=kind, value=each))
        return sorted(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))

    @property
    def release(self) -> Resource:
        """The release itself, a dataset."""
        return Resource(f"release/{self.manifest.version}")

    @cached_property
    def descriptions(self) -> list[ox.Triple]:
        """The VoID and DCAT descriptions of the release."""
        read = (
            ox.parse((self.folder / name).read_bytes(), format=ox.RdfFormat.TURTLE) for name in (VOID_FILE, DCAT_FILE)
        )
        return list({quad.triple for quads in read for quad in quads})

    @cached_property
    def kept(self) -> Answers[bytes]:
        """Documents written lately, by their paths: a release does not change."""
        return Answers[bytes]()

    @cached_property
    def pages(self) -> "Pages":
        """The pages for people."""
        from icvkg.publish.pages.pages import Pages

        return Pages(self)

    def find(self, path: str) -> Resource | None:
        """The resource of that path; a trailing slash counts for nothing."""
        return self.resources.get(path.strip("/"))


def address(path: str) -> str:
    """A path as it stands in a URL, from the root of the site."""
    return "/" + quote(path, safe="/:@!$&'()*+,;=~-._")
