"""A release in memory, as pages ask for it: what is said of a thing, what names it, and on which sources."""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from icvkg.namespaces import BASE, CODE, DEF, ID, OUTSIDE, shorten_iri
from icvkg.publish.pages.words import LANGUAGES, OUTSIDE_NAMES
from icvkg.queries.folding import fold, spelled
from icvkg.release.dumps import BY_SOURCE, DERIVED

Term = ox.NamedNode | ox.BlankNode | ox.Literal
RDF_TYPE = OUTSIDE["rdf"] + "type"
LABEL = OUTSIDE["rdfs"] + "label"
NAMED = (*(f"{ID}{kind}/" for kind in ("actor", "item", "place", "document")), BASE + "code/")
"""What the IRIs of things and codes with names of their own begin with."""
FEW = 20
"""How many statements with a property are kept as examples of it."""
_LATITUDE, _LONGITUDE = OUTSIDE["geo"] + "lat", OUTSIDE["geo"] + "long"
NOTE, DEFINITION = OUTSIDE["skos"] + "note", OUTSIDE["skos"] + "definition"


_STANDING = tuple(f"{CODE}claim-status/{status}" for status in ("asserted", "contested"))


@dataclass(frozen=True)
class Facts:
    """Statements by subject and by value; the sources of each; those that a rule derived."""

    said: Mapping[str, Sequence[tuple[str, Term]]]
    naming: Mapping[str, Sequence[tuple[str, str]]]
    sources: Mapping[bytes, tuple[str, ...]] = field(default_factory=dict)
    derived: frozenset[bytes] = frozenset()

    @classmethod
    def of(cls, triples: Iterable[ox.Triple], folder: Path | None = None) -> "Facts":
        """The facts of these triples; sources and derivations come from the dumps of the release's folder."""
        said: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        naming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        names: dict[str, str] = {}
        for subject, predicate, value in triples:
            name = names.setdefault(key := _key(subject), key)
            prop = names.setdefault(key := predicate.value, key)
            said[name].append((prop, value))
            if not isinstance(value, ox.Literal):
                naming[names.setdefault(key := _key(value), key)].append((prop, name))
        return cls(dict(said), dict(naming), _sources(folder), frozenset(_lines(folder, DERIVED)))

    def statements(self, thing: str) -> list[tuple[str, Term]]:
        """What is said of a thing, in the order of properties and values."""
        return sorted(self.said.get(thing, ()), key=lambda pair: (pair[0], str(pair[1])))

    def incoming(self, thing: str) -> list[tuple[str, str]]:
        """Property and subject of every statement whose value is the thing, in order."""
        return sorted(self.naming.get(thing, ()))

    def sources_of(self, thing: str, predicate: str, value: Term) -> tuple[str, ...]:
        """The sources that say so."""
        return self.sources.get(_line(thing, predicate, value), ())

    def is_derived(self, thing: str, predicate: str, value: Term) -> bool:
        """Whether a rule derived the statement from others."""
        return _line(thing, predicate, value) in self.derived

    def objects(self, thing: str, predicate: str) -> list[Term]:
        """The values of one property."""
        found = [value for name, value in self.said.get(thing, ()) if name == predicate]
        return sorted(found, key=str) if len(found) > 1 else found

    def links(self, thing: str, predicate: str) -> list[str]:
        """The IRIs among the values of one property."""
        return [value.value for value in self.objects(thing, predicate) if isinstance(value, ox.NamedNode)]

    def value(self, thing: str, predicate: str) -> str:
        """The first value of one property as text; empty when there is none."""
        found = self.objects(thing, predicate)
        return found[0].value if found else ""

    def subjects(self, predicate: str, thing: str) -> list[str]:
        """What names a thing by that property."""
        return sorted(subject for name, subject in self.naming.get(thing, ()) if name == predicate)

    def stands(self, claim: str) -> bool:
        """Whether a claim tells of what is: asserted or contested, and not only announced, refuted or superseded."""
        return any(status in _STANDING for status in self.links(claim, DEF + "claimStatus"))

    def of_type(self, name: str) -> list[str]:
        """The instances of a class of ours, by IRI."""
        return self.subjects(RDF_TYPE, DEF + name)

    def types(self, thing: str) -> list[str]:
        """The classes of a thing."""
        return self.links(thing, RDF_TYPE)

    def texts(self, thing: str, predicate: str) -> dict[str, str]:
        """Texts by language; the language of a text without one is empty."""
        found = (each for each in self.objects(thing, predicate) if isinstance(each, ox.Literal))
        return {each.language or "": each.value for each in found}

    def text(self, thing: str, predicate: str, language: str) -> tuple[str, str]:
        """The text in that language, else in another; and which language it is in."""
        return best(self.texts(thing, predicate), language)

    def name(self, thing: str, language: str) -> tuple[str, str]:
        """What a thing is called and in which language: its label, else its prefixed name."""
        known = self._names.get((thing, language))
        if known is None:
            text, spoken = self.text(thing, LABEL, language)
            known = self._names[thing, language] = (text, spoken) if text else (unlabelled(thing, language), "")
        return known

    @cached_property
    def dots(self) -> list[tuple[float, float]]:
        """Latitude and longitude of every place that has them, once each."""
        placed = [thing for thing, said in self.said.items() if any(name == _LATITUDE for name, _ in said)]
        return sorted({place for thing in placed if (place := self.position(thing))})

    def position(self, thing: str) -> tuple[float, float] | None:
        """Latitude and longitude of a thing in degrees; None where they are missing or no degrees."""
        try:
            north, east = float(self.value(thing, _LATITUDE)), float(self.value(thing, _LONGITUDE))
        except ValueError:
            return None
        return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None

    def using(self, predicate: str) -> list[tuple[str, Term]]:
        """Subject and value of the first statements with a property, in order of subjects."""
        return self._uses.get(predicate, [])

    @cached_property
    def _uses(self) -> dict[str, list[tuple[str, Term]]]:
        found: dict[str, list[tuple[str, Term]]] = {}
        for thing in sorted(self.said):
            for predicate, value in self.statements(thing) if thing.startswith(ID) else ():
                listed = found.setdefault(predicate, [])
                if len(listed) < FEW and (not listed or listed[-1][0] != thing):
                    listed.append((thing, value))
        return found

    def in_chinese(self, name: str, column: str = "") -> str:
        """The Chinese name of what has that English one: of a code of the list that the column is named after, else of
        all that bear the name, where they agree; the name itself where there is none.
        """
        found = self._chinese.get(name, {})
        own = found.get(re.sub("(?<!^)([A-Z])", r"-\1", column).lower())
        return own or (next(iter(found.values())) if len(set(found.values())) == 1 else name)

    @cached_property
    def _chinese(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for thing in self.said:
            texts = self.texts(thing, LABEL) if thing.startswith(NAMED) else {}
            if "zh" in texts:
                found[texts.get("en", "")][thing.split("/")[-2]] = texts["zh"]
        return found

    def sound(self, name: str) -> str:
        """A name in pinyin, as lists in Chinese are ordered."""
        return self._sounds.get(name) or self._sounds.setdefault(name, spelled(fold(name))[0])

    @cached_property
    def _sounds(self) -> dict[str, str]:
        return {}

    @cached_property
    def _names(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {}


def unlabelled(thing: str, language: str) -> str:
    """What something without a label is called: a word for well-known outside terms, else its path or short name."""
    short = shorten_iri(thing)
    if short in OUTSIDE_NAMES:
        return OUTSIDE_NAMES[short][LANGUAGES.index(language)]
    return short.removeprefix(BASE) or short


def best(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The text that a reader of that language wants, and the language it is in; both empty when there is none."""
    for wanted in (language, "", "en", "zh"):
        if wanted in texts:
            return texts[wanted], wanted
    return next(((text, spoken) for spoken, text in sorted(texts.items())), ("", ""))


def _key(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _line(thing: str, predicate: str, value: Term) -> bytes:
    return f"<{thing}> <{predicate}> {value}".encode()


def _sources(folder: Path | None) -> Mapping[bytes, tuple[str, ...]]:
    """The sources of each statement, from the dump that has one graph a source."""
    found: dict[bytes, tuple[str, ...]] = {}
    for line in _lines(folder, BY_SOURCE):
        statement, _, source = line.rpartition(b" <")
        found[statement] = (*found.get(statement, ()), sys.intern(source[:-1].decode()))
    return found


def _lines(folder: Path | None, name: str) -> Iterable[bytes]:
    """The statements of a dump, each without its full stop."""
    file = folder / f"{name}.gz" if folder else None
    lines = gzip.decompress(file.read_bytes()).splitlines() if file and file.exists() else []
    return (line.removesuffix(b" .") for line in lines)
