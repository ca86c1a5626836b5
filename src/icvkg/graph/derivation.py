"""What follows: CONSTRUCT rules, stratum by stratum, each run to a fixpoint on the store.

A rule's file name starts with the number of its stratum. Within a stratum rules may feed one another; a rule that
tests absence (FILTER NOT EXISTS, OPTIONAL) stands in a later stratum than the rules that make what it looks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import groupby
from time import perf_counter

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.store.binding import bind
from icvkg.store.embedded import EmbeddedStore


@dataclass(frozen=True)
class Rule:
    """One CONSTRUCT query, named by its file without the ending."""

    name: str
    text: str

    @property
    def stratum(self) -> str:
        """The number at the start of the name."""
        return self.name.split("-", 1)[0]


def read_rules(parameters: Mapping[str, str], folder: Traversable | None = None) -> list[Rule]:
    """The rules by name, with those parameters bound that they have (terms in N-Triples syntax)."""
    rules = []
    for file in artefacts.sorted_files(folder or artefacts.folder("graph") / "rules", ".rq"):
        text = file.read_text(encoding="utf-8")
        used = {name: term for name, term in parameters.items() if f"VALUES ?{name} " in text}
        rules.append(Rule(file.name.removesuffix(".rq"), bind(text, used)))
    return rules


@dataclass
class Cost:
    """What a rule did: how often it ran, how many edges it added, how long that took."""

    rounds: int = 0
    edges: int = 0
    seconds: float = 0.0


def derive(store: EmbeddedStore, rules: Sequence[Rule], costs: dict[str, Cost] | None = None) -> list[ox.Triple]:
    """Adds to the store all that the rules give, and returns it; notes in `costs` what each rule did."""
    noted = {} if costs is None else costs
    derived: list[ox.Triple] = []
    for _, stratum in groupby(rules, key=lambda rule: rule.stratum):
        derived.extend(_fixpoint(store, list(stratum), noted))
    return derived


def _fixpoint(store: EmbeddedStore, rules: Sequence[Rule], costs: dict[str, Cost]) -> list[ox.Triple]:
    derived: list[ox.Triple] = []
    fresh = True
    while fresh:
        fresh = False
        for rule in rules:
            start = perf_counter()
            new = [triple for triple in dict.fromkeys(store.construct(rule.text)) if triple not in store]
            store.add(new)
            derived.extend(new)
            fresh = fresh or bool(new)
            cost = costs.setdefault(rule.name, Cost())
            cost.rounds, cost.edges, cost.seconds = (
                cost.rounds + 1, cost.edges + len(new), cost.seconds + perf_counter() - start
            )  # fmt: skip
    return derived
