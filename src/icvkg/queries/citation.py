"""How to cite one fact: the claim, its source and the release, as text and as BibTeX."""

import re
from dataclasses import dataclass

from icvkg.errors import IcvkgError
from icvkg.namespaces import ID
from icvkg.queries.answers import as_precise, words
from icvkg.store.asking import AskableStore, Term

_CLAIM = """
PREFIX icv: <https://w3id.org/icvkg/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label ?note ?source ?title ?publisher ?url ?published ?precision ?site ?locator WHERE {
  VALUES ?claim { CLAIM }
  ?claim icv:hasEvidence ?evidence .
  ?evidence icv:source ?source .
  ?source rdfs:label ?title ; icv:publisherName ?publisher .
  OPTIONAL { ?evidence icv:locator ?locator }
  OPTIONAL { ?claim rdfs:label ?label . FILTER(LANG(?label) = "LANGUAGE") }
  OPTIONAL { ?claim skos:note ?note . FILTER(LANG(?note) = "LANGUAGE") }
  OPTIONAL { ?source icv:url ?url }
  OPTIONAL { ?source icv:readOnSite ?site }
  OPTIONAL { ?source icv:publishedOn ?published ; icv:publishedOnPrecision ?precision }
} ORDER BY ?evidence"""


@dataclass(frozen=True)
class Citation:
    """One claim with one of its sources, in words."""

    claim: str
    label: str
    note: str
    source: str
    title: str
    publisher: str
    url: str
    published: str
    site: str
    locator: str

    def text(self, release: str) -> str:
        """The citation as running text, the release named."""
        said = f" {self.note}" if self.note else ""
        source = reference(self.publisher, self.title, self.published, self.site, self.locator, self.url)
        return f"{self.label}.{said}\n  {source}\n  icvkg {release}, {self.claim}"

    def bibtex(self, release: str) -> str:
        """The source as a BibTeX entry whose note names the claim and the release."""
        fields = {
            "title": self.title,
            "author": f"{{{self.publisher}}}",
            "year": self.published[:4],
            "url": self.url,
            "note": f"Cited for {self.claim} in icvkg {release}",
        }
        lines = [f"  {name} = {{{_escape(value)}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.source},", *lines, "}"])


def reference(publisher: str, title: str, published: str, site: str, locator: str, url: str) -> str:
    """A source in one line; what is not known of it is empty.

    >>> reference("MIIT", "Notice", "2024-07", "", "section 2", "https://example.org/1")
    'MIIT, “Notice”, 2024-07, section 2. https://example.org/1'
    """
    where = f", read on {site}" if site else ""
    when = f", {published}" if published else ""
    at = f", {locator}" if locator else ""
    address = f". {url}" if url else ""
    return f"{publisher}, “{title}”{when}{where}{at}{address}"


def cite(store: AskableStore, claim: str, language: str) -> list[Citation]:
    """One citation per source of the claim; raises IcvkgError for something that has no evidence."""
    _, rows = store.select(_CLAIM.replace("CLAIM", f"<{claim}>").replace("LANGUAGE", language))
    if not rows:
        raise IcvkgError(f"{claim} names no source of its own: only claims and things with evidence can be cited.")
    return [_citation(claim, list(row)) for row in rows]


def _citation(claim: str, row: list[Term | None]) -> Citation:
    label, note, source, title, publisher, url, published, precision, site, locator = row
    return Citation(
        claim=claim,
        label=words(label),
        note=words(note),
        source=source.value.removeprefix(f"{ID}source/") if source else "",
        title=words(title),
        publisher=words(publisher),
        url=words(url),
        published=as_precise(words(published), words(precision)),
        site=words(site),
        locator=words(locator),
    )


def _escape(text: str) -> str:
    """The text with BibTeX's special characters made harmless; braces around an author's name stay."""
    return re.sub(r"([&%$#_])", r"\\\1", text) if not text.startswith("http") else text
