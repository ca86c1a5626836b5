"""One tiny bad ontology for each rule, with the terms that the rule must name."""

from icvkg.namespaces import BASE, PREFIXES

ICV = f"<{BASE}ontology/icv>"
MODULE = f"{BASE}ontology/bad"
HEADER = f"<{MODULE}> a owl:Ontology ."
FILE = f"{BASE}artefact/ontology/bad.ttl"


def property_of(kind: str, extra: str = "") -> str:
    """A property of that kind named icv:bad."""
    return f"icv:bad a owl:{kind} {extra}."


BAD: dict[str, tuple[str, set[str]]] = {
    "P01-label-shared-across-kinds": (
        'icv:Bad a owl:Class ; rdfs:label "bad"@en . icv:bad a owl:DatatypeProperty ; rdfs:label "Bad"@en .',
        {"icv:Bad"},
    ),
    "P02-synonym-class": ("icv:Car owl:equivalentClass icv:Automobile .", {"icv:Car"}),
    "P03-relation-is": (
        "icv:is a owl:ObjectProperty . icv:is_a a owl:ObjectProperty . icv:isActive a owl:DatatypeProperty .",
        {"icv:is", "icv:is_a"},
    ),
    "P04-unconnected-class": ("icv:Bad a owl:Class . icv:Good a owl:Class . icv:p rdfs:range icv:Good .", {"icv:Bad"}),
    "P05-wrong-inverse": (
        "icv:bad owl:inverseOf icv:back ; rdfs:domain icv:A . icv:back rdfs:range icv:B ."
        " icv:worse owl:inverseOf icv:forth ; rdfs:range icv:A . icv:forth rdfs:domain icv:B ."
        " icv:good owl:inverseOf icv:well ; rdfs:range icv:A . icv:well rdfs:domain icv:A .",
        {"icv:bad", "icv:worse"},
    ),
    "P06-class-cycle": (
        "icv:A a owl:Class ; rdfs:subClassOf icv:B . icv:B a owl:Class ; rdfs:subClassOf icv:A .",
        {"icv:A", "icv:B"},
    ),
    "P07-merged-concepts": (
        "icv:RoadAndCloud a owl:Class . icv:Brand a owl:Class . icv:Operator a owl:Class .",
        {"icv:RoadAndCloud"},
    ),
    "P08-missing-annotation": (
        'icv:Bad a owl:Class ; rdfs:label "bad"@en . stage:bad a skos:Concept ; skos:definition "A stage."@en .',
        {"icv:Bad", "stage:bad"},
    ),
    "P09-missing-domain-term": (
        "<urn:query> dcterms:references icv:Missing , icv:Firm . icv:Firm a owl:Class .",
        {"icv:Missing"},
    ),
    "P10-missing-disjointness": (
        f"{HEADER} icv:A a owl:Class ; rdfs:isDefinedBy <{MODULE}> . icv:B a owl:Class ; rdfs:isDefinedBy <{MODULE}> .",
        {MODULE},
    ),
    "P11-missing-domain": (property_of("ObjectProperty", "; rdfs:range icv:A "), {"icv:bad"}),
    "P11-missing-range": (property_of("DatatypeProperty", "; rdfs:domain icv:A "), {"icv:bad"}),
    "P12-equivalent-properties-undeclared": (
        'icv:maker a owl:ObjectProperty ; rdfs:label "maker"@en . icv:producer a owl:ObjectProperty ;'
        ' rdfs:label "Maker"@en .',
        {"icv:maker"},
    ),
    "P13-no-inverse": (
        "icv:bad a owl:ObjectProperty . icv:a a owl:ObjectProperty . icv:b owl:inverseOf icv:a .",
        {"icv:bad"},
    ),
    "P14-only-restriction": (
        "icv:Bad rdfs:subClassOf [ a owl:Restriction ; owl:onProperty icv:p ; owl:allValuesFrom icv:A ] .",
        {"icv:Bad"},
    ),
    "P15-complement": (
        "icv:Bad rdfs:subClassOf [ owl:intersectionOf ( icv:A [ owl:complementOf icv:B ] ) ] .",
        {"icv:Bad"},
    ),
    "P16-primitive-class": (
        "icv:Bad rdfs:subClassOf [ a owl:Restriction ; owl:onProperty icv:p ; owl:hasValue icv:x ] .",
        {"icv:Bad"},
    ),
    "P17-over-specialised-class": (
        "icv:Bad a owl:Class ; rdfs:subClassOf icv:A . icv:A a owl:Class . icv:Good a owl:Class . act:x a icv:Good .",
        {"icv:Bad"},
    ),
    "P18-domain-or-range-too-narrow": (
        "icv:bad a owl:ObjectProperty ; rdfs:domain icv:C . icv:worse a owl:ObjectProperty ; rdfs:range icv:C ."
        " icv:good a owl:ObjectProperty ; rdfs:domain icv:A ; rdfs:range icv:A . icv:B rdfs:subClassOf icv:A ."
        " act:a a icv:B ; icv:bad act:a ; icv:worse act:a ; icv:good act:a .",
        {"icv:bad", "icv:worse"},
    ),
    "P19-several-domains-or-ranges": (
        "icv:bad rdfs:domain icv:A , icv:B . icv:worse rdfs:range icv:A , icv:B . icv:good rdfs:range icv:A .",
        {"icv:bad", "icv:worse"},
    ),
    "P20-misused-annotation": (
        'icv:Bad a owl:Class ; rdfs:label "a long label of a class"@en ; skos:definition "Bad."@en .'
        ' icv:bad a owl:DatatypeProperty ; rdfs:label "坏"@zh ; skos:definition "坏"@zh .',
        {"icv:Bad", "icv:bad"},
    ),
    "P21-miscellaneous-class": (
        "icv:OtherItem a owl:Class . icv:MotherCompany a owl:Class . icv:MiscItem a owl:Class .",
        {"icv:OtherItem", "icv:MiscItem"},
    ),
    "P22-naming-convention": (
        "icv:bad a owl:Class . icv:Worse a owl:ObjectProperty . icv:with_delimiter a owl:DatatypeProperty .",
        {"icv:bad", "icv:Worse", "icv:with_delimiter"},
    ),
    "P23-datatype-as-class": ("icv:Date a owl:Class . icv:Candidate a owl:Class .", {"icv:Date"}),
    "P24-recursive-definition": (
        "icv:Bad rdfs:subClassOf [ owl:unionOf ( icv:A icv:Bad ) ] . icv:bad rdfs:domain icv:bad .",
        {"icv:Bad", "icv:bad"},
    ),
    "P25-inverse-of-itself": ("icv:bad owl:inverseOf icv:bad .", {"icv:bad"}),
    "P26-inverse-of-symmetric": ("icv:bad a owl:SymmetricProperty ; owl:inverseOf icv:back .", {"icv:bad"}),
    "P27-equivalent-property": ("icv:bad owl:equivalentProperty dcterms:source .", {"icv:bad"}),
    "P28-wrong-symmetric": (
        "icv:bad a owl:SymmetricProperty ; rdfs:domain icv:A ; rdfs:range icv:B .",
        {"icv:bad"},
    ),
    "P29-wrong-transitive": (
        "icv:bad a owl:TransitiveProperty ; rdfs:domain icv:A ; rdfs:range icv:B .",
        {"icv:bad"},
    ),
    "P30-equivalent-classes-undeclared": (
        'icv:Car a owl:Class ; skos:altLabel "automobile"@en . icv:Auto a owl:Class ; rdfs:label "Automobile"@en .',
        {"icv:Car"},
    ),
    "P31-equivalent-class": ("icv:Bad owl:equivalentClass schema:Organization .", {"icv:Bad"}),
    "P32-same-class-label": (
        'icv:A a owl:Class ; rdfs:label "企业"@zh . icv:B a owl:Class ; rdfs:label "企业"@zh .',
        {"icv:A"},
    ),
    "P33-one-step-chain": (
        "icv:bad owl:propertyChainAxiom ( icv:a ) . icv:good owl:propertyChainAxiom ( icv:a icv:b ) .",
        {"icv:bad"},
    ),
    "P34-untyped-class": (
        "icv:Good a owl:Class ; rdfs:subClassOf icv:Bad . icv:p rdfs:range xsd:string . act:x a icv:Worse ."
        " [] owl:members ( icv:Good icv:Listed ) . icv:q rdfs:domain icv:Asked .",
        {"icv:Bad", "icv:Worse", "icv:Listed", "icv:Asked"},
    ),
    "P35-untyped-property": (
        "icv:bad rdfs:domain icv:A . act:x icv:worse act:y . icv:good a owl:ObjectProperty . act:x icv:good act:y ."
        " icv:good rdfs:subPropertyOf icv:above ; owl:propertyChainAxiom ( icv:step icv:good ) .",
        {"icv:bad", "icv:worse", "icv:above", "icv:step"},
    ),
    "P36-file-extension": ("<https://w3id.org/icv.owl> a owl:Ontology .", {"https://w3id.org/icv.owl"}),
    "P38-one-ontology-header": (f"{HEADER} <{MODULE}-2> a owl:Ontology .", {FILE}),
    "P39-ambiguous-namespace": (HEADER, {MODULE}),
    "P40-namespace-hijacking": (
        "schema:inventedTerm a owl:Class . skos:Concept a owl:Class .",
        {"schema:inventedTerm"},
    ),
    "P41-no-licence": (f'{HEADER} <{MODULE}> dcterms:license "as is" .', {MODULE}),
    "OM1-minimum-metadata": (f'{HEADER} <{MODULE}> dcterms:title "Bad" .', {MODULE}),
    "OM2-recommended-metadata": (f'{HEADER} <{MODULE}> owl:versionInfo "1" .', {MODULE}),
    "OM3-detailed-metadata": (f'{HEADER} <{MODULE}> bibo:status "draft" .', {MODULE}),
    "OM3-doi": (f"{HEADER} {ICV} a owl:Ontology .", {ICV.strip("<>")}),
    "OM3-logo": (f"{HEADER} {ICV} a owl:Ontology .", {ICV.strip("<>")}),
    "OM5.1-basic-provenance": (f'{HEADER} <{MODULE}> dcterms:creator "x" .', {MODULE}),
    "OM5.2-detailed-provenance": (f'{HEADER} <{MODULE}> dcterms:publisher "x" .', {MODULE}),
    "FIND1-prefix": (HEADER, {MODULE}),
    "FIND3-in-a-catalogue": (HEADER, {MODULE}),
    "HTTP1-open-protocol": ("<urn:bad> a owl:Ontology .", {"urn:bad"}),
    "PURL1-persistent-iri": (
        f"{HEADER} <http://example.org/w3id.org/x> a owl:Ontology .",
        {"http://example.org/w3id.org/x"},
    ),
    "RDF1-imported-file-reads": (f"{HEADER} <{MODULE}> owl:imports <{MODULE}-2> .", {MODULE}),
    "VER1-version-iri": (f"{HEADER} <{MODULE}> owl:versionIRI <{MODULE}> .", {MODULE}),
    "VOC1-metadata-vocabulary": (f'{HEADER} <{MODULE}> rdfs:label "Bad" .', {MODULE}),
    "VOC2-vocabulary-reuse": (HEADER, {MODULE}),
    "K01-unused-term": (
        "icv:Bad a owl:Class . icv:bad a owl:ObjectProperty . icv:A a owl:Class . icv:B rdfs:subClassOf icv:A ."
        " act:x a icv:B . icv:named a owl:DatatypeProperty . <urn:query> dcterms:references icv:named .",
        {"icv:Bad", "icv:bad"},
    ),
    "K02-unused-code": (
        "stage:a a skos:Concept . stage:b a skos:Concept ; skos:broader stage:a . stage:c a skos:Concept ;"
        " skos:broader stage:d . stage:d a skos:Concept . clm:x icv:stage stage:c .",
        {"stage:a", "stage:b"},
    ),
    "K03-class-as-value": ("icv:Bad a owl:Class . act:x icv:kind icv:Bad .", {"icv:Bad"}),
    "K04-term-of-two-kinds": ("icv:bad a owl:ObjectProperty , owl:DatatypeProperty .", {"icv:bad"}),
    "K05-datatype-outside-owl": (
        "icv:bad a owl:DatatypeProperty ; rdfs:range xsd:date . icv:worse a owl:DatatypeProperty ."
        ' act:x icv:worse "2024"^^xsd:gYear ; icv:good "x"@en . icv:good a owl:DatatypeProperty .',
        {"icv:bad", "icv:worse"},
    ),
}


def turtle(name: str) -> str:
    """The bad ontology of a rule as a Turtle document."""
    return "\n".join([*(f"PREFIX {prefix}: <{space}>" for prefix, space in PREFIXES.items()), BAD[name][0]])
