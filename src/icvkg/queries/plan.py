"""What a query asks for, as the SPARQL algebra (SPARQL 1.1, section 18.2) has it, with the size of each pattern."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from icvkg.errors import IcvkgError
from icvkg.namespaces import PREFIXES, shorten_iri
from icvkg.store.asking import AskableStore

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

_PARTS = ("p", "p1", "p2")
_INDENT = "  "
_BEFORE = {"Project": "select", "values": "values"}
_AFTER = {"Extend": "bind", "OrderBy": "order", "Distinct": "distinct", "Group": "group", "AggregateJoin": "aggregate"}
_BRANCHES = {
    ("LeftJoin", "p2"): "optional", ("Union", "p1"): "either", ("Union", "p2"): "or", ("Minus", "p2"): "minus",
}  # fmt: skip


def algebra(text: str) -> "CompValue":
    """The algebra of a query; raises IcvkgError when the second parser cannot read it."""
    from rdflib import Namespace
    from rdflib.plugins.sparql import prepareQuery

    try:
        return prepareQuery(text, initNs={prefix: Namespace(space) for prefix, space in PREFIXES.items()}).algebra
    except Exception as error:
        raise IcvkgError(f"The query cannot be read: {error}") from None


def plan(store: AskableStore, text: str) -> list[str]:
    """The algebra as steps, inner ones indented; behind each triple pattern stands how many triples match it alone."""
    return list(_lines(store, algebra(text), 0))


def _lines(store: AskableStore, node: "CompValue", depth: int) -> Iterator[str]:
    indent = _INDENT * depth
    if node.name == "BGP":
        yield from (f"{indent}{_pattern(triple)}{_size(store, triple)}" for triple in node.triples)
        return
    if node.name in _BEFORE:
        yield f"{indent}{_BEFORE[node.name]}{_detail(node)}"
        depth += 1
    for key, part in parts(node):
        branch = _BRANCHES.get((node.name, key))
        if branch:
            yield f"{indent}{branch}"
        yield from _lines(store, part, depth + bool(branch))
    for wanted, part in inner_patterns(node):
        yield f"{indent}{'must exist' if wanted else 'must not exist'}"
        yield from _lines(store, part, depth + 1)
    if node.name in _AFTER:
        yield f"{indent}{_AFTER[node.name]}{_detail(node)}"


def parts(node: "CompValue") -> list[tuple[str, Any]]:
    """The patterns that a node of the algebra joins, by their names there."""
    return [(key, node[key]) for key in _PARTS if key in node]


def inner_patterns(node: "CompValue") -> list[tuple[bool, Any]]:
    """The patterns inside the condition of a node, with whether they must match (EXISTS) or must not."""
    found: list[tuple[bool, Any]] = []
    stack = [node["expr"]] if "expr" in node else []
    while stack:
        each = stack.pop()
        if getattr(each, "name", "").endswith("EXISTS"):
            found.append((not each.name.endswith("NOTEXISTS"), each.graph))
        elif isinstance(each, dict):
            stack += dict.values(each)
        elif isinstance(each, list):
            stack += each
    return found


def _detail(node: "CompValue") -> str:
    """The variables that a step gives."""
    if node.name == "Project":
        return "".join(f" {each.n3()}" for each in node.PV)
    if node.name == "values":
        return "".join(f" {each.n3()}" for each in dict.fromkeys(name for row in node.res for name in row))
    return f" {node.var.n3()}" if node.name == "Extend" else ""


def _pattern(triple: tuple[Any, Any, Any]) -> str:
    return " ".join(written(term) for term in triple)


def written(term: object) -> str:
    """A term or property path as SPARQL writes it, with our prefixes."""
    from rdflib.paths import Path
    from rdflib.term import Identifier, URIRef

    if isinstance(term, Path):
        return _path(term)
    if isinstance(term, URIRef):
        return shorten_iri(str(term))
    return str(term.n3()) if isinstance(term, Identifier) else str(term)


def _path(path: object) -> str:
    """A property path; steps in sequence, alternatives, inverse and repeated ones."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, MulPath):
        return f"{written(path.path)}{path.mod}"
    if isinstance(path, InvPath):
        return f"^{written(path.arg)}"
    if isinstance(path, SequencePath):
        return "/".join(map(written, path.args))
    if isinstance(path, AlternativePath):
        return f"({'|'.join(map(written, path.args))})"
    return str(path)


def _size(store: AskableStore, triple: tuple[Any, Any, Any]) -> str:
    """How many triples match a pattern without a path."""
    from rdflib.paths import Path

    if isinstance(triple[1], Path):
        return "  (path)"
    text = " ".join(term.n3() for term in triple)
    _, rows = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {text} }}", authored=False)
    return f"  ({rows[0][0].value if rows[0][0] else 0})"
