"""Pieces of set queries: focus nodes, value nodes, and the nodes that a shape is asked of."""

import re

import pyoxigraph as ox

from icvkg.validation.model import Constraint
from icvkg.validation.paths import is_nullable
from icvkg.validation.shapes_graph import Term


def value_nodes(focus: str, path: str) -> str:
    """A group pattern that binds ?this to each focus node and ?value to each of its value nodes, maybe repeatedly."""
    if not path:
        return f"{focus} BIND(?this AS ?value)"
    along = f"{focus} ?this {path} ?value ."
    return f"{{ {along} }} UNION {{ {focus} BIND(?this AS ?value) }}" if is_nullable(path) else along


def values_of(constraint: Constraint) -> str:
    """The value nodes of a constraint."""
    return value_nodes(constraint.focus, constraint.path)


def pairs_query(focus: str, path: str) -> str:
    """All focus nodes with their value nodes."""
    return f"SELECT DISTINCT ?this ?value WHERE {{ {value_nodes(focus, path)} }}"


def leads_to(path: str, target: str) -> str:
    """An expression: whether the path leads from ?this to the target, a term or a variable."""
    if not path:
        return f"sameTerm(?this, {target})"
    along = f"EXISTS {{ ?this {path} {target} }}"
    return f"({along} || sameTerm(?this, {target}))" if is_nullable(path) else along


def inner_focus(focus: str, path: str) -> str:
    """The value nodes as focus nodes of another shape; the outer ?this gets a name of its own."""
    if not path:
        return focus
    outer = f"outer{len(re.findall('outer', focus))}"
    nodes = re.sub(r"\?value\b", "?inner", re.sub(r"\?this\b", f"?{outer}", value_nodes(focus, path)))
    return f"{{ SELECT DISTINCT ?this WHERE {{ {re.sub(r'[?]inner', '?this', nodes)} }} }}"


def n3(term: Term) -> str:
    """A term as it stands in a query; a blank node, which a query cannot name, as one that nothing equals."""
    return "<urn:icvkg:blank>" if isinstance(term, ox.BlankNode) else str(term)
