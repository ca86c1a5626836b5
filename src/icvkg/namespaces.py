"""Every prefix in one place; the same names in ontology, tables, queries and pages."""

BASE = "https://w3id.org/icvkg/"
DEF = BASE + "def/"
CODE = BASE + "code/"
ID = BASE + "id/"

KINDS = {
    "act": "actor", "itm": "item", "plc": "place", "doc": "document", "src": "source", "ev": "evidence", "clm": "claim",
}  # fmt: skip

SCHEMES = (
    "attribute", "body-kind", "business-function", "business-model", "bypass-form", "canvas-block", "chain-part",
    "change-kind", "claim-status", "component-kind", "confidence", "contradiction-kind", "control-basis", "currency",
    "document-type", "driving-automation-level", "end-kind", "entrant-type", "entry-mode", "event-kind", "figure-rank",
    "firm-kind", "from-means", "funding-form", "governance-type", "indicator", "indicator-level", "instrument-purpose",
    "instrument-type", "measure-kind", "membership-role", "niche-phase", "origin-sector", "ownership",
    "partnership-kind", "permit-kind", "pilot-outcome", "place-kind", "policy-level", "policy-objective",
    "policy-relation", "policy-subject", "precision", "pricing-mode", "programme", "protection-function", "provision",
    "requirement-kind", "role", "safety-operator", "scenario", "segment", "servitisation-type", "source-access",
    "source-kind", "stage", "stage-mode", "unit", "value-kind", "value-object", "value-qualifier", "zone-kind",
)  # fmt: skip

OUTSIDE = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES = (
    {"icv": DEF, "code": CODE}
    | {prefix: f"{ID}{kind}/" for prefix, kind in KINDS.items()}
    | {scheme: f"{CODE}{scheme}/" for scheme in SCHEMES}
    | OUTSIDE
)


def shorten_iri(iri: str) -> str:
    """The IRI as a prefixed name where a prefix fits, else unchanged.

    >>> shorten_iri("https://w3id.org/icvkg/def/supplier")
    'icv:supplier'
    """
    fitting = [(space, prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    space, prefix = max(fitting, key=lambda pair: len(pair[0]), default=("", ""))
    return f"{prefix}:{iri[len(space) :]}" if space and "/" not in iri[len(space) :] else iri


def expand_name(name: str) -> str | None:
    """The IRI of a prefixed name such as `act:huawei`; None when the prefix is unknown."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None
