"""What follows: the rules, stratum by stratum, each stratum until it gives nothing new.

Rules that nothing in their stratum feeds run once. Recursive ones that are joins of triple patterns run on what the
last round added; others run again in whole when something that can give them rows has come.
"""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from icvkg.graph.cost import Cost
from icvkg.graph.rule_parts import parts_of
from icvkg.graph.rules import Rule
from icvkg.graph.semi_naive import saturate
from icvkg.graph.strata import Stratum, reads_of, strata
from icvkg.store.collector import uncollected
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.patterns import How


def derive(store: EmbeddedStore, rules: Sequence[Rule], costs: dict[str, Cost] | None = None) -> list[ox.Triple]:
    """Adds to the store all that the rules give, and returns it; notes in `costs` what each rule did."""
    noted = {} if costs is None else costs
    noted.update({rule.name: Cost() for rule in rules})
    derived: list[ox.Triple] = []
    with uncollected():
        for stratum in strata(rules):
            derived.extend(_stratum(store, stratum, noted))
    return derived


def _stratum(store: EmbeddedStore, stratum: Stratum, costs: Mapping[str, Cost]) -> list[ox.Triple]:
    if stratum.is_recursive and all(parts_of(rule.text).bodies for rule in stratum.rules):
        found = saturate(store, stratum.rules, costs)
        store.add(found)
        return found
    return _in_turn(store, stratum.rules, costs)


def _in_turn(store: EmbeddedStore, rules: Sequence[Rule], costs: Mapping[str, Cost]) -> list[ox.Triple]:
    """Runs each rule, and again while others gave what may give it rows."""
    derived: list[ox.Triple] = []
    waiting = list(rules)
    while waiting:
        rule = waiting.pop(0)
        with costs[rule.name].round():
            new = [triple for triple in dict.fromkeys(store.construct(rule.text)) if triple not in store]
            store.add(new)
        costs[rule.name].edges += len(new)
        derived.extend(new)
        if new:
            fed = [each for each in rules if reads_of(each, rule) in (How.PRESENT, How.EITHER)]
            waiting += [each for each in fed if each not in waiting]
    return derived
