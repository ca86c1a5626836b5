"""Names of SHACL and RDF that shapes are read and results written with."""

from icvkg.namespaces import OUTSIDE

SH = OUTSIDE["sh"]
RDF = OUTSIDE["rdf"]
RDFS = OUTSIDE["rdfs"]
OWL = OUTSIDE["owl"]
XSD = OUTSIDE["xsd"]

TYPE = RDF + "type"
SUBCLASS = RDFS + "subClassOf"
INSTANCE_OF = f"<{TYPE}>/<{SUBCLASS}>*"


def component(name: str) -> str:
    """The IRI of a constraint component of SHACL Core, such as `MinCount`."""
    return f"{SH}{name}ConstraintComponent"
