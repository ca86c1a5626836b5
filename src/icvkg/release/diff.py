"""What changed from one release to another: things, claims, and the answers of every curated query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from icvkg.namespaces import shorten_iri
from icvkg.queries.answers import Answer
from icvkg.release.changes import ENTITIES, TERMS, Change, changes, facts
from icvkg.release.dumps import read_dumps
from icvkg.release.manifest import Manifest, read_manifest
from icvkg.release.questions import answers, read_questions
from icvkg.store.asking import Row
from icvkg.store.embedded import EmbeddedStore


@dataclass(frozen=True)
class AnswerChange:
    """How the answer of one query changed; None where the release has no query of that name.

    Rows are compared in the columns that both answers have.
    """

    name: str
    before: Answer | None
    after: Answer | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of both answers; of one where there is only one."""
        first, second = (self.after if self.before is None else self.before), self.after
        names = first.columns if first is not None else ()
        return tuple(name for name in names if second is None or name in second.columns)

    @property
    def columns_removed(self) -> tuple[str, ...]:
        """Columns that the answer no longer has."""
        return _missing(self.before, self.after)

    @property
    def columns_added(self) -> tuple[str, ...]:
        """Columns that the answer did not have."""
        return _missing(self.after, self.before)

    @property
    def added(self) -> list[Row]:
        """Rows that only the later answer has."""
        return list((self._rows(self.after) - self._rows(self.before)).elements())

    @property
    def removed(self) -> list[Row]:
        """Rows that only the earlier answer has."""
        return list((self._rows(self.before) - self._rows(self.after)).elements())

    def _rows(self, answer: Answer | None) -> Counter[Row]:
        return Counter(() if answer is None else answer.cut(None, self.columns).rows)

    @property
    def changed(self) -> bool:
        """Whether rows or columns differ."""
        return bool(
            self.before is None or self.after is None or self.columns_added or self.columns_removed
            or self._rows(self.before) != self._rows(self.after)
        )  # fmt: skip

    def breaks(self) -> Iterable[str]:
        """What a reader of the earlier answer misses."""
        if self.before is not None and self.after is None:
            yield f"query {self.name} is gone"
        if self.before is not None and self.before.rows and self.after is not None and not self.after.rows:
            yield f"query {self.name} has lost its answer ({len(self.before)} rows before)"
        for name in self.columns_removed:
            yield f"query {self.name} has lost its column {name}"


def _missing(first: Answer | None, second: Answer | None) -> tuple[str, ...]:
    """The columns of the first answer that the second lacks; none where there is only one answer."""
    if first is None or second is None:
        return ()
    return tuple(name for name in first.columns if name not in second.columns)


@dataclass(frozen=True)
class Diff:
    """Two releases, what is said differently, and every query's answers in both."""

    before: Manifest
    after: Manifest
    changes: tuple[Change, ...]
    answers: tuple[AnswerChange, ...]

    @property
    def breaking(self) -> list[str]:
        """What those who built on the earlier release lose: terms, entities, columns, answers."""
        gone = [
            f"{each.kind} {shorten_iri(name)} is gone"
            for each in self.changes
            for name in each.removed
            if each.kind in (*TERMS, *ENTITIES)
        ]
        return gone + [said for each in self.answers for said in each.breaks()]


def compare(before: Path, after: Path) -> Diff:
    """The difference of two releases, given by their folders."""
    first, second = _Read(before), _Read(after)
    names = sorted({*first.answers, *second.answers})
    found = tuple(AnswerChange(name, first.answers.get(name), second.answers.get(name)) for name in names)
    return Diff(first.manifest, second.manifest, tuple(changes(first.facts, second.facts)), found)


class _Read:
    """A release read from its dumps: what it says, and what it answers."""

    def __init__(self, folder: Path) -> None:
        triples = list(read_dumps(folder))
        self.manifest = read_manifest(folder)
        self.facts = facts(triples)
        self.answers = answers(EmbeddedStore.in_memory(triples), read_questions(folder), self.manifest.as_of)
