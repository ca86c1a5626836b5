"""Builds a release: check, map, derive, validate, write, switch."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from icvkg.graph.cost import Cost
from icvkg.graph.derivation import derive
from icvkg.graph.mapping import date_time, map_rows
from icvkg.graph.provenance import map_by_source
from icvkg.graph.rules import read_rules
from icvkg.graph.tables import Checked, check_tables, own_folder, read_tables
from icvkg.ontology.closure import code_spaces, merge, read_ontology
from icvkg.release import descriptions, dumps, location, pack, questions
from icvkg.release.folders import renew_store, write_release
from icvkg.release.lock import Say, exclusive
from icvkg.release.manifest import Manifest, TableCount, make_manifest
from icvkg.release.settings import read_settings
from icvkg.store.embedded import EmbeddedStore
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import read_shapes

STEPS = ("check", "map", "derive", "validate", "format", "write", "store")
Announce = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A finished build: its manifest, validation report, seconds by step, what each rule did, and the folder.

    `folder` is None when violations kept the release from being written.
    """

    manifest: Manifest
    report: Report
    seconds: dict[str, float]
    rules: dict[str, Cost]
    folder: Path | None


@dataclass
class Clock:
    """Times the steps of a build and announces each."""

    announce: Announce
    seconds: dict[str, float] = field(default_factory=dict)
    rules: dict[str, Cost] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announces a step and notes its seconds."""
        self.announce(name)
        start = perf_counter()
        yield
        self.seconds[name] = perf_counter() - start


@dataclass(frozen=True)
class Graph:
    """All triples of a release by origin, with the counts of the tables they come from."""

    ontology: list[ox.Triple]
    mapped: list[ox.Triple]
    derived: list[ox.Triple]
    by_source: list[ox.Quad]
    tables: list[TableCount]
    rows: Sequence[Checked]
    store: EmbeddedStore

    @property
    def counts(self) -> dict[str, int]:
        """Triples by origin, duplicates counted once."""
        asserted = len({*self.ontology, *self.mapped})
        return {
            "ontology": len(set(self.ontology)),
            "asserted": asserted,
            "derived": len(self.derived),
            "by-source": len(set(self.by_source)),
        }


def build_graph(folders: Sequence[Traversable], clock: Clock, *, include_recalled: bool) -> Graph:
    """The graph of the tables in these folders; raises FaultyTablesError with every fault of every table."""
    with clock.step("check"):
        ontology = merge(read_ontology())
        checked = check_tables(read_tables(folders), code_spaces(ontology), include_recalled=include_recalled)
    with clock.step("map"):
        mapped, counts = _map(checked)
        by_source = list(map_by_source(checked))
        store = EmbeddedStore.in_memory([*ontology, *mapped])
    with clock.step("derive"):
        as_of = str(date_time(read_settings().as_of))
        derived = derive(store, read_rules({"asOf": as_of}), clock.rules)
    return Graph(ontology, mapped, derived, by_source, counts, checked, store)


def _map(checked: Sequence[Checked]) -> tuple[list[ox.Triple], list[TableCount]]:
    triples: list[ox.Triple] = []
    counts = []
    for each in checked:
        own = list(map_rows(each.table, each.rows))
        counts.append(TableCount(each.table.name, len(each.rows), each.recalled, len(own)))
        triples.extend(own)
    return triples, counts


def build(
    root: Path,
    extra: Sequence[Path] = (),
    *,
    include_recalled: bool = False,
    announce: Announce = lambda step: None,
    say: Say | None = None,
) -> Built:
    """Builds a release into `root` and makes it current, unless it violates a shape.

    While another build writes there, this one waits and tells `say`.
    `extra` are folders of the user's own tables. Raises FaultyTablesError when a table cannot be read as it stands.
    """
    clock = Clock(announce)
    graph = build_graph([own_folder(), *extra], clock, include_recalled=include_recalled)
    with clock.step("validate"):
        report = validate(graph.store, read_shapes())
    with clock.step("format"):
        files = _contents(graph)
    manifest = make_manifest(read_settings(), graph.tables, graph.counts, files)
    if not report.conforms:
        return Built(manifest, report, clock.seconds, clock.rules, None)
    with exclusive(root, say):
        with clock.step("write"):
            folder = write_release(root, manifest, files)
        with clock.step("store"):
            renew_store(root, manifest.digest)
            location.switch(root, manifest.digest)
    return Built(manifest, report, clock.seconds, clock.rules, folder)


def _contents(graph: Graph) -> dict[str, bytes]:
    """The bytes of every file of the release, uncompressed, by name."""
    asserted, settings = [*graph.ontology, *graph.mapped], read_settings()
    files = dumps.contents(asserted, graph.derived, graph.by_source) | {
        pack.FILE: pack.zipped(pack.pack_contents(graph.rows)),
        questions.FILE: questions.questions_json(),
    }
    described = {
        descriptions.VOID_FILE: descriptions.void([*asserted, *graph.derived], settings),
        descriptions.DCAT_FILE: descriptions.dcat(files, settings),
    }
    return files | described
