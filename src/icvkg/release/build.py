"""Builds a release: check, map, derive, validate, write, switch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import pyoxigraph as ox

from icvkg.graph.cost import Cost
from icvkg.graph.dates import date_time
from icvkg.graph.derivation import derive
from icvkg.graph.parts import Part, make_parts
from icvkg.graph.rules import read_rules
from icvkg.graph.tables import own_folder
from icvkg.ontology.closure import closure_lines
from icvkg.release import cache, descriptions, dumps, location, pack, questions
from icvkg.release.blocks import Content, plain
from icvkg.release.folders import renew_store, write_release
from icvkg.release.lock import Say, exclusive
from icvkg.release.manifest import Manifest, TableCount, make_manifest
from icvkg.release.settings import read_settings
from icvkg.store.collector import uncollected
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.lines import joined, lines_of, merged, split, triples_of
from icvkg.store.remembered import Remember, afresh
from icvkg.store.remembering import RememberingStore
from icvkg.validation.report import Report
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import read_shapes

STEPS = ("check", "map", "derive", "validate", "format", "write", "store")
T = TypeVar("T")
Announce = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A finished build: manifest, validation report, seconds by step, what each rule did, and the folder.

    `redone` counts by kind what no earlier build had worked out. `folder` is None when violations kept the release
    from being written.
    """

    manifest: Manifest
    report: Report
    seconds: dict[str, float]
    rules: dict[str, Cost]
    redone: Mapping[str, int]
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
    """All triples of a release by origin, as sorted lines, what each file of the tables gave, and a store of all."""

    ontology: Sequence[bytes]
    asserted: Sequence[bytes]
    derived: Sequence[bytes]
    by_source: Sequence[bytes]
    parts: Sequence[Part]
    store: EmbeddedStore

    @property
    def counts(self) -> dict[str, int]:
        """Triples by origin, duplicates counted once."""
        names = ("ontology", "asserted", "derived")
        return {name: len(getattr(self, name)) for name in names} | {"by-source": len(self.by_source)}

    @property
    def tables(self) -> list[TableCount]:
        """How much of each file is in the release."""
        return [TableCount(part.name, part.rows, part.recalled, part.triples) for part in self.parts]


def build_graph(
    folders: Sequence[Traversable], clock: Clock, remember: Remember = afresh, *, include_recalled: bool
) -> Graph:
    """The graph of the tables in these folders; raises FaultyTablesError with every fault of every table."""
    with clock.step("check"):
        ontology, codes = closure_lines(remember)
        parts = make_parts(folders, codes, remember, include_recalled=include_recalled)
    with clock.step("map"):
        asserted = merged([ontology, *(part.mapped for part in parts)])
        by_source = merged(part.by_source for part in parts)
        store = RememberingStore(asserted, remember)
    with clock.step("derive"):
        derived = _derived(store, remember, clock)
    return Graph(ontology, asserted, derived, by_source, parts, store)


def _derived(store: RememberingStore, remember: Remember, clock: Clock) -> list[bytes]:
    """What the rules give, as sorted lines, put into the store as well."""
    rules = read_rules({"asOf": str(date_time(read_settings().as_of))})
    inputs = [each for rule in rules for each in (rule.text.encode(), *store.seen_by(rule.text))]
    before = len(clock.rules)

    def make() -> bytes:
        return joined(lines_of(derive(store, rules, clock.rules), ox.RdfFormat.N_TRIPLES))

    found = split(remember("derive", inputs, make))
    if len(clock.rules) == before:
        store.add(triples_of(found))
    return found


def build(
    root: Path,
    extra: Sequence[Path] = (),
    *,
    include_recalled: bool = False,
    fresh: bool = False,
    announce: Announce = lambda step: None,
    say: Say | None = None,
) -> Built:
    """Builds a release into `root` and makes it current, unless it violates a shape.

    What earlier builds worked out from the same inputs is taken from the cache in `root`, unless `fresh`. While another
    build writes there, this one waits and tells `say`. `extra` are folders of the user's own tables. Raises
    FaultyTablesError when a table cannot be read as it stands.
    """
    clock = Clock(announce)
    with cache.opened(None if fresh else root) as remember, uncollected():
        graph = build_graph([own_folder(), *extra], clock, remember, include_recalled=include_recalled)
        with clock.step("validate"):
            report = validate(graph.store, read_shapes())
        with clock.step("format"):
            files = _contents(graph, remember)
            manifest = make_manifest(read_settings(), graph.tables, graph.counts, files)
        if not report.conforms:
            return Built(manifest, report, clock.seconds, clock.rules, remember.made, None)
        with exclusive(root, say):
            with clock.step("write"):
                folder = _with_room(root, remember, partial(write_release, root, manifest, files))
            with clock.step("store"):
                _with_room(root, remember, partial(renew_store, root, manifest.digest))
                location.switch(root, manifest.digest)
                remember.keep(root)
    return Built(manifest, report, clock.seconds, clock.rules, remember.made, folder)


def _with_room(root: Path, remember: cache.Cache, write: Callable[[], T]) -> T:
    """Writes; on a full disk once more, without the cache."""
    try:
        return write()
    except OSError as error:
        if "No space left" not in str(error) or not remember.let_go(root):
            raise
    return write()


def _contents(graph: Graph, remember: Remember) -> dict[str, Content]:
    """Every file of the release, by name."""
    settings, every = read_settings(), merged([graph.asserted, graph.derived])
    files = dumps.contents(graph.asserted, graph.derived, every, graph.by_source, remember) | {
        pack.FILE: plain(pack.zipped(pack.pack_contents(graph.parts))),
        questions.FILE: plain(questions.questions_json(remember)),
    }
    described = {
        descriptions.VOID_FILE: plain(descriptions.void(every, settings)),
        descriptions.DCAT_FILE: plain(descriptions.dcat(files, settings)),
    }
    return files | described
