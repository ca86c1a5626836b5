"""`icvkg diff`."""

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from icvkg.cli.output import deliver, format_option, out_option, table
from icvkg.errors import UnknownNameError
from icvkg.namespaces import shorten_iri
from icvkg.queries.answers import words
from icvkg.queries.formats import words_of

if TYPE_CHECKING:
    from icvkg.release.diff import AnswerChange, Diff
    from icvkg.release.manifest import Manifest

SHOWN = 20
"""So many names of each kind stand in a table; JSON has all."""


@click.command()
@click.argument("before", default="previous")
@click.argument("after", default="current")
@click.option("--query", "name", metavar="NAME", help="The rows of one query that came and went.")
@click.option(
    "--git",
    "repository",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="BEFORE and AFTER are revisions of this git repository, such as v1 or HEAD~3; each is built first.",
)
@format_option(type=click.Choice(["table", "json"]), default="table", show_default=True)
@out_option
def diff(before: str, after: str, name: str | None, repository: Path | None, form: str, out: Path | None) -> int:
    """Compares two releases: terms, entities, claims, and the answers of every curated query.

    BEFORE and AFTER are a hash or its beginning, current, previous, or the path of a release's folder. Each release
    is asked its own queries, for its own day. Ends with 1 when something breaks for those who built on BEFORE: a
    term, a code, an entity, a query or its column is gone, or a query has lost its answer.

    \b
    icvkg diff                                     the release before, and the current one
    icvkg diff 5ccf6f9e current --format json
    icvkg diff previous current --query suppliers-of-component
    icvkg diff HEAD~1 HEAD --git .                 the tables, ontology and queries as two commits have them
    """
    found = _between_revisions(repository, before, after) if repository else _between_releases(before, after)
    text = _json(found, name) if form == "json" else _rows(found, name) if name else _page(found)
    deliver(text, out)
    return 1 if found.breaking else 0


def _between_releases(before: str, after: str) -> "Diff":
    from icvkg.release import location
    from icvkg.release.diff import compare
    from icvkg.release.named import find_release

    root = location.home()
    return compare(find_release(root, before), find_release(root, after))


def _between_revisions(repository: Path, before: str, after: str) -> "Diff":
    """Builds both into a folder of their own, gone afterwards; what is current stays so."""
    from icvkg.cli.building import Progress
    from icvkg.release.build import STEPS
    from icvkg.release.diff import compare
    from icvkg.release.revisions import build_revision

    with tempfile.TemporaryDirectory(prefix="icvkg-") as place, Progress(2 * len(STEPS)) as announce:
        folders = [build_revision(repository, each, Path(place), announce) for each in (before, after)]
        return compare(*folders)


def _one(found: "Diff", name: str) -> "AnswerChange":
    known = {each.name: each for each in found.answers}
    if name not in known:
        raise UnknownNameError("curated query", name, known)
    return known[name]


def _rows(found: "Diff", name: str) -> str:
    change = _one(found, name)
    signed = [(sign, row) for sign, rows in (("-", change.removed), ("+", change.added)) for row in rows]
    listed = sorted([*words_of([row])[0], sign] for sign, row in signed)
    return table(["", *change.columns], [[row[-1], *row[:-1]] for row in listed])


def _page(found: "Diff") -> str:
    changed = [each for each in found.answers if each.changed]
    kinds = [
        [each.kind, *(str(len(names)) for names in (each.added, each.removed, each.changed))] for each in found.changes
    ]
    parts = [
        f"{_release(found.before)} → {_release(found.after)}\n",
        table(["kind", "added", "removed", "changed"], kinds) if kinds else "Both say the same.\n",
        *(
            _names(each.kind, sign, names)
            for each in found.changes
            for sign, names in (("+", each.added), ("-", each.removed))
        ),
        f"\n{len(changed)} of {len(found.answers)} queries answer differently (--query NAME shows the rows)\n",
        table(["query", "rows before", "after", "added", "removed", "columns"], map(_line, changed)) if changed else "",
        "".join(f"Breaking: {each}\n" for each in found.breaking) or "Nothing breaking.\n",
    ]
    return "".join(parts)


def _release(manifest: "Manifest") -> str:
    return f"{manifest.version} ({manifest.digest}, as of {manifest.as_of})"


def _names(kind: str, sign: str, names: tuple[str, ...]) -> str:
    more = [f"  … and {len(names) - SHOWN} more\n"] if len(names) > SHOWN else []
    return "".join([*(f"{sign} {kind} {shorten_iri(name)}\n" for name in names[:SHOWN]), *more])


def _line(change: "AnswerChange") -> list[str]:
    columns = [f"+{name}" for name in change.columns_added] + [f"-{name}" for name in change.columns_removed]
    sizes = ["none" if answer is None else str(len(answer)) for answer in (change.before, change.after)]
    return [change.name, *sizes, str(len(change.added)), str(len(change.removed)), " ".join(columns)]


def _json(found: "Diff", name: str | None) -> str:
    document: dict[str, Any] = {
        "before": _release_json(found.before),
        "after": _release_json(found.after),
        "changes": {
            each.kind: {"added": each.added, "removed": each.removed, "changed": each.changed} for each in found.changes
        },
        "answers": [_answer(each, rows=False) for each in found.answers if each.changed],
        "breaking": found.breaking,
    }
    shown = _answer(_one(found, name), rows=True) if name else document
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"


def _release_json(manifest: "Manifest") -> dict[str, str]:
    return {"version": manifest.version, "hash": manifest.digest, "asOf": manifest.as_of}


def _answer(change: "AnswerChange", *, rows: bool) -> dict[str, Any]:
    def listed(found: list[Any]) -> Any:  # noqa: ANN401
        return [dict(zip(change.columns, map(words, row), strict=True)) for row in found] if rows else len(found)

    return {
        "query": change.name,
        "rowsBefore": None if change.before is None else len(change.before),
        "rowsAfter": None if change.after is None else len(change.after),
        "added": listed(change.added),
        "removed": listed(change.removed),
        "columnsAdded": change.columns_added,
        "columnsRemoved": change.columns_removed,
    }
