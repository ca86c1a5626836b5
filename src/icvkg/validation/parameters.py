"""The parameters of SHACL Core: which predicate of a shape stands for which component."""

from icvkg.validation.vocabulary import SH, component

_SIMPLE = (
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "pattern",
    "minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "equals", "disjoint", "lessThan",
    "lessThanOrEquals", "hasValue", "uniqueLang", "closed", "in", "languageIn", "node", "not", "and", "or", "xone",
    "qualifiedMinCount", "qualifiedMaxCount",
)  # fmt: skip
_NOT_CONSTRAINING = (
    "path", "property", "message", "severity", "name", "description", "order", "group", "defaultValue", "deactivated",
    "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "flags", "ignoredProperties", "sparql",
    "qualifiedValueShape", "qualifiedValueShapesDisjoint", "select", "ask", "prefixes", "declare", "labelTemplate",
    "shapesGraph", "shapesGraphWellFormed", "suggestedShapesGraph", "entailment",
)  # fmt: skip

COMPONENTS = {SH + name: component(name[0].upper() + name[1:]) for name in _SIMPLE}
"""Component by parameter."""

ON_VALUES_ONLY = {
    SH + name for name in ("minCount", "maxCount", "lessThan", "lessThanOrEquals", "uniqueLang", "qualifiedValueShape")
}
"""Parameters that only property shapes may have."""

SWITCHES = {SH + "uniqueLang", SH + "closed"}
LISTS = {SH + "in", SH + "languageIn"}
OF_SHAPES = {SH + "node", SH + "not"}
OF_SHAPE_LISTS = {SH + "and", SH + "or", SH + "xone"}
QUALIFIED = {SH + "qualifiedMinCount", SH + "qualifiedMaxCount"}


def is_foreign(predicate: str) -> bool:
    """Whether a predicate of SHACL's own namespace is none of Core or SHACL-SPARQL: rules, functions, targets."""
    known = predicate in COMPONENTS or predicate.removeprefix(SH) in _NOT_CONSTRAINING
    return predicate.startswith(SH) and not known
