"""Which values a parameter can take: looked up in the graph, so that a wrong one is answered with near ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.queries.answers import words
from icvkg.queries.catalogue import CuratedQuery, Parameter
from icvkg.queries.parameters import is_text, space_of, term
from icvkg.store.asking import AskableStore

if TYPE_CHECKING:
    from icvkg.queries.search import Hit

Find = Callable[[str, int], "Sequence[Hit]"]

_VALUES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?value ?label ?labelZh WHERE {
  { SELECT DISTINCT ?value WHERE { ?value rdfs:label ?any FILTER(STRSTARTS(STR(?value), "SPACE")) } }
  OPTIONAL { ?value rdfs:label ?label FILTER(LANG(?label) = "en") }
  OPTIONAL { ?value rdfs:label ?labelZh FILTER(LANG(?labelZh) = "zh") }
} ORDER BY ?value"""
_FREE = {
    "date": "a day such as 2024-07-03", "integer": "a whole number", "decimal": "a number such as 2.5", "text": "text",
}  # fmt: skip


@dataclass(frozen=True)
class Value:
    """One value as a user writes it (a slug, or text), with its names."""

    written: str
    label: str
    label_zh: str


def find_parameter(query: CuratedQuery, name: str) -> Parameter:
    """The parameter of that name; raises UnknownNameError with the nearest names."""
    known = {each.name: each for each in query.parameters}
    if name not in known:
        raise UnknownNameError(f"parameter of {query.name}", name, known)
    return known[name]


def values(store: AskableStore, parameter: Parameter) -> list[Value]:
    """Every value that the parameter can take; raises IcvkgError where any of a type will do."""
    if not parameter.is_listed:
        raise IcvkgError(f"Parameter {parameter.name} takes {_FREE[parameter.type]}: there is no list of values.")
    space = space_of(parameter) if parameter.names_a_thing else ""
    _, rows = store.select(parameter.values or _VALUES.replace("SPACE", space))
    return [
        Value(value.value.removeprefix(space), words(label), words(label_zh))
        for value, label, label_zh in rows
        if value is not None
    ]


def settled(store: AskableStore, parameter: Parameter, value: str, find: Find) -> str:
    """The value as it will be bound: a thing may also be given by a name that it alone bears (华为).

    Raises UnknownNameError with the nearest values for one that is not in the graph, IcvkgError for a wrong type.
    """
    if not value or not parameter.is_listed:
        return value
    if not is_text(value):
        raise UnknownNameError(_kind(parameter), value, ())
    if not parameter.names_a_thing:
        return _known(value, parameter, [each.written for each in values(store, parameter)])
    if _is_there(store, parameter, value):
        return value
    hits = [hit for hit in find(value, 200) if hit.iri.startswith(space_of(parameter))]
    bearers = [_slug(hit.iri) for hit in hits if hit.rank == 0]
    if len(bearers) == 1:
        return bearers[0]
    if hits:
        near = ", ".join(f"{_slug(hit.iri)} ({hit.name})" for hit in hits[:3])
        raise IcvkgError(f"{UnknownNameError(_kind(parameter), value, ())} Did you mean {near}?")
    raise UnknownNameError(_kind(parameter), value, {each.written for each in values(store, parameter)})


def _is_there(store: AskableStore, parameter: Parameter, value: str) -> bool:
    try:
        return store.ask(f"ASK {{ {term(parameter, value)} ?property ?value }}")
    except IcvkgError:
        return False


def _known(value: str, parameter: Parameter, known: Sequence[str]) -> str:
    if value not in known:
        raise UnknownNameError(_kind(parameter), value, known)
    return value


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def _kind(parameter: Parameter) -> str:
    return parameter.type.removeprefix("code:") if parameter.names_a_thing else parameter.name
