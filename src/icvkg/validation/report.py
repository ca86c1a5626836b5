"""Validation results as rows, the same for every validator."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from icvkg.namespaces import OUTSIDE, shorten_iri

SH = OUTSIDE["sh"]


@dataclass(frozen=True, order=True)
class Result:
    """One validation result (SHACL section 3.6): where, what, how grave, and why in words.

    Terms stand in N-Triples syntax, `path` as a SPARQL property path; `path` and `value` may be empty.
    """

    focus: str
    path: str
    component: str
    value: str = ""
    severity: str = SH + "Violation"
    shape: str = ""
    messages: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Focus node, path, component and severity: what two validators must agree on."""
        return self.focus, self.path, self.component, self.severity

    def message(self, language: str) -> str:
        """The message in that language, else in English, else the component's name."""
        said = dict(self.messages)
        return said.get(language) or said.get("en") or self.component.removeprefix(SH)


@dataclass(frozen=True)
class Report:
    """Every result of one validation, sorted."""

    results: tuple[Result, ...]

    @classmethod
    def of(cls, results: Iterable[Result]) -> "Report":
        """The report of these results."""
        return cls(tuple(sorted(results)))

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that make data invalid."""
        return tuple(result for result in self.results if result.severity == SH + "Violation")

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and remarks do not count."""
        return not self.violations


HEADER = ("severity", "focus", "path", "value", "component", "message")


def report_rows(report: Report, language: str) -> list[tuple[str, ...]]:
    """The report for people: shortened IRIs and one message each, in the order of HEADER."""
    return [
        (
            result.severity.removeprefix(SH),
            short(result.focus),
            short(result.path),
            short(result.value),
            result.component.removeprefix(SH).removesuffix("ConstraintComponent"),
            result.message(language),
        )
        for result in report.results
    ]


def short(term: str) -> str:
    """A term or path in N-Triples syntax with prefixed names instead of IRIs in brackets."""
    parts = term.split("<")
    return parts[0] + "".join(_short_iri(part) for part in parts[1:])


def _short_iri(part: str) -> str:
    iri, _, rest = part.partition(">")
    return shorten_iri(iri) + rest
