"""The rules of the ontology: SPARQL files that return what offends, with accepted exceptions beside them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from icvkg import artefacts
from icvkg.errors import IcvkgError

IMPORTANCE = ("critical", "important", "minor")
_NEEDED = {"summary", "summary_zh", "importance", "source"}
_ALLOWED = _NEEDED | {"reviewed"}


@dataclass(frozen=True)
class Rule:
    """One rule: a SELECT of the offending ?term (and ?detail), and the terms excused, each with its reason.

    `source` names the catalogue and code, such as `OOPS! P04`; `reviewed` says what a person must look at.
    """

    name: str
    text: str
    summary: str
    summary_zh: str
    importance: str
    source: tuple[str, ...]
    reviewed: str
    exceptions: Mapping[str, str]

    def title(self, language: str) -> str:
        """What is wrong with an offender, in that language."""
        return self.summary_zh if language == "zh" else self.summary


@dataclass(frozen=True)
class ReleaseStep:
    """A test that needs the published ontology, and so belongs to a release and not to this check."""

    source: str
    reason: str


def folder() -> Traversable:
    """Where the rules lie: `validation/ontology-checks`."""
    return artefacts.folder("validation") / "ontology-checks"


def read_rules(place: Traversable | None = None) -> list[Rule]:
    """The rules of a folder (ours unless given), by name; raises IcvkgError for one that is not in order."""
    where = place or folder()
    return [_rule(where, file) for file in artefacts.sorted_files(where, ".rq")]


def release_steps() -> list[ReleaseStep]:
    """The tests of the two catalogues that cannot be run offline."""
    return [ReleaseStep(row["source"], row["reason"]) for row in _rows(folder() / "release-steps.csv")]


def codes(sources: Iterable[str]) -> set[str]:
    """The bare codes of sources.

    >>> sorted(codes(["OOPS! P41", "FOOPS! OM4.1"]))
    ['OM4.1', 'P41']
    """
    return {source.split()[-1] for source in sources}


def _rule(where: Traversable, file: Traversable) -> Rule:
    name, text = file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")
    header = artefacts.header(text)
    if not _NEEDED <= set(header) <= _ALLOWED or header["importance"] not in IMPORTANCE:
        wanted = f"{sorted(_NEEDED)}, perhaps reviewed; importance one of {', '.join(IMPORTANCE)}"
        raise IcvkgError(f"{file.name}: the header must have {wanted}.")
    beside = where / f"{name}.exceptions.csv"
    return Rule(
        name=name,
        text=text,
        summary=header["summary"],
        summary_zh=header["summary_zh"],
        importance=header["importance"],
        source=tuple(header["source"]),
        reviewed=header.get("reviewed", ""),
        exceptions=_exceptions(beside) if beside.is_file() else {},
    )


def _exceptions(file: Traversable) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, row in enumerate(_rows(file), start=2):
        if not (row.get("term") and row.get("reason")) or row["term"] in found:
            raise IcvkgError(f"{file.name}:{line}: a term not named before, and a reason, were expected.")
        found[row["term"]] = row["reason"]
    return found


def _rows(file: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
