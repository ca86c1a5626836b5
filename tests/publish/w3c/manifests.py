"""Manifests of the W3C test suites, as graphs that are easy to walk."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Manifest:
    """One manifest; relative IRIs are those of its file."""

    def __init__(self, file: Path) -> None:
        self._store = ox.Store()
        self._store.load(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())

    def objects(self, subject: Term, name: str) -> list[Term]:
        """Every value of a property."""
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(name), None)  # type: ignore[arg-type]
        return [quad.object for quad in quads]  # type: ignore[misc]

    def value(self, subject: Term, name: str) -> Term | None:
        """The one value of a property, if there is one."""
        return next(iter(self.objects(subject, name)), None)

    def text(self, subject: Term, name: str) -> str:
        """The one value of a property as text, empty when there is none."""
        found = self.value(subject, name)
        return found.value if found is not None else ""

    def items(self, head: Term | None) -> Iterator[Term]:
        """The members of a list."""
        while head is not None and head.value != f"{RDF}nil":
            member = self.value(head, f"{RDF}first")
            assert member is not None
            yield member
            head = self.value(head, f"{RDF}rest")

    def tests(self) -> Iterator[tuple[Term, str]]:
        """Each test with the last part of its type's name."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(f"{MF}entries"), None):
            for test in self.items(quad.object):  # type: ignore[arg-type]
                yield test, self.text(test, f"{RDF}type").rpartition("#")[2]
