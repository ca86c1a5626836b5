"""Literals as they were written: a store keeps `4.0` as `4`, a report should say what stands in the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from icvkg.validation.report import Report
from icvkg.validation.vocabulary import RDF, XSD

_KEPT = {XSD + "string", RDF + "langString", XSD + "anyURI"}


def as_written(report: Report, triples: Iterable[ox.Triple]) -> Report:
    """The report with the literals of the triples; one that was written in several ways stays as the store has it."""
    forms = _forms(triples)
    if not forms:
        return report
    results = (
        replace(each, focus=forms.get(each.focus, each.focus), value=forms.get(each.value, each.value))
        for each in report.results
    )
    return Report.of(results, report.deferred)


def _forms(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The written form of each literal that the store changes, by the form that it keeps."""
    literals = {each.object for each in triples if isinstance(each.object, ox.Literal)}
    typed = [each for each in literals if each.datatype.value not in _KEPT]
    kept: dict[str, set[str]] = defaultdict(set)
    for written, stored in zip(typed, _stored(typed), strict=True):
        kept[str(stored)].add(str(written))
    return {form: min(written) for form, written in kept.items() if len(written) == 1 and form not in written}


def _stored(literals: list[ox.Literal]) -> list[object]:
    """The literals after a way through a store."""
    place = ox.NamedNode("urn:icvkg:literal")
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"urn:icvkg:{number}"), place, literal) for number, literal in enumerate(literals)
    )
    back = {quad.subject.value: quad.object for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return [back[f"urn:icvkg:{number}"] for number in range(len(literals))]
