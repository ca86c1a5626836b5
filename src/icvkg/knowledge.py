"""The graph in Python's hands: open a release, ask, search, describe."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery, catalogue, find_query, query_files
from icvkg.queries.citation import Citation, cite
from icvkg.queries.origin import Origin
from icvkg.queries.parameters import bound_text, effective
from icvkg.queries.things import Description, describe, resolve
from icvkg.queries.values import settled
from icvkg.release import location
from icvkg.release.folders import open_store
from icvkg.release.manifest import read_manifest
from icvkg.release.stamp import Named, read_stamp, remark, unnamed
from icvkg.store.asking import AskableStore
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.remote import RemoteStore
from icvkg.validation.report import Report

if TYPE_CHECKING:
    import owlready2
    import rdflib

    from icvkg.asking.choosing import Choice
    from icvkg.asking.ranking import Ranking
    from icvkg.queries.name_index import NameIndex
    from icvkg.queries.search import Hit


class KnowledgeGraph:
    """One release, opened for reading: the one that lies here, or the one that an endpoint holds (icvkg.remote).

    >>> kg = icvkg.open()                                           # doctest: +SKIP
    >>> answer = kg.query("issued-by-body", body="miit")          # doctest: +SKIP
    """

    def __init__(self, store: AskableStore, manifest: Named, home: Path) -> None:
        self.store = store
        self.manifest = manifest
        self.home = home

    @classmethod
    def open(cls, root: Path | None = None, *, endpoint: str | None = None, graph: str | None = None) -> Self:
        """The current release, or what the SPARQL endpoint of that address holds in its default or a named graph.

        The first time, the default release is built; raises IcvkgError when that build finds violations, or when the
        endpoint cannot be asked.
        """
        home = root or location.home()
        if endpoint:
            return cls.over(RemoteStore.reached(endpoint, graph=graph), home)
        folder = location.current(home) or _first(home)
        return cls(open_store(home, folder.name), read_manifest(folder), home)

    @classmethod
    def at(cls, digest: str, root: Path | None = None) -> Self:
        """The release with that hash; raises OSError when it is not here."""
        home = root or location.home()
        return cls(open_store(home, digest), read_manifest(location.release_folder(home, digest)), home)

    @classmethod
    def over(cls, store: AskableStore, root: Path | None = None) -> Self:
        """What a store anywhere holds; where it does not say which release that is, ours stands for its day."""
        return cls(store, read_stamp(store) or unnamed(), root or location.home())

    @property
    def embedded(self) -> EmbeddedStore:
        """The store of a release that lies here; raises IcvkgError for an endpoint."""
        if not isinstance(self.store, EmbeddedStore):
            raise IcvkgError("This needs a release that lies here: an endpoint can only be asked.")
        return self.store

    @property
    def remark(self) -> str:
        """How what an endpoint holds differs from the current release here, in words; empty where it does not."""
        return "" if isinstance(self.store, EmbeddedStore) else remark(self.manifest, location.current(self.home))

    @property
    def release(self) -> str:
        """Version and hash of the release, as citations name it."""
        return f"{self.manifest.version} ({self.manifest.digest})"

    def query(self, name_or_text: str, **parameters: str) -> Answer:
        """The answer of a curated query by name, or of SPARQL text (which takes no parameters)."""
        if name_or_text in query_files() or _is_name(name_or_text):
            return self.answer(find_query(name_or_text), parameters)
        if parameters:
            raise IcvkgError("Parameters belong to curated queries; SPARQL text says what it wants itself.")
        origin = Origin(self.manifest.version, self.manifest.digest, name_or_text, {}, self.store)
        return self._answer(name_or_text, origin)

    def answer(self, query: CuratedQuery, parameters: dict[str, str]) -> Answer:
        """The answer of a curated query; where it has no rows, the note says what the sources lack."""
        values = self.values_of(query, parameters)
        origin = Origin(self.manifest.version, self.manifest.digest, query.text, values, self.store, query)
        answer = self._answer(bound_text(query, values, self.manifest.as_of), origin)
        if answer.rows or not query.missing:
            return answer
        note, note_zh = self._missing(query)
        return replace(answer, note=note, note_zh=note_zh)

    def bound(self, query: CuratedQuery, parameters: dict[str, str]) -> str:
        """The text of a curated query as it runs, with every parameter bound."""
        return bound_text(query, self.values_of(query, parameters), self.manifest.as_of)

    def values_of(self, query: CuratedQuery, parameters: dict[str, str]) -> dict[str, str]:
        """The value of every parameter: a thing given by its name by its slug, the others by their defaults."""
        values = effective(query, parameters, self.manifest.as_of)
        given = [each for each in query.parameters if each.name in parameters]
        return values | {each.name: settled(self.store, each, values[each.name], self.search) for each in given}

    def _missing(self, query: CuratedQuery) -> tuple[str, str]:
        """What the header's `missing` says in both languages, with its count of claims that could have matched."""
        text, _, count = query.missing.partition("|")
        rows = self.store.select(count)[1] if count else ((None,),)
        number = found.value if (found := rows[0][0]) else "0"
        return text.strip().replace("{n}", number), query.missing_zh.replace("{n}", number)

    def _answer(self, text: str, origin: Origin) -> Answer:
        columns, rows = self.store.select(text)
        return Answer(tuple(columns), tuple(rows), origin=origin)

    def ask(self, question: str) -> list["Choice"]:
        """The curated queries for a question in English or Chinese, with its parameters, best first.

        The first answers it when it `fits`: `kg.answer(choice.query, choice.parameters)`.
        """
        from icvkg.asking.choosing import choose

        return choose(self._ranking, self.names, question, self.manifest.as_of)

    @cached_property
    def _ranking(self) -> "Ranking":
        """The curated queries, ready to be compared with questions."""
        from icvkg.asking.ranking import Ranking

        return Ranking(catalogue())

    def search(self, text: str, limit: int = 20) -> list["Hit"]:
        """The things whose names match, best first."""
        from icvkg.queries.search import search

        return search(self.names, text, limit)

    @cached_property
    def names(self) -> "NameIndex":
        """The index of the names of this release; those of an endpoint are asked for once, and kept in memory."""
        from icvkg.release.named_things import names_of, open_names

        if not isinstance(self.store, EmbeddedStore):
            return names_of(self.store)
        return open_names(self.home, self.manifest.digest, self.store)

    def resolve(self, name: str) -> str:
        """The IRI of a thing by slug, prefixed name or IRI; the error for one that is not there names the nearest."""
        return resolve(self.store, name, self.search)

    def describe(self, name: str, language: str = "en") -> Description:
        """What the graph says of a thing: statements and claims, each with its sources."""
        return describe(self.store, self.resolve(name), language)

    def cite(self, name: str, language: str = "en") -> list[Citation]:
        """One citation per source of a claim."""
        return cite(self.store, self.resolve(name), language)

    def rdflib(self) -> "rdflib.Graph":
        """A copy of the release for rdflib, in memory, which may be changed freely; about 4 s and 200 MB.

        SPARQL there is some hundred times slower than `query`. Of an endpoint nothing is copied: IcvkgError.
        """
        from icvkg.release.views import rdflib_copy

        return rdflib_copy(self.embedded)

    def owl(self, *, individuals: bool = True) -> "owlready2.Ontology":
        """The release as owlready2 has it (extra `icvkg[reasoning]`), in a world of its own.

        With `individuals=False` the ontology and its codes alone. Classes are attributes by their names:
        `kg.owl().Firm.instances()`.
        """
        from icvkg.release.views import owlready_copy

        return owlready_copy(self.embedded, individuals=individuals)

    def validate(self) -> Report:
        """The report of our shapes over this release."""
        from icvkg.validation.run import validate
        from icvkg.validation.shapes_graph import read_shapes

        return validate(self.store, read_shapes())


def _is_name(text: str) -> bool:
    return bool(text) and not any(character in text for character in " {}\n")


def _first(home: Path) -> Path:
    from icvkg.release.build import build

    built = build(home)
    if built.folder is None:
        count = len(built.report.violations)
        raise IcvkgError(f"The release violates {count} constraints: run icvkg build to see them.")
    return built.folder
