"""The pattern of a query as a diagram in Mermaid: things as nodes, properties as arrows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icvkg.namespaces import OUTSIDE
from icvkg.queries.plan import algebra, inner_patterns, parts, written

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

_TYPE, _LABEL = OUTSIDE["rdf"] + "type", OUTSIDE["rdfs"] + "label"
_ARROWS = {"needed": "-->", "optional": "-.->", "absent": "--x"}


@dataclass(frozen=True)
class Edge:
    """One triple pattern: its ends and property as written, and whether it is needed, optional or must be absent."""

    start: str
    name: str
    end: str
    mode: str


def edges(text: str) -> list[Edge]:
    """Every triple pattern of a query, each once; names (rdfs:label) are left out.

    A variable that a sub-query keeps to itself gets an apostrophe for each level, so that it is a node of its own.
    """
    return list(dict.fromkeys(_edges(algebra(text), "needed", {}, 0)))


def _edges(node: "CompValue", mode: str, names: Mapping[str, str], depth: int) -> Iterator[Edge]:
    if node.name == "BGP":
        for start, name, end in node.triples:
            if str(name) != _LABEL:
                yield Edge(_term(start, names, depth), written(name), _term(end, names, depth), mode)
        return
    if node.name == "Project":
        shown = {str(each): _name(str(each), names, depth) for each in node.PV} if depth else {}
        names, depth = shown, depth + 1
    for key, part in parts(node):
        optional = node.name == "LeftJoin" and key == "p2" and mode == "needed"
        yield from _edges(part, "optional" if optional else "absent" if _takes_away(node, key) else mode, names, depth)
    for wanted, part in inner_patterns(node):
        yield from _edges(part, mode if wanted else "absent", names, depth)


def _takes_away(node: "CompValue", key: str) -> bool:
    return bool(node.name == "Minus" and key == "p2")


def _term(term: object, names: Mapping[str, str], depth: int) -> str:
    text = written(term)
    return f"?{_name(text[1:], names, depth)}" if text.startswith("?") else text


def _name(variable: str, names: Mapping[str, str], depth: int) -> str:
    return names.get(variable, variable + "'" * max(0, depth - 1))


def mermaid(text: str, parameters: set[str]) -> str:
    """The diagram: solid arrows are needed, dotted ones optional, crossed ones must be absent; parameters stand out."""
    found = edges(text)
    kinds: dict[str, list[str]] = {}
    for edge in found:
        if edge.name == "rdf:type" and edge.mode != "absent":
            kinds.setdefault(edge.start, []).append(edge.end)
    shown = [edge for edge in found if not (edge.name == "rdf:type" and edge.mode != "absent")]
    nodes = dict.fromkeys([*(end for edge in shown for end in (edge.start, edge.end)), *kinds])
    ids = {node: f"n{number}" for number, node in enumerate(nodes)}
    lines = [_node(ids[node], node, kinds.get(node, [])) for node in nodes]
    lines += [f'  {ids[edge.start]} {_ARROWS[edge.mode]}|"{_quoted(edge.name)}"| {ids[edge.end]}' for edge in shown]
    asked = [ids[node] for node in nodes if node.rstrip("'").removeprefix("?") in parameters and node.startswith("?")]
    lines += ["  classDef parameter stroke-width:3px", f"  class {','.join(asked)} parameter"] if asked else []
    return "\n".join(["flowchart LR", *lines]) + "\n"


def _node(name: str, text: str, kinds: list[str]) -> str:
    said = _quoted(" · ".join([text, *dict.fromkeys(kinds)]))
    return f'  {name}(["{said}"])' if text.startswith("?") else f'  {name}["{said}"]'


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
