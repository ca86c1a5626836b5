"""How good the graph is: metrics as queries, told as rows or in the W3C Data Quality Vocabulary (DQV)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from icvkg import artefacts
from icvkg.errors import UnknownNameError
from icvkg.namespaces import BASE, OUTSIDE
from icvkg.queries.catalogue import CuratedQuery, parse_query
from icvkg.store.asking import AskableStore

HEADER = ("metric", "part", "value", "of", "percent")
_DQV = OUTSIDE["dqv"]
_SPACE = BASE + "quality/"
_XSD = OUTSIDE["xsd"]


@dataclass(frozen=True)
class Measurement:
    """One value of one metric for one part of the graph; `of` is what the value is a count out of."""

    metric: str
    part: str
    value: str
    of: str

    @property
    def percent(self) -> str:
        """The share in percent with one decimal; empty where the value is no count."""
        countable = self.value.isdigit() and self.of.isdigit() and self.of != "0"
        return f"{100 * int(self.value) / int(self.of):.1f}" if countable else ""

    @property
    def row(self) -> tuple[str, ...]:
        """The measurement in the order of HEADER."""
        return self.metric, self.part, self.value, self.of, self.percent


def metrics(name: str | None = None) -> list[CuratedQuery]:
    """Every metric, or the one of that name; raises UnknownNameError with the nearest names."""
    files = artefacts.sorted_files(artefacts.folder("validation") / "quality", ".rq")
    known = {file.name.removesuffix(".rq"): file for file in files}
    if name and name not in known:
        raise UnknownNameError("metric", name, known)
    chosen = [name] if name else list(known)
    return [parse_query(each, "quality", known[each].read_text(encoding="utf-8")) for each in chosen]


def measure(store: AskableStore, wanted: Iterable[CuratedQuery]) -> list[Measurement]:
    """The measurements of these metrics on a store, in the order of the metrics."""
    return [one for metric in wanted for one in _measured(store, metric)]


def _measured(store: AskableStore, metric: CuratedQuery) -> Iterator[Measurement]:
    _, rows = store.select(metric.text)
    for part, value, of in rows:
        yield Measurement(metric.name, *("" if term is None else term.value for term in (part, value, of)))


def as_dqv(wanted: Iterable[CuratedQuery], measurements: Iterable[Measurement], version: str) -> list[ox.Triple]:
    """Metrics, dimensions and measurements as triples of the Data Quality Vocabulary, computed on a release."""
    described = dict.fromkeys(triple for metric in wanted for triple in _metric(metric))
    return [*described, *(triple for one in measurements for triple in _measurement(one, version))]


def _metric(metric: CuratedQuery) -> Iterator[ox.Triple]:
    iri = _node(_SPACE + metric.name)
    dimension = _node(_SPACE + "dimension/" + metric.tags[0])
    yield ox.Triple(iri, _node(OUTSIDE["rdf"] + "type"), _node(_DQV + "Metric"))
    yield ox.Triple(iri, _node(_DQV + "inDimension"), dimension)
    yield ox.Triple(dimension, _node(OUTSIDE["rdf"] + "type"), _node(_DQV + "Dimension"))
    yield ox.Triple(dimension, _node(OUTSIDE["skos"] + "prefLabel"), ox.Literal(metric.tags[0], language="en"))
    for language in ("en", "zh"):
        yield ox.Triple(
            iri, _node(OUTSIDE["skos"] + "definition"), ox.Literal(metric.title(language), language=language)
        )


def _measurement(one: Measurement, version: str) -> Iterator[ox.Triple]:
    slug = re.sub(r"[^A-Za-z0-9]+", "-", one.part)
    iri = _node(f"{BASE}release/{version}/quality/{one.metric}/{slug}")
    datatype = "integer" if one.value.isdigit() else "string"
    yield ox.Triple(iri, _node(OUTSIDE["rdf"] + "type"), _node(_DQV + "QualityMeasurement"))
    yield ox.Triple(iri, _node(_DQV + "isMeasurementOf"), _node(_SPACE + one.metric))
    yield ox.Triple(iri, _node(_DQV + "computedOn"), _node(f"{BASE}release/{version}"))
    yield ox.Triple(iri, _node(OUTSIDE["rdfs"] + "label"), ox.Literal(one.part, language="en"))
    yield ox.Triple(iri, _node(_DQV + "value"), ox.Literal(one.value, datatype=_node(_XSD + datatype)))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
