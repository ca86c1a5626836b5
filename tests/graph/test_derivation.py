"""Strata, rounds and edges of rules; the same edges as other reasoners on axioms that both can say."""

import random
from itertools import permutations

import pyoxigraph as ox
import pytest

import reasoners
from icvkg.graph.cost import Cost
from icvkg.graph.derivation import derive
from icvkg.graph.rule_parts import ANY, parts_of
from icvkg.graph.rules import Rule, read_rules
from icvkg.graph.strata import strata
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.patterns import TYPE, How

HEAD = "PREFIX : <http://example.org/>\n"
READS = {
    "{ ?a :q ?b } WHERE { ?a :p ?b }": {"p": "present"},
    "{ ?a :q ?b } WHERE { ?a :p|:r ?b ; :s/^:t ?c . }": dict.fromkeys("prst", "present"),
    "{ ?a :q :x } WHERE { ?a a :C . OPTIONAL { ?a :p ?b } FILTER NOT EXISTS { ?a :r 1.5 . ?a :s 'x'@en , '2'^^:t } }": {
        "C": "present", "p": "either", "r": "absent", "s": "absent",
    },
    "{ ?a :q :x } WHERE { ?a :p ?b FILTER(?b > 2 || NOT EXISTS { ?a :r ?b }) MINUS { ?a :s ?b } }": {
        "p": "present", "r": "either", "s": "absent",
    },
    "{ ?a :q :x } WHERE { { SELECT ?a (COUNT(?b) AS ?n) { ?a :p ?b } GROUP BY ?a } VALUES ?n { 1 2 } BIND(:r AS ?c)}": {
        "p": "either",
    },
    "{ ?a :q ?b } WHERE { { ?a :p* ?b } UNION { ?a :r ?b. } FILTER EXISTS { ?b a :C } }": {
        "p": "present", "r": "present", "C": "present",
    },
    "{ ?a :q ?b } WHERE { ?a ?any ?b }": {ANY: "present"},
    "{ ?a :q ?b } WHERE { ?a !:p ?b }": {ANY: "present"},
    "{ ?a :q ?b } WHERE { ?a :p [ :r ?b ] }": {ANY: "either"},
}  # fmt: skip


def rule(name: str, text: str) -> Rule:
    return Rule(name, f"{HEAD}CONSTRUCT {text}")


@pytest.mark.parametrize("text", READS)
def test_what_a_rule_reads_is_taken_from_its_text(text: str) -> None:
    found = {each.key.removeprefix(f"{TYPE} "): each.how.value for each in parts_of(rule("r", text).text).reads}
    assert {key.strip("<>").removeprefix("http://example.org/"): how for key, how in found.items()} == READS[text]


def test_every_rule_of_ours_can_be_read() -> None:
    read = [parts_of(each.text) for each in read_rules({})]
    assert len(read) >= 50
    assert all(ANY not in each.writes and each.reads for each in read)
    assert not [each for each in read if any(reading.key == ANY for reading in each.reads)]


def test_a_rule_runs_after_those_that_make_what_it_reads_or_misses() -> None:
    """Whatever the names say: they matter in circles only."""
    makes, copies = rule("9", "{ ?a :made ?b } WHERE { ?a :p ?b }"), rule("5", "{ ?a :q ?b } WHERE { ?a :made ?b }")
    lacks = rule("1", "{ ?a :lone ?a } WHERE { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c } }")
    for rules in permutations([makes, copies, lacks]):
        assert [each.rules for each in strata(rules)] == [(makes,), (copies,), (lacks,)]
        assert derive(store(":a :p :b ."), rules) == triples(":a :made :b . :a :q :b .")


def test_in_a_circle_through_absence_the_numbers_decide() -> None:
    def unless(name: str, value: str) -> Rule:
        return rule(name, f"{{ ?a :is {value} }} WHERE {{ ?a :p ?b FILTER NOT EXISTS {{ ?a :is ?c }} }}")

    for first, last in ((":x", ":y"), (":y", ":x")):
        rules = [unless("20-b", last), unless("10-z", first)]
        assert [each.is_recursive for each in strata(rules)] == [False, False]
        assert derive(store(":a :p :b ."), rules) == triples(f":a :is {first} .")


def test_rounds_edges_and_seconds_are_those_of_each_rule() -> None:
    costs = {"a": Cost()}
    step, copy = rule("a", "{ ?a :t ?c } WHERE { ?a :t ?b . ?b :t ?c }"), rule("b", "{ ?a :u ?b } WHERE { ?a :t ?b }")
    given = derive(store(":a :t :b . :b :t :c . :c :t :d . :d :t :e ."), [copy, step], costs)
    assert {name: (each.rounds, each.edges) for name, each in costs.items()} == {"a": (3, 6), "b": (1, 10)}
    assert all(each.seconds > 0 for each in costs.values())
    assert len(given) == 16


def test_a_literal_is_nobodys_subject() -> None:
    turn = rule("a", "{ ?b :t ?a } WHERE { ?a :t ?b }")
    assert derive(store(':a :t "x" , :b .'), [turn]) == triples(":b :t :a .")


def test_what_optional_parts_may_give_is_asked_again() -> None:
    names = rule("a", "{ ?a :n ?c } WHERE { ?a :p ?b OPTIONAL { ?b :n ?d } BIND(COALESCE(?d, :none) AS ?c) }")
    assert set(derive(store(":a :p :b . :b :p :c ."), [names])) == set(triples(":a :n :none . :b :n :none ."))


def store(turtle: str) -> EmbeddedStore:
    return EmbeddedStore.in_memory(triples(turtle))


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def naive(held: EmbeddedStore, rules: list[Rule]) -> set[ox.Triple]:
    """Every rule again and again, in whole."""
    found: set[ox.Triple] = set()
    size = -1
    while size != len(held):
        size = len(held)
        new = [triple for each in rules for triple in held.construct(each.text) if triple not in held]
        held.add(new)
        found |= set(new)
    return found


def random_rules(drawn: random.Random) -> list[Rule]:
    def pattern(one: str, other: str) -> str:
        ends = [one, other] if drawn.random() < 0.7 else [other, one]
        return f"{ends[0]} {drawn.choice([':p', ':q', ':r', ':s', ':p|:q', ':r/^:s'])} {ends[1]} ."

    def body() -> str:
        middle = drawn.choice(["?b", "?b", ":x"])
        return pattern("?a", middle) + pattern(middle, "?c") if drawn.random() < 0.6 else pattern("?a", "?c")

    def text() -> str:
        where = body() if drawn.random() < 0.6 else f"{{ {body()} }} UNION {{ {body()} }}"
        return f"{{ ?a {drawn.choice([':p', ':q', ':r', ':s'])} ?c }} WHERE {{ {where} }}"

    return [rule(f"r{number}", text()) for number in range(drawn.randint(1, 4))]


def test_random_rules_give_what_running_them_in_whole_gives() -> None:
    recursive = 0
    for seed in range(200):
        drawn = random.Random(seed)
        rules = random_rules(drawn)
        nodes = [":a", ":b", ":c", ":d", ":e", ":x", "1", '"x"@en']
        lines = [f"{drawn.choice(nodes[:6])} :{drawn.choice('pqrs')} {drawn.choice(nodes)} ." for _ in range(9)]
        data = "\n".join(lines)
        given = derive(store(data), rules)
        assert len(given) == len(set(given))
        assert set(given) == naive(store(data), rules), f"seed {seed}\n{data}\n{rules}"
        recursive += any(each.is_recursive and len(given) > 3 for each in strata(rules))
    assert recursive > 50


@pytest.mark.parametrize("engine", ["owlrl", "HermiT", "pyshacl rules", "reasonable"])
def test_other_reasoners_find_the_same_edges(engine: str) -> None:
    """reasonable leaves property chains out; then so do we."""
    pytest.importorskip({"HermiT": "owlready2", "pyshacl rules": "pyshacl"}.get(engine, engine))
    ours = "icvkg, no chains" if engine == "reasonable" else "icvkg"
    (_, _, found), (_, _, theirs) = reasoners.reasoned(ours, 300), reasoners.reasoned(engine, 300)
    assert len(found) > 100
    assert found == theirs


def test_negation_of_negation_may_do_either() -> None:
    assert [how.negated() for how in How] == [How.ABSENT, How.EITHER, How.EITHER]
