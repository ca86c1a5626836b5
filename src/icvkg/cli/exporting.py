"""`icvkg export`: what other tools can read of the graph's making and asking."""

from pathlib import Path

import click

from icvkg.cli.output import write_whole


@click.group()
def export() -> None:
    """Writes descriptions for other tools.

    \b
    icvkg export queries --format openapi DIR
    """


@export.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["shacl", "openapi", "md"]), required=True,
    help="SIB's sh:SPARQLExecutable in Turtle, an OpenAPI 3.1 description, or Markdown pages with diagrams.",
)  # fmt: skip
@click.option("--url", help="Address of the service that answers (an endpoint for shacl, a site for openapi).")
def queries(folder: Path, form: str, url: str | None) -> int:
    """Writes the curated queries into DIR as other tools read them, all from the files in queries/.

    \b
    icvkg export queries --format shacl build/examples --url https://example.org/sparql
    icvkg export queries --format openapi build/api
    icvkg export queries --format md build/questions
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.queries.catalogue import catalogue
    from icvkg.queries.descriptions import openapi, pages, shacl

    found = catalogue()
    if form == "shacl":
        files = shacl.files(found, url)
    elif form == "md":
        files = pages.files(found)
    else:
        graph = KnowledgeGraph.open()
        files = {"openapi.json": openapi.description(found, graph.store, graph.manifest.version, url)}
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(files, folder)
    click.echo(f"{len(files)} files in {folder}: {len(found)} queries", err=True)
    return 0
