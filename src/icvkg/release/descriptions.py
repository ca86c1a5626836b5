"""The release described for catalogues: VoID (W3C note "Describing Linked Datasets") and DCAT 3, with exact counts."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

import pyoxigraph as ox

from icvkg.namespaces import BASE, DEF, ID, OUTSIDE
from icvkg.release.blocks import Content
from icvkg.release.dumps import COMPRESSED, LINES, file_name
from icvkg.release.settings import Settings
from icvkg.store.files import serialize

VOID_FILE, DCAT_FILE = "void.ttl", "dcat.ttl"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": OUTSIDE["dcterms"],
    "icv": DEF,
    "owl": OUTSIDE["owl"],
    "rdf": OUTSIDE["rdf"],
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": OUTSIDE["xsd"],
}
_TYPE = f"<{OUTSIDE['rdf']}type>".encode()
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TITLES = {
    "en": "China's intelligent connected vehicle value chain as a knowledge graph",
    "zh": "中国智能网联汽车价值链知识图谱",
}
_MEDIA = {
    "nt": "application/n-triples", "nq": "application/n-quads", "ttl": "text/turtle", "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml", "zip": "application/zip", "json": "application/json",
}  # fmt: skip
_IANA = "https://www.iana.org/assignments/media-types/"
Statement = tuple[str, str, str | int]
"""Subject, predicate, object: IRIs or prefixed names; a number is an integer, text in quotes is N-Triples syntax."""


def void(lines: Sequence[bytes], settings: Settings) -> bytes:
    """The VoID description of the served graph, given as lines of N-Triples, equal ones once: sizes, vocabularies, and
    its parts by class and by property.
    """
    dataset = _dataset(settings)
    terms = [line.split(b" ", 2) for line in lines]
    subjects = set(map(itemgetter(0), terms))
    properties = {_iri(name): count for name, count in Counter(map(itemgetter(1), terms)).items()}
    typed = Counter(value for _, name, value in terms if name == _TYPE and value.startswith(b"<"))
    classes = {_iri(name[:-2]): count for name, count in typed.items()}
    sizes = {
        "triples": len(lines),
        "entities": sum(subject.startswith(f"<{ID}".encode()) for subject in subjects),
        "classes": len(classes),
        "properties": len(properties),
        "distinctSubjects": len(subjects),
        "distinctObjects": len(set(map(itemgetter(2), terms))),
    }
    statements: list[Statement] = [(dataset, "rdf:type", "void:Dataset"), (dataset, "void:uriSpace", f'"{BASE}"')]
    statements += _about(dataset, settings)
    statements += [(dataset, f"void:{name}", count) for name, count in sizes.items()]
    statements += [(dataset, "void:vocabulary", space) for space in _vocabularies({*classes, *properties})]
    statements += _parts(dataset, "class", classes, "entities")
    statements += _parts(dataset, "property", properties, "triples")
    return _turtle(statements)


def _iri(name: bytes) -> str:
    return name.decode().strip("<>")


def _parts(dataset: str, kind: str, counts: Mapping[str, int], unit: str) -> Iterator[Statement]:
    for name, count in counts.items():
        part = f"{dataset}#{kind}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        yield dataset, f"void:{kind}Partition", part
        yield part, f"void:{kind}", name
        yield part, f"void:{unit}", count


def _vocabularies(terms: set[str]) -> list[str]:
    return [space for space in (DEF, *OUTSIDE.values()) if any(term.startswith(space) for term in terms)]


def dcat(files: Mapping[str, Content], settings: Settings) -> bytes:
    """The DCAT description: one distribution a file; sizes and hashes of those that no compression changes."""
    dataset = _dataset(settings)
    statements: list[Statement] = [(dataset, "rdf:type", "dcat:Dataset"), *_about(dataset, settings)]
    for name, content in files.items():
        statements += _distribution(dataset, name, content)
    return _turtle(statements)


def _distribution(dataset: str, name: str, content: Content) -> Iterator[Statement]:
    one = f"{dataset}/{file_name(name)}"
    yield dataset, "dcat:distribution", one
    yield one, "rdf:type", "dcat:Distribution"
    yield one, "dcterms:title", f'"{file_name(name)}"'
    yield one, "dcterms:license", _LICENCE
    yield one, "dcat:downloadURL", one
    yield one, "dcat:mediaType", _IANA + _MEDIA[name.rpartition(".")[2]]
    if name in COMPRESSED:
        yield one, "dcat:compressFormat", _IANA + "application/gzip"
    else:
        yield one, "dcat:byteSize", f'"{len(content.data)}"^^<{OUTSIDE["xsd"]}nonNegativeInteger>'
        yield from _checksum(one, content)
    if name in LINES:
        yield one, "void:triples", content.data.count(b"\n")


def _checksum(one: str, content: Content) -> Iterator[Statement]:
    checksum = f"{one}#checksum"
    yield one, "spdx:checksum", checksum
    yield checksum, "rdf:type", "spdx:Checksum"
    yield checksum, "spdx:algorithm", "spdx:checksumAlgorithm_sha256"
    yield checksum, "spdx:checksumValue", f'"{content.digest}"^^<{OUTSIDE["xsd"]}hexBinary>'


def _dataset(settings: Settings) -> str:
    return f"{BASE}release/{settings.version}"


def _about(dataset: str, settings: Settings) -> Iterator[Statement]:
    for language, title in _TITLES.items():
        yield dataset, "dcterms:title", f'"{title}"@{language}'
    yield dataset, "dcterms:license", _LICENCE
    yield dataset, "dcterms:publisher", '"icvkg"'
    yield dataset, "dcterms:language", '"en"'
    yield dataset, "dcterms:language", '"zh"'
    yield dataset, "dcat:version", f'"{settings.version}"'
    yield dataset, "dcterms:temporal", f'"as of {settings.as_of}"@en'


def _turtle(statements: Iterable[Statement]) -> bytes:
    lines = sorted({f"{_term(s)} {_term(p)} {_term(o)} ." for s, p, o in statements})
    triples = [quad.triple for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)]
    return serialize(triples, ox.RdfFormat.TURTLE, _PREFIXES)


def _term(value: str | int) -> str:
    if isinstance(value, int):
        return f'"{value}"^^<{OUTSIDE["xsd"]}integer>'
    if value.startswith('"'):
        return value
    prefix, _, local = value.partition(":")
    return f"<{_PREFIXES[prefix]}{local}>" if prefix in _PREFIXES else f"<{value}>"
