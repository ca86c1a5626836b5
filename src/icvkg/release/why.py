"""Why a release says something: asserted in a row with its sources, or derived by a rule from claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from icvkg.graph.dates import date_time
from icvkg.graph.explanation import Reason, reasons
from icvkg.graph.rules import Rule, read_rules
from icvkg.namespaces import ID
from icvkg.release import dumps
from icvkg.release.manifest import read_manifest
from icvkg.store.embedded import EmbeddedStore

LIMIT = 40
"""So many derived edges are followed, the nearest first."""


@dataclass(frozen=True)
class Why:
    """A triple of a release, and the reasons of each derived triple that it rests on, itself first.

    `steps` is empty for an asserted triple.
    """

    triple: ox.Triple
    steps: Mapping[ox.Triple, tuple[Reason, ...]]
    derived: frozenset[ox.Triple]

    @property
    def claims(self) -> list[str]:
        """The claims among what the rules found, sorted."""
        found = {term.strip("<>") for each in self.steps.values() for reason in each for term in reason.found.values()}
        return sorted(term for term in found if term.startswith(f"{ID}claim/"))


def explain(folder: Path, triple: ox.Triple) -> Why | None:
    """Why the release in that folder holds the triple; None when it does not."""
    derived = frozenset(_read(folder, dumps.DERIVED))
    store = EmbeddedStore.in_memory(dumps.read_dumps(folder))
    if triple not in store:
        return None
    rules = read_rules({"asOf": str(date_time(read_manifest(folder).as_of))})
    steps: dict[ox.Triple, tuple[Reason, ...]] = {}
    waiting = [triple] if triple in derived else []
    while waiting and len(steps) < LIMIT:
        each = waiting.pop(0)
        steps[each] = _reasons(store, rules, each, derived)
        needed = dict.fromkeys(premise for reason in steps[each] for premise in reason.premises)
        waiting += [premise for premise in needed if premise in derived and premise not in {*steps, *waiting}]
    return Why(triple, steps, derived)


def _reasons(
    store: EmbeddedStore, rules: Sequence[Rule], triple: ox.Triple, derived: frozenset[ox.Triple]
) -> tuple[Reason, ...]:
    """The reasons of one triple, in the state before any rule spoke of this property of this subject."""
    said = [each for each in derived if (each.subject, each.predicate) == (triple.subject, triple.predicate)]
    store.remove(said)
    before = reasons(store, rules, triple)
    store.add(said)
    return tuple(before or [each for each in reasons(store, rules, triple) if triple not in each.premises])


def _read(folder: Path, name: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(dumps.read_content(folder, name), format=dumps.LINES[name])]
