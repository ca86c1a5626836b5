"""The words of a result: what the shape says with the row's values filled in, else component and parameter."""

import re
from collections.abc import Mapping

from icvkg.namespaces import shorten_iri
from icvkg.validation.model import Constraint, Messages
from icvkg.validation.shapes_graph import Term, plain
from icvkg.validation.vocabulary import SH

_SLOT = re.compile(r"\{[?$](\w+)\}")


def filled(constraint: Constraint, row: Mapping[str, Term]) -> Messages:
    """The messages of one result (SHACL section 5.3.2): ?message of the author's query before the shape's own."""
    if constraint.validator is None:
        return constraint.messages or _default(constraint)
    if "message" in row:
        return ((getattr(row["message"], "language", None) or "", plain(row["message"])),)
    known = {**dict(constraint.validator.bindings), **row}
    said = constraint.messages or _default(constraint)
    return tuple((tag, _SLOT.sub(lambda slot: _shown(slot, known), text)) for tag, text in said)


def _shown(slot: re.Match[str], known: Mapping[str, Term]) -> str:
    return plain(known[slot[1]]) if slot[1] in known else slot[0]


def _default(constraint: Constraint) -> Messages:
    name = constraint.component.removeprefix(SH).removesuffix("ConstraintComponent")
    terms = constraint.members or (() if constraint.operands or constraint.validator else (constraint.parameter,))
    return (("", f"{shorten_iri(name)} {', '.join(shorten_iri(plain(term)) for term in terms)}".strip()),)
