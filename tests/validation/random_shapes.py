"""Small random graphs and shapes, the same for the same seed.

Left out, because pyshacl 0.40 departs from the standard there (the cases stand in test_components.py): sh:lessThan on
values that cannot be compared; ranges on booleans, dates and ill-typed numbers; sh:minLength 0 on blank nodes; the
inverse of a longer path; a property shape under sh:node, which it refuses.
"""

import random

DATA_SIZE = 14
_NODES = [":a", ":b", ":c", ":d", "_:n", "_:m"]
_PROPERTIES = [":p", ":q", ":r"]
_CLASSES = [":C", ":D", ":E"]
_COMPARABLE = ['"x"', '"xy"', '"x"@en', '"y"@en', '"x"@fr', '"z"@en-GB', "1", "2", "3", "2.5", '""']
_LITERALS = [
    *_COMPARABLE, "true", '"no"^^xsd:integer', '"2020-01-01"^^xsd:date', '"2020-02-30"^^xsd:date',
    '"2020-01-01T00:00:00Z"^^xsd:dateTime',
]  # fmt: skip
_TARGETS = [
    "sh:targetClass :C", "sh:targetNode :a, :b, :nowhere", "sh:targetSubjectsOf :p", "sh:targetObjectsOf :q",
    'sh:targetNode "x", 2', "sh:targetClass :D ; sh:targetSubjectsOf :r",
]  # fmt: skip


class Random:
    """Draws data and shapes from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def one(self, choices: list[str]) -> str:
        """One of the choices."""
        return self._random.choice(choices)

    def data(self, shape: str) -> str:
        """A graph that suits the shape."""
        objects = _NODES + (_COMPARABLE if "clusive" in shape else _LITERALS)
        lines = [":D rdfs:subClassOf :C ."]
        lines += [f"{self.one(_NODES)} {self.one(_PROPERTIES)} {self.one(objects)} ." for _ in range(DATA_SIZE)]
        lines += [f"{self.one(_NODES)} a {self.one(_CLASSES)} ." for _ in range(5)]
        return "\n".join(lines)

    def shape(self) -> str:
        """A node shape or a property shape with a target, one to three constraints deep."""
        own = self._node(2) if self._random.random() < 0.5 else f"sh:property {self._property(2)}"
        return f":S a sh:NodeShape ; {self.one(_TARGETS)} ; {own} ."

    def path(self, depth: int = 2) -> str:
        """A path of any kind; inverses only of predicates."""
        if depth == 0 or self._random.random() < 0.5:
            return self.one(_PROPERTIES)
        inner, other = self.path(depth - 1), self.path(depth - 1)
        return self.one([
            f"( {inner} {other} )", f"[ sh:alternativePath ( {inner} {other} ) ]",
            f"[ sh:inversePath {self.one(_PROPERTIES)} ]",
            f"[ sh:zeroOrMorePath {inner} ]", f"[ sh:oneOrMorePath {inner} ]", f"[ sh:zeroOrOnePath {inner} ]",
        ])  # fmt: skip

    def _property(self, depth: int) -> str:
        return f"[ sh:path {self.path()} ; {self._values(depth)} ]"

    def _inner(self, depth: int) -> str:
        return self._property(depth) if self._random.random() < 0.3 else f"[ {self._node(depth)} ]"

    def _values(self, depth: int) -> str:
        number = self._random.randint(0, 3)
        choices = [
            f"sh:minCount {number}", f"sh:maxCount {number}", "sh:uniqueLang true",
        ]  # fmt: skip
        if depth:
            count = self.one(["Min", "Max"])
            choices.append(f"sh:qualifiedValueShape {self._inner(depth - 1)} ; sh:qualified{count}Count {number}")
        return self._node(depth) if self._random.random() < 0.6 else self.one(choices)

    def _node(self, depth: int) -> str:
        bound = self.one(["min", "max"]) + self.one(["Inclusive", "Exclusive"])
        choices = [
            f"sh:class {self.one(_CLASSES)}",
            f"sh:datatype {self.one(['xsd:string', 'xsd:integer', 'xsd:date', 'xsd:boolean', 'rdf:langString'])}",
            f"sh:nodeKind sh:{self.one(['IRI', 'Literal', 'BlankNode', 'BlankNodeOrIRI', 'IRIOrLiteral'])}",
            f"sh:{bound} {self.one(['1', '2', '2.5'])}",
            f"sh:{self.one(['minLength', 'maxLength'])} {self._random.randint(1, 3)}",
            f'sh:pattern "{self.one(["^x", "y$", "[0-9]", "^$"])}"',
            'sh:pattern "X" ; sh:flags "i"',
            'sh:languageIn ( "en" "fr" )',
            f"sh:in ( {self.one(_LITERALS)} {self.one(_LITERALS)} :a :b )",
            f"sh:hasValue {self.one([*_LITERALS, ':a', ':b'])}",
            f"sh:{self.one(['equals', 'disjoint'])} {self.one(_PROPERTIES)}",
            f"sh:closed true ; sh:ignoredProperties ( rdf:type {self.one(_PROPERTIES)} )",
        ]
        return self._logic(depth - 1) if depth and self._random.random() < 0.4 else self.one(choices)

    def _logic(self, depth: int) -> str:
        one, two = self._inner(depth), self._inner(depth)
        return self.one([
            f"sh:not {one}", f"sh:node [ {self._node(depth)} ]", f"sh:property {self._property(depth)}",
            f"sh:and ( {one} {two} )", f"sh:or ( {one} {two} )", f"sh:xone ( {one} {two} )",
        ])  # fmt: skip
