"""Validation results as rows, the same for every validator."""

from bisect import insort
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field

from icvkg.validation.vocabulary import SH


@dataclass(frozen=True, order=True)
class Result:
    """One validation result (SHACL section 3.6): where, what, how grave, and why in words.

    Terms stand in N-Triples syntax, `path` as a SPARQL property path; `path` and `value` may be empty. `shape` is the
    shape with the target, `source` the one in it that was violated, `origin` the author's own SPARQL constraint.
    Messages are pairs of a language tag, maybe empty, and text.
    """

    focus: str
    path: str
    component: str
    value: str = ""
    severity: str = SH + "Violation"
    shape: str = ""
    source: str = field(default="", compare=False)
    origin: str = field(default="", compare=False)
    messages: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Focus node, path, component and severity: what two validators must agree on."""
        return self.focus, self.path, self.component, self.severity

    def message(self, language: str) -> str:
        """The message in that language, else in English, else without a language, else any."""
        said = dict(self.messages)
        nearest = [said[tag] for tag in said if tag.startswith(f"{language}-")]
        first = next(iter(said.values()), self.component.removeprefix(SH))
        return said.get(language) or (nearest or [""])[0] or said.get("en") or said.get("") or first


@dataclass(frozen=True)
class Report:
    """Every result of one validation, sorted; `deferred` names the shapes that the reference validator judged."""

    results: tuple[Result, ...]
    deferred: tuple[str, ...] = ()

    @classmethod
    def of(cls, results: Iterable[Result], deferred: tuple[str, ...] = ()) -> "Report":
        """The report of these results."""
        return cls(tuple(sorted(results)), deferred)

    def with_others(self, gone: Set[int], come: Sequence[Result]) -> "Report":
        """The report without the results at some places, and with these sorted results."""
        kept = [result for place, result in enumerate(self.results) if place not in gone]
        if len(come) * 10 > len(kept):
            return Report.of([*kept, *come])
        for result in come:
            insort(kept, result)
        return Report(tuple(kept))

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that make data invalid."""
        return tuple(result for result in self.results if result.severity == SH + "Violation")

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and remarks do not count, other than for sh:conforms."""
        return not self.violations
