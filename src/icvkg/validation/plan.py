"""What to check, and by what: the constraints that set queries say, and the shapes left to the reference validator."""

from dataclasses import dataclass

from icvkg.errors import IcvkgError
from icvkg.validation.compile import check_sayable
from icvkg.validation.components.custom import asks_shapes
from icvkg.validation.model import Constraint, UnsayableError
from icvkg.validation.shapes import ShapeReader
from icvkg.validation.shapes_graph import ShapesGraph, Term, plain
from icvkg.validation.targets import targeted


@dataclass(frozen=True)
class Deferred:
    """A shape that no set query says, and why."""

    shape: Term
    reason: str

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{plain(self.shape)}: {self.reason}"


@dataclass(frozen=True)
class Plan:
    """The constraints of all shapes with a target, the shapes that go to the reference validator, and whether a query
    asks for the shapes graph.
    """

    graph: ShapesGraph
    constraints: tuple[Constraint, ...]
    deferred: tuple[Deferred, ...]
    asks_shapes: bool


def make_plan(graph: ShapesGraph) -> Plan:
    """Reads every shape with a target; raises IcvkgError that names the shape where one is ill-formed."""
    reader = ShapeReader(graph)
    found: list[Constraint] = []
    deferred = []
    for node in targeted(graph):
        try:
            own = reader.top(node).flat()
            check_sayable(own)
            found.extend(own)
        except UnsayableError as reason:
            deferred.append(Deferred(node, str(reason)))
        except IcvkgError as error:
            raise IcvkgError(f"shape {plain(node)}: {error}") from None
    found.sort(key=lambda one: (one.shape, one.path, one.component, str(one.parameter)))
    return Plan(graph, tuple(found), tuple(deferred), any(map(asks_shapes_graph, found)))


def asks_shapes_graph(constraint: Constraint) -> bool:
    """Whether a query of an author, at any depth, asks for the shapes graph."""
    own = constraint.validator is not None and asks_shapes(constraint.validator)
    shapes = (*constraint.operands, *constraint.siblings)
    return own or any(asks_shapes_graph(each) for shape in shapes for each in shape.flat())
