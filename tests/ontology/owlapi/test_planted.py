"""The checker sees each fault that Protégé would pass over in silence."""

from collections.abc import Callable

import pytest

from tests.ontology.owlapi.checker import Report, inspect

pytestmark = pytest.mark.slow

PREFIXES = """PREFIX : <https://example.org/def/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
HEADER = "<https://example.org/o> a owl:Ontology .\n"
FAULTS: dict[str, tuple[str, Callable[[Report], bool]]] = {
    "sound": (HEADER + ":A a owl:Class .", lambda r: not r["dl"] and not r["rl"] and r["hermit"] == "consistent"),
    "import": (
        "<https://example.org/o> a owl:Ontology ; owl:imports <https://example.org/absent> .",
        lambda r: r["missingImports"] == r["network"] == ["https://example.org/absent"],
    ),
    "star": (HEADER + "<< :a :b :c >> :d :e .", lambda r: bool(r["undeclared"]) and "error" in r),
    "no-header": (":A a owl:Class .", lambda r: r["iri"] == "anonymous"),
    "unparsed": (HEADER + ":x owl:members :y .", lambda r: len(r["unparsed"]) == 1),
    "class": (HEADER + ":x a :Undeclared .", lambda r: r["undeclared"] == ["<https://example.org/def/Undeclared>"]),
    "property": (HEADER + ":x :undeclared :y .", lambda r: bool(r["undeclared"])),
    "datatype": (
        HEADER + ":p a owl:DatatypeProperty ; rdfs:range xsd:date .",
        lambda r: bool(r["dl"]) and r["hermit"].startswith("UnsupportedDatatypeException"),
    ),
    "punning": (HEADER + ":p a owl:ObjectProperty, owl:AnnotationProperty .", lambda r: bool(r["dl"])),
    "existential": (
        HEADER + ":p a owl:ObjectProperty . :A a owl:Class ; rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] .",
        lambda r: not r["dl"] and bool(r["rl"]),
    ),
    "unsatisfiable": (
        HEADER + ":A a owl:Class ; owl:disjointWith :B . :B a owl:Class . :C a owl:Class ; rdfs:subClassOf :A, :B .",
        lambda r: r["unsatisfiable"] == ["<https://example.org/def/C>"],
    ),
    "inconsistent": (
        HEADER + ":A a owl:Class ; owl:disjointWith :B . :B a owl:Class . :x a :A, :B .",
        lambda r: r["hermit"] == "inconsistent",
    ),
    "decimal": (HEADER + ':p a owl:DatatypeProperty . :x :p "440"^^xsd:decimal .', lambda r: bool(r["roundTrip"])),
}


@pytest.fixture(scope="module")
def planted(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Reports on one small file for each fault."""
    folder = tmp_path_factory.mktemp("planted")
    for name, (text, _) in FAULTS.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    reports = inspect(folder / f"{name}.ttl" for name in FAULTS)
    return dict(zip(FAULTS, reports, strict=True))


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_seen(planted: dict[str, Report], name: str) -> None:
    assert FAULTS[name][1](planted[name]), planted[name]
