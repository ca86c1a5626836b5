"""A small ontology in OWL, the same axioms as CONSTRUCT rules, and graphs of any size for both.

The axioms are those that both can say: sub-property and sub-class, inverse, symmetric, transitive, property chains,
classes by someValuesFrom and by hasValue with an intersection. There is no owl:hasKey: owlrl and HermiT get it wrong.
"""

import random
from collections.abc import Iterator

from icvkg.graph.rules import Rule

SPACE = "http://example.org/"
ONTOLOGY = f"""
@prefix : <{SPACE}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{SPACE}axioms> a owl:Ontology .
:partOf a owl:ObjectProperty , owl:TransitiveProperty ; owl:inverseOf :hasPart . :hasPart a owl:ObjectProperty .
:partneredWith a owl:ObjectProperty , owl:SymmetricProperty .
:dealsWith a owl:ObjectProperty . :supplies a owl:ObjectProperty ; rdfs:subPropertyOf :dealsWith .
:makes a owl:ObjectProperty . :regulatedBy a owl:ObjectProperty .
:locatedIn a owl:ObjectProperty ; owl:propertyChainAxiom ( :locatedIn :partOf ) .
:feeds a owl:ObjectProperty ; owl:propertyChainAxiom ( :makes :usedIn :madeBy ) .
:usedIn a owl:ObjectProperty . :madeBy a owl:ObjectProperty ; owl:inverseOf :makes .
:Firm a owl:Class . :Oem a owl:Class ; rdfs:subClassOf :Firm . :Lidar a owl:Class . :Item a owl:Class .
:LidarMaker a owl:Class ; owl:equivalentClass [
  a owl:Restriction ; owl:onProperty :makes ; owl:someValuesFrom :Lidar ] .
:RegulatedOem a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf (
  :Oem [ a owl:Restriction ; owl:onProperty :regulatedBy ; owl:hasValue :miit ] ) ] .
:Place a owl:Class . :Body a owl:Class .
"""
CHAINS = ("chain-feeds", "chain-located")
_RULES = {
    "chain-feeds": "{ ?a :feeds ?d } WHERE { ?a :makes ?b . ?b :usedIn ?c . ?c :madeBy ?d }",
    "chain-located": "{ ?a :locatedIn ?c } WHERE { ?a :locatedIn ?b . ?b :partOf ?c }",
    "class-lidar-maker": "{ ?a a :LidarMaker } WHERE { ?a :makes ?b . ?b a :Lidar }",
    "class-regulated": "{ ?a a :RegulatedOem } WHERE { ?a a :Oem ; :regulatedBy :miit }",
    "class-sub": "{ ?a a :Firm } WHERE { ?a a :Oem }",
    "inverse-made": "{ ?b :madeBy ?a } WHERE { ?a :makes ?b }",
    "inverse-makes": "{ ?b :makes ?a } WHERE { ?a :madeBy ?b }",
    "inverse-part": "{ ?b :hasPart ?a } WHERE { ?a :partOf ?b }",
    "inverse-whole": "{ ?b :partOf ?a } WHERE { ?a :hasPart ?b }",
    "property-sub": "{ ?a :dealsWith ?b } WHERE { ?a :supplies ?b }",
    "symmetric": "{ ?b :partneredWith ?a } WHERE { ?a :partneredWith ?b }",
    "transitive": "{ ?a :partOf ?c } WHERE { ?a :partOf ?b . ?b :partOf ?c }",
}


def rules(without: tuple[str, ...] = ()) -> list[Rule]:
    """The axioms as rules, some left out by name."""
    head = f"PREFIX : <{SPACE}>\nCONSTRUCT "
    return [Rule(name, head + text) for name, text in _RULES.items() if name not in without]


def graph(size: int, seed: int = 1) -> str:
    """About `size` triples in N-Triples: firms that supply, make and partner, things in things, places in places."""
    drawn = random.Random(seed)
    firms = max(4, size // 10)
    places = max(3, firms // 10)
    lines = [_edge(f"place{number}", "partOf", f"place{(number - 1) // 4}") for number in range(1, places)]
    lines += [_kind(f"place{number}", "Place") for number in range(places)]
    for number in range(firms):
        lines += _firm(drawn, number, firms, places)
    return "".join(dict.fromkeys([*lines, _kind("miit", "Body")]))


def _firm(drawn: random.Random, number: int, firms: int, places: int) -> Iterator[str]:
    firm, item = f"firm{number}", f"item{number}"
    yield _kind(firm, drawn.choice(["Oem", "Firm", "Firm"]))
    yield _kind(item, drawn.choice(["Lidar", "Item", "Item", "Item"]))
    yield _edge(firm, "makes", item)
    yield _edge(firm, "locatedIn", f"place{drawn.randrange(places)}")
    yield _edge(firm, "supplies", f"firm{drawn.randrange(firms)}")
    yield _edge(firm, "supplies", f"firm{drawn.randrange(firms)}")
    yield _edge(firm, "partneredWith", f"firm{drawn.randrange(firms)}")
    yield _edge(item, "usedIn", f"item{drawn.randrange(firms)}")
    if number % 3:
        yield _edge(firm, "regulatedBy", "miit")
    if number % 4:
        yield _edge(f"item{number}", "partOf", f"item{number // 4 * 4}")


def _edge(subject: str, predicate: str, value: str) -> str:
    return f"<{SPACE}{subject}> <{SPACE}{predicate}> <{SPACE}{value}> .\n"


def _kind(subject: str, name: str) -> str:
    return f"<{SPACE}{subject}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SPACE}{name}> .\n"
