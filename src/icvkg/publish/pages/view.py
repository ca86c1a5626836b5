"""One page in one language, as templates see it: names, links and texts, each escaped, from where the page lies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import Markup, escape

from icvkg.namespaces import BASE, shorten_iri
from icvkg.publish.pages.facts import Facts, Term
from icvkg.publish.pages.words import TAGS, word
from icvkg.queries.answers import PRECISION, as_precise, words

CHINESE = "zh/"
"""What the paths of Chinese pages begin with."""
_WEB = re.compile(r"https?://[^\s<>\"'`\\{}|^\x00-\x20]+", re.ASCII)
_UNSAFE_HOST = re.compile(r"https?://[^/]*@", re.ASCII)


@dataclass(frozen=True)
class View:
    """`path` is that of the page in English; the one in Chinese lies under `zh/`."""

    facts: Facts
    known: Mapping[str, object]
    language: str
    path: str
    base: str = ""
    """What links begin with on a page that may be shown at any address; empty where they start from the page."""

    @property
    def tag(self) -> str:
        """The language of the page as HTML names it."""
        return TAGS[self.language]

    @property
    def root(self) -> str:
        """The way from the page to the root of the site."""
        return self.base or "../" * (self.path.count("/") + (self.language == "zh")) or "./"

    def t(self, key: str) -> str:
        """A text of the site."""
        return word(key, self.language)

    def file(self, path: str) -> str:
        """The address of something that is the same in both languages."""
        return self.root + quote(path, safe="/:@!$&'()*+,;=~-._#?")

    def page(self, path: str) -> str:
        """The address of a page in the reader's language."""
        return self.file((CHINESE if self.language == "zh" else "") + path)

    @property
    def other(self) -> str:
        """The same page in the other language."""
        return self.file(("" if self.language == "zh" else CHINESE) + self.path)

    def href(self, iri: str) -> str:
        """Where an IRI leads: to the page of what has one, to the web; empty for everything else."""
        path = iri.removeprefix(BASE)
        if path != iri:
            return self.page(f"doc/{path}.html") if path in self.known else ""
        return iri if _WEB.fullmatch(iri) and not _UNSAFE_HOST.match(iri) else ""

    def name(self, iri: str) -> str:
        """What a thing is called in the reader's language, else in another."""
        return self.facts.name(iri, self.language)[0]

    def spoken(self, text: str, language: str) -> Markup:
        """A text, marked where it is not in the language of the page."""
        if not language or language == self.language:
            return escape(text)
        return Markup('<span lang="{}">{}</span>').format(TAGS.get(language, language), text)

    def told(self, english: str, own: str) -> Markup:
        """A text in the reader's language, marked as English where there is no other."""
        return self.spoken(own, "en" if own == english else self.language)

    def named(self, iri: str) -> Markup:
        """A thing's name as text."""
        return self.spoken(*self.facts.name(iri, self.language))

    def link(self, iri: str, text: str = "") -> Markup:
        """A thing by its name, or by that text, as a link where it leads anywhere."""
        target, shown = self.href(iri), escape(text) if text else self.named(iri)
        outside = ' rel="noopener nofollow"' if target.startswith("http") else ""
        return Markup('<a href="{}"{}>{}</a>').format(target, Markup(outside), shown) if target else shown

    def to(self, target: str, text: str) -> Markup:
        """A text as a link, where the target is not empty."""
        return Markup('<a href="{}">{}</a>').format(target, text) if target else escape(text)

    def joined(self, parts: Iterable[Markup | str]) -> Markup:
        """Parts as a list within a sentence."""
        return Markup(self.t("comma")).join(parts)

    def period(self, first: str, last: str) -> str:
        """A time in figures from its first and last day; an empty last day is an open end."""
        if not last:
            return self.t("since").format(day=first) if first else ""
        return first if first == last else f"{first}–{last}"

    def order(self, iri: str) -> tuple[str, str]:
        """Where a thing stands in a list by name: in Chinese by the sound of its name."""
        return self.facts.sound(self.name(iri)) if self.language == "zh" else self.name(iri).casefold(), iri

    def kind(self, iri: str) -> str:
        """The names of the classes of a thing."""
        return self.t("comma").join(self.name(each) for each in self.facts.types(iri))

    def texts(self, iri: str, predicate: str) -> Markup:
        """The text of a property in the reader's language, else in another; empty when there is none."""
        return self.spoken(*self.facts.text(iri, predicate, self.language))

    def term(self, thing: str, predicate: str, value: Term) -> Markup:
        """A value as people read it; days as precisely as they are known, web addresses as links."""
        if isinstance(value, ox.NamedNode):
            return self.link(value.value)
        if isinstance(value, ox.BlankNode):
            return escape(str(value))
        if value.language:
            return self.spoken(value.value, value.language)
        if value.datatype.value.endswith("#anyURI"):
            return self.link(value.value, value.value)
        if value.datatype.value.endswith("#boolean"):
            return escape(self.t("yes" if value.value in ("true", "1") else "no"))
        precision = self.facts.value(thing, predicate + PRECISION)
        return escape(as_precise(words(value), shorten_iri(precision)) if precision else words(value))

    def reworded(self, text: str, column: str = "") -> str:
        """What an answer says in English, in the reader's language where that is known: names, codes, yes and no."""
        if text in ("true", "false"):
            return self.t("yes" if text == "true" else "no")
        return self.facts.in_chinese(text, column) if self.language == "zh" else text

    def day(self, thing: str, predicate: str) -> str:
        """The day that a property gives, as precisely as it is known; empty when there is none."""
        found = self.facts.objects(thing, predicate)
        precision = shorten_iri(self.facts.value(thing, predicate + PRECISION))
        return as_precise(words(found[0]), precision) if found else ""
