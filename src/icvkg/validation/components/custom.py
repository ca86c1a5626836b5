"""SHACL-SPARQL: constraints and components that shapes authors write themselves (SHACL sections 5 and 6)."""

import pyoxigraph as ox

from icvkg.errors import IcvkgError
from icvkg.store.tokens import closing, seen, tokens
from icvkg.validation.components.prebinding import joined, refuse_ill_formed, refuse_unsayable
from icvkg.validation.model import Constraint, UnsayableError, Validator
from icvkg.validation.patterns import n3, values_of

SHAPES_GRAPH = ox.NamedNode("urn:icvkg:shapes")
"""The named graph that holds the shapes while a query asks for them."""


def compile_validator(constraint: Constraint, validator: Validator) -> str:
    """The author's query over all focus nodes at once; raises IcvkgError where SHACL calls the query ill-formed."""
    names = {name for name, _ in validator.bindings}
    bound = {"this", *names, "shapesGraph", "currentShape"} | ({"value"} if validator.is_ask else set())
    refuse_ill_formed(validator.text, bound)
    refuse_unsayable(validator.text, bound)
    return _ask(constraint, validator) if validator.is_ask else _select(constraint, validator, bound)


def _select(constraint: Constraint, validator: Validator, bound: set[str]) -> str:
    text = with_path(validator.text, constraint.path)
    known = _known(constraint, validator)
    text = joined(text, bound, constraint.focus, known)
    return _modifiers_filled(text, dict(validator.bindings)) if validator.bindings else text


def _ask(constraint: Constraint, validator: Validator) -> str:
    """Every value node for which the ASK says no."""
    text = with_path(validator.text, constraint.path)
    stream = tokens(text)
    ask = next((place for place, token in seen(stream) if token.is_word("ASK")), None)
    if ask is None:
        raise IcvkgError("sh:ask holds no ASK query")
    start = next((place for place in range(ask, len(stream)) if stream[place].text == "{"), len(stream) - 1)
    end = closing(stream, start)
    if any(token.kind != "skip" for token in stream[end + 1 :]):
        raise UnsayableError("an ASK with solution modifiers")
    head, body = ("".join(token.text for token in part) for part in (stream[:ask], stream[start : end + 1]))
    asked = f"{values_of(constraint)} {_known(constraint, validator)} FILTER NOT EXISTS {body}"
    return f"{head}SELECT DISTINCT ?this ?value WHERE {{ {asked} }}"


def asks_shapes(validator: Validator) -> bool:
    """Whether the query asks for the shapes graph."""
    return any(token.variable == "shapesGraph" for token in tokens(validator.text))


def _known(constraint: Constraint, validator: Validator) -> str:
    """The pre-bound variables that are the same for each focus node."""
    known = dict(validator.bindings)
    if asks_shapes(validator):
        known["shapesGraph"] = SHAPES_GRAPH
    if any(token.variable == "currentShape" for token in tokens(validator.text)):
        if isinstance(constraint.source, ox.BlankNode):
            raise UnsayableError("a SPARQL query that asks for $currentShape where the shape has no name")
        known["currentShape"] = constraint.source
    names = " ".join(f"?{name}" for name in known)
    values = " ".join(n3(term) for term in known.values())
    return f"VALUES ({names}) {{ ({values}) }}" if known else ""


def with_path(text: str, path: str) -> str:
    """The query with the shape's path in place of $PATH; raises IcvkgError where the shape has none."""
    stream = tokens(text)
    if not path and any(token.variable == "PATH" for token in stream):
        raise IcvkgError("$PATH has no meaning in a node shape")
    return "".join(
        f"({path})"
        if token.variable == "PATH" and _is_compound(path)
        else path
        if token.variable == "PATH"
        else token.text
        for token in stream
    )


def _is_compound(path: str) -> bool:
    return path.count("<") > 1 or not path.startswith("<") or not path.endswith(">")


def _modifiers_filled(text: str, values: dict[str, object]) -> str:
    """The parameters' values in the solution modifiers, where a variable from outside GROUP BY may not stand."""
    stream = tokens(text)
    last = max((place for place, token in enumerate(stream) if token.text == "}"), default=len(stream))
    return "".join(
        str(values[token.variable]) if place > last and token.variable in values else token.text
        for place, token in enumerate(stream)
    )
