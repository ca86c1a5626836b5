"""`icvkg why`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from icvkg.cli.output import format_option
from icvkg.errors import IcvkgError
from icvkg.namespaces import expand_name, shorten_iri

if TYPE_CHECKING:
    from icvkg.graph.explanation import Reason
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.release.why import Why


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("value", metavar="OBJECT")
@format_option(type=click.Choice(["table", "json"]), default="table", show_default=True)
def why(subject: str, predicate: str, value: str, form: str) -> int:
    """Names the rule and the claims behind a derived edge of the current release; ends with 1 when it does not hold.

    SUBJECT and OBJECT are a slug, a prefixed name or an IRI, PREDICATE a term such as icv:suppliesTo or just
    suppliesTo. OBJECT may be a text as well, with its language: '"name"@en'.

    \b
    icvkg why hesai suppliesTo li-auto
    icvkg why plc:beijing icv:within plc:china --format json
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.release import location
    from icvkg.release.why import explain

    graph = KnowledgeGraph.open()
    triple = _triple(graph, subject, predicate, value)
    folder = location.current(location.home())
    found = explain(folder or Path(), triple)
    if found is None:
        click.echo(f"The release does not say so: {_words(triple)}", err=True)
        return 1
    click.echo(json.dumps(_document(found), ensure_ascii=False, indent=1) if form == "json" else _page(graph, found))
    return 0


def _triple(graph: "KnowledgeGraph", subject: str, predicate: str, value: str) -> ox.Triple:
    named = predicate if ":" in predicate else f"icv:{predicate}"
    iri = named if "://" in named else expand_name(named)
    if not iri:
        raise IcvkgError(f"PREDICATE {predicate!r}: a term such as icv:suppliesTo was expected.")
    written = value if value.startswith('"') else f"<{graph.resolve(value)}>"
    line = f"<{graph.resolve(subject)}> <{iri}> {written} ."
    try:
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        raise IcvkgError(f"OBJECT {value!r}: a name, or a text such as '\"name\"@en' was expected.") from None
    triple: ox.Triple = quad.triple
    return triple


def _page(graph: "KnowledgeGraph", found: "Why") -> str:
    if not found.steps:
        return f"{_words(found.triple)}\n  asserted: no rule; icvkg describe shows the source of its row"
    lines = []
    for triple, listed in found.steps.items():
        lines.append(_words(triple))
        for reason in listed:
            lines.append(f"  by rule {reason.rule.name}: {_comment(reason.rule.text)}")
            lines += [f"    {_mark(found, each)} {_words(each)}" for each in reason.premises]
    for claim in found.claims:
        lines += [f"claim {shorten_iri(claim)}", *(f"  ↳ {each.text(graph.release)}" for each in graph.cite(claim))]
    return "\n".join(lines)


def _mark(found: "Why", triple: ox.Triple) -> str:
    return "derived " if triple in found.derived else "asserted"


def _document(found: "Why") -> dict[str, object]:
    steps = [
        {"triple": str(triple), "reasons": [_reason(found, reason) for reason in listed]}
        for triple, listed in found.steps.items()
    ]
    return {"triple": str(found.triple), "derived": bool(found.steps), "steps": steps, "claims": found.claims}


def _reason(found: "Why", reason: "Reason") -> dict[str, object]:
    premises = [{"triple": str(each), "derived": each in found.derived} for each in reason.premises]
    return {
        "rule": reason.rule.name,
        "comment": _comment(reason.rule.text),
        "found": dict(reason.found),
        "premises": premises,
    }


def _comment(text: str) -> str:
    return " ".join(line[1:].strip() for line in text.splitlines() if line.startswith("#"))


def _words(triple: ox.Triple) -> str:
    terms = (triple.subject, triple.predicate, triple.object)
    return " ".join(shorten_iri(term.value) if isinstance(term, ox.NamedNode) else str(term) for term in terms)
