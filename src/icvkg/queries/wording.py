"""An answer in the language of its reader: names and codes for which the curated queries give English words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from icvkg.namespaces import CODE, DEF
from icvkg.queries.answers import Answer
from icvkg.queries.chinese import words_in
from icvkg.store.asking import AskableStore, Term

_NAMED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?asked (SAMPLE(?name) AS ?one) (COUNT(DISTINCT ?name) AS ?number) WHERE {
  VALUES ?asked { TERMS }
  PATTERN
  ?thing rdfs:label ?name . FILTER(langMatches(LANG(?name), "LANGUAGE"))
} GROUP BY ?asked"""
_ONE = ox.Literal(1)
_TRUTH = {ox.Literal(True): "是", ox.Literal(False): "否"}


def worded(answer: Answer, language: str) -> Answer:
    """The answer with codes, terms of ours and English names in that language, where the graph knows exactly one name.

    In the answer of a curated query, names without a language and words that the query itself gives count too.
    """
    if answer.origin is None or language == "en":
        return answer
    terms = {term for row in answer.rows for term in row if term is not None}
    english = _english(terms, plain=answer.origin.query is not None)
    codes = [term for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith((CODE, DEF))]
    store = answer.origin.store
    names = _asked(store, english.values(), "?thing rdfs:label ?asked .", language)
    known = _asked(store, codes, "BIND(?asked AS ?thing)", language)
    known |= {term: name for term, said in english.items() if (name := names.get(said)) is not None}
    own = [_own_words(column) if answer.origin.query else {} for column in answer.columns]
    rows = tuple(
        tuple(words.get(term, known.get(term, term)) for words, term in zip(own, row, strict=True))
        for row in answer.rows
    )
    return replace(answer, rows=rows)


def _english(terms: Iterable[Term], *, plain: bool) -> dict[Term | None, ox.Literal]:
    """The English text of each term that is one; with `plain`, also of texts without a language that may be names."""
    texts = [term for term in terms if isinstance(term, ox.Literal)]
    return {
        term: ox.Literal(term.value, language="en")
        for term in texts
        if term.language == "en" or (plain and term.datatype.value.endswith("#string") and term.value[:1].isalpha())
    }


def _own_words(column: str) -> Mapping[Term | None, Term]:
    """The words that curated queries put into a column, and true and false, in Chinese."""
    said = {ox.Literal(word): chinese for word, chinese in words_in(column).items()} | _TRUTH
    return {term: ox.Literal(chinese, language="zh") for term, chinese in said.items()}


def _asked(store: AskableStore, terms: Iterable[Term], pattern: str, language: str) -> dict[Term | None, Term]:
    """The name of each term in that language."""
    written = " ".join(sorted(map(str, terms)))
    if not written:
        return {}
    text = _NAMED.replace("PATTERN", pattern).replace("LANGUAGE", language).replace("TERMS", written)
    _, rows = store.select(text)
    return {asked: name for asked, name, number in rows if name is not None and number == _ONE}
