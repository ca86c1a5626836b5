"""The things and codes that a question names, by any of their names in the index."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icvkg.asking.features import COMMON
from icvkg.asking.spans import Span
from icvkg.namespaces import CODE, ID
from icvkg.queries.folding import has_han
from icvkg.queries.name_index import Entry, NameIndex

LONGEST = 24
"""A name is looked for in so many words or Chinese characters at most."""
_ATOM = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+\+?")
_SHORTENED = {
    f"{ID}place/": ("市", "省", "区", "县", "自治区", "特别行政区"),
    f"{ID}actor/": ("汽车", "集团", "科技", "智能", "公司"),
}
"""What people leave off at the end of a Chinese name, by the kind of thing."""
_SPACES = (*(f"{ID}{kind}/" for kind in ("actor", "item", "place", "document")), CODE)


@dataclass(frozen=True)
class Mention:
    """Something that a question names: its IRI, and where."""

    iri: str
    place: Span

    @property
    def type(self) -> str:
        """The type of the parameters that can take it: actor, item, place, document or code:<scheme>."""
        if self.iri.startswith(CODE):
            return f"code:{self.iri.removeprefix(CODE).partition('/')[0]}"
        return self.iri.removeprefix(ID).partition("/")[0]

    @property
    def slug(self) -> str:
        """How a parameter writes it."""
        return self.iri.rpartition("/")[2]


def mentions(index: NameIndex, text: str) -> list[Mention]:
    """What a folded text names, in the order of the text; of names that overlap the longest, of which all bearers."""
    pieces = _pieces(text)
    found: dict[Span, set[str]] = {}
    for key, entry in index.bearing(pieces):
        for place, written in pieces[key]:
            if entry.iri.startswith(_SPACES) and _is_name(entry, key, written):
                found.setdefault(place, set()).add(entry.iri)
    return [Mention(iri, place) for place in _longest(found) for iri in sorted(found[place])]


def _pieces(text: str) -> dict[str, list[tuple[Span, str]]]:
    """The keys under which a name could stand, each with the stretches of the text that it could be, as written."""
    atoms = list(_ATOM.finditer(text))
    pieces: dict[str, list[tuple[Span, str]]] = {}
    for first, begin in enumerate(atoms):
        written = ""
        for end in atoms[first : first + LONGEST]:
            written += end.group()
            for key in [written, *_variants(written)] if len(written) > 1 and written not in COMMON else []:
                pieces.setdefault(key, []).append(((begin.start(), end.end()), written))
    return pieces


def _variants(key: str) -> Iterator[str]:
    """A name as its bearer writes it in full, or in the singular."""
    if has_han(key[-1]):
        yield from (key + ending for endings in _SHORTENED.values() for ending in endings)
    elif key.endswith("s") and len(key) > 3:
        yield key[:-1]
        if key.endswith("ies"):
            yield f"{key[:-3]}y"


def _is_name(entry: Entry, key: str, written: str) -> bool:
    """Whether the key is a name of the entry (pinyin and initials are none) and can have been written like that."""
    ending = key.removeprefix(written) if key != written and key.startswith(written) else ""
    allowed = [endings for space, endings in _SHORTENED.items() if entry.iri.startswith(space)]
    return entry.squeezed == key and (not ending or (bool(allowed) and ending in allowed[0]))


def _longest(found: dict[Span, set[str]]) -> list[Span]:
    """The places that stay when longer ones come first and none may overlap."""
    kept: list[Span] = []
    for begin, end in sorted(found, key=lambda place: (place[0] - place[1], place)):
        if all(end <= other or begin >= rest for other, rest in kept):
            kept.append((begin, end))
    return sorted(kept)
