"""An answer in the language of its reader: names and codes for which the curated queries give English words."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from icvkg.namespaces import CODE
from icvkg.queries.answers import Answer
from icvkg.store.asking import AskableStore, Term

_NAMED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?asked (SAMPLE(?name) AS ?one) (COUNT(DISTINCT ?name) AS ?number) WHERE {
  VALUES ?asked { TERMS }
  PATTERN
  ?thing rdfs:label ?name . FILTER(langMatches(LANG(?name), "LANGUAGE"))
} GROUP BY ?asked"""


def worded(answer: Answer, language: str) -> Answer:
    """The answer with codes by their names and English names in that language, where the graph knows exactly one."""
    if answer.origin is None or language == "en":
        return answer
    terms = {term for row in answer.rows for term in row if term is not None}
    names = [term for term in terms if isinstance(term, ox.Literal) and term.language == "en"]
    codes = [term for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(CODE)]
    store = answer.origin.store
    found = _asked(store, names, "?thing rdfs:label ?asked .", language)
    found |= _asked(store, codes, "BIND(?asked AS ?thing)", language)
    rows = tuple(tuple(found.get(term, term) if term is not None else None for term in row) for row in answer.rows)
    return replace(answer, rows=rows)


def _asked(store: AskableStore, terms: Iterable[Term], pattern: str, language: str) -> dict[Term | None, Term]:
    """The name of each term in that language."""
    written = " ".join(sorted(map(str, terms)))
    if not written:
        return {}
    text = _NAMED.replace("PATTERN", pattern).replace("LANGUAGE", language).replace("TERMS", written)
    _, rows = store.select(text)
    return {asked: name for asked, name, number in rows if name is not None and number == _ONE}


_ONE = ox.Literal(1)
