"""Reports as rows: short names for people, whole terms for machines."""

from icvkg.namespaces import shorten_iri
from icvkg.validation.report import Report, Result
from icvkg.validation.vocabulary import SH

HEADER = ("severity", "focus", "path", "value", "component", "message")
EXACT_HEADER = (*HEADER, "shape")


def report_rows(report: Report, language: str) -> list[tuple[str, ...]]:
    """The report for people: shortened IRIs and one message each, in the order of HEADER."""
    return [
        (
            severity(result),
            short(result.focus),
            short(result.path),
            short(result.value),
            component_name(result),
            result.message(language),
        )
        for result in report.results
    ]


def exact_rows(report: Report, language: str) -> list[tuple[str, ...]]:
    """The report for machines: terms in N-Triples syntax, paths in SPARQL's, in the order of EXACT_HEADER."""
    return [
        (
            severity(result),
            result.focus,
            result.path,
            result.value,
            component_name(result),
            result.message(language),
            result.shape,
        )
        for result in report.results
    ]


def severity(result: Result) -> str:
    """The severity's name; an IRI where it is not one of SHACL's own."""
    return result.severity.removeprefix(SH)


def component_name(result: Result) -> str:
    """The component's name without what all of SHACL's own share; an IRI where it is not one of those."""
    name = result.component.removeprefix(SH)
    return name if name == result.component else name.removesuffix("ConstraintComponent")


def report_text(report: Report, language: str) -> str:
    """The report as lines for people: what is wrong, then where."""
    return "".join(_lines(result, language) for result in report.results)


def _lines(result: Result, language: str) -> str:
    place = "  ".join(filter(None, (short(result.path), short(result.value))))
    rule = f"{component_name(result)}, shape {shorten_iri(result.shape or result.source)}"
    first = f"{severity(result)}: {short(result.focus)}: {result.message(language)}\n"
    return first + "    " + "  ".join(filter(None, (place, f"({rule})"))) + "\n"


def short(term: str) -> str:
    """A term or path in N-Triples syntax with prefixed names instead of IRIs in brackets."""
    if term.startswith('"'):
        text, quote, datatype = term.rpartition('"^^<')
        return f'{text}"^^{shorten_iri(datatype.removesuffix(">"))}' if quote else term
    parts = term.split("<")
    return parts[0] + "".join(_short_iri(part) for part in parts[1:])


def _short_iri(part: str) -> str:
    iri, _, rest = part.partition(">")
    return shorten_iri(iri) + rest
