"""The order of the rules: each after those that make what it reads; rules that feed one another stay together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from icvkg.graph.rule_parts import is_written, parts_of
from icvkg.graph.rules import Rule
from icvkg.store.patterns import How


@dataclass(frozen=True)
class Stratum:
    """Rules to be run together; `is_recursive` says that what one of them gives may give another more."""

    rules: tuple[Rule, ...]
    is_recursive: bool


def strata(rules: Sequence[Rule]) -> list[Stratum]:
    """The rules in the order to run them.

    A circle of rules through a test of absence has no order of its own; there the numbers of the rules decide.
    """
    found: list[Stratum] = []
    for component in _components(sorted(rules, key=lambda rule: rule.name)):
        if all(reads_of(rule, other) in (None, How.PRESENT) for rule in component for other in component):
            found.append(_stratum(component))
        else:
            found += [_stratum(list(group)) for _, group in groupby(component, key=lambda rule: rule.number)]
    return found


def _stratum(rules: Sequence[Rule]) -> Stratum:
    feeds = (reads_of(rule, other) for rule in rules for other in rules)
    return Stratum(tuple(rules), any(how in (How.PRESENT, How.EITHER) for how in feeds))


@cache
def reads_of(rule: Rule, other: Rule) -> How | None:
    """How a rule reads what the other writes; None if it does not."""
    written = parts_of(other.text).writes
    hows = {each.how for each in parts_of(rule.text).reads if is_written(each.key, written)}
    return None if not hows else How.EITHER if len(hows) > 1 else hows.pop()


def _components(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The circles of rules that read one another, each after those that it reads."""
    reached = {rule.name: _reach(rule, rules) for rule in rules}
    waiting = {rule.name: rule for rule in rules}
    while waiting:
        needs = {name: reached[name] & waiting.keys() - {name} for name in waiting}
        first = next(name for name in waiting if all(name in reached[other] for other in needs[name]))
        yield [waiting.pop(name) for name in sorted({first, *needs[first]})]


def _reach(rule: Rule, rules: Sequence[Rule]) -> set[str]:
    """The names of all rules that make what the rule reads, directly or through others."""
    found: set[str] = set()
    open_ = [rule]
    while open_:
        reader = open_.pop()
        fresh = [each for each in rules if each.name not in found and reads_of(reader, each)]
        found |= {each.name for each in fresh}
        open_ += fresh
    return found
