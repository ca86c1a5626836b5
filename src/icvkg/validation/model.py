"""What a shape says, ready to be compiled: constraints with their focus, path, parameters and words."""

from dataclasses import dataclass

from icvkg.validation.shapes_graph import Term

Messages = tuple[tuple[str, str], ...]


class UnsayableError(Exception):
    """A shape asks for what no set query says; the reason in words. The reference validator takes it over."""


@dataclass(frozen=True)
class Validator:
    """A SPARQL query of a shapes author: its prologue and text, whether it is an ASK, its parameters' values."""

    text: str
    is_ask: bool = False
    bindings: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True)
class Constraint:
    """One constraint of one shape, with everything needed to check it and to speak of it.

    `shape` names the shape with the target, if it has a name; `source` is the shape itself. `focus` is a SPARQL pattern
    over ?this, `path` a SPARQL property path, empty on a node shape. `members` are the terms of a list parameter,
    `operands` the shapes that the component refers to, `siblings` those that qualifiedValueShapesDisjoint keeps apart.
    `outer` are focus and path of the property shapes around it: a result counts once for each way in.
    """

    shape: str
    source: Term
    targets: tuple[str, ...]
    focus: str
    path: str
    component: str
    parameter: Term
    severity: str
    messages: Messages
    members: tuple[Term, ...] = ()
    flags: str = ""
    validator: Validator | None = None
    operands: tuple["Shape", ...] = ()
    siblings: tuple["Shape", ...] = ()
    outer: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The author's own SPARQL, if the constraint is written in it."""
        return self.validator.text if self.validator else ""


@dataclass(frozen=True)
class Shape:
    """A shape with the nodes it is asked of: its own constraints and its property shapes."""

    focus: str
    path: str
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]

    def flat(self) -> tuple[Constraint, ...]:
        """Its own constraints and those of its property shapes, all of which report by themselves."""
        return self.constraints + tuple(each for part in self.properties for each in part.flat())
