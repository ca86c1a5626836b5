"""`icvkg reproduce`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.queries.answers import Answer


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def reproduce(file: Path) -> int:
    """Asks again what an exported FILE says it answers, and compares; ends with 1 when something differs.

    The release that the file names is asked where it is still here, else the current one, which is said. CSV and TSV
    say where they come from in the metadata file beside them.

    \b
    icvkg query suppliers-of-component --out suppliers.xlsx
    icvkg reproduce suppliers.xlsx
    """
    from icvkg.queries.exports.comparison import differences
    from icvkg.queries.exports.export import Export, make_export
    from icvkg.queries.exports.forms import render
    from icvkg.queries.exports.reading import read_about, shape_of

    about = read_about(file)
    graph, remarks = _release(about)
    answer, changed = _answer(graph, about)
    form = str(about["form"])
    made = make_export(answer, shape_of(about), form)
    again = Export(made.answer, made.shape, about, made.notes)
    found = differences(file.read_bytes(), render(again, form), form)
    for line in [*remarks, *changed, *found]:
        click.echo(line)
    verdict = "differs" if found else "the same"
    click.echo(f"{file.name}: {verdict}, {len(made.answer)} rows by icvkg {graph.release}")
    return 1 if found else 0


def _release(about: Mapping[str, Any]) -> tuple["KnowledgeGraph", list[str]]:
    """The release that is named, else the current one and words that say so."""
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.release import location

    named = f"{about['release']} ({about['digest']})"
    if location.release_folder(location.home(), about["digest"]).is_dir():
        return KnowledgeGraph.at(about["digest"]), []
    graph = KnowledgeGraph.open()
    return graph, [f"Release {named} is not here: the current one is asked instead, {graph.release}."]


def _answer(graph: "KnowledgeGraph", about: Mapping[str, Any]) -> tuple["Answer", list[str]]:
    """The answer, by the text that the release keeps for the query; words that say where that text has changed."""
    from icvkg.errors import IcvkgError, UnknownNameError
    from icvkg.release.location import release_folder
    from icvkg.release.questions import read_questions

    parameters = {str(name): str(value) for name, value in about["parameters"].items()}
    if not about["query"]:
        if not isinstance(about.get("sparql"), str):
            raise IcvkgError("The file names no query and holds no SPARQL text.")
        answer = graph.query(about["sparql"])
    else:
        known = read_questions(release_folder(graph.home, graph.manifest.digest))
        if about["query"] not in known:
            raise UnknownNameError("curated query", about["query"], known)
        answer = graph.answer(known[about["query"]], parameters)
    same = answer.origin is not None and answer.origin.sha256 == about["sha256"]
    return answer, [] if same else ["The text of the query is not the one with which the file was made."]
