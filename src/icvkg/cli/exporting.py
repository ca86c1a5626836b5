"""`icvkg export`: what other tools can read of the graph, its making and its asking."""

from pathlib import Path

import click

from icvkg.cli.output import deliver, out_option, write_whole

file_argument = click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.group()
def export() -> None:
    """The current release for other tools: an SQLite file, R2RML over it, Parquet, plain CSVW, and the queries.

    \b
    icvkg export sqlite icvkg.sqlite
    icvkg export r2rml --out icvkg-r2rml.ttl
    icvkg export parquet icvkg.parquet
    icvkg export csvw tables
    icvkg export queries --format openapi api
    """


@export.command()
@out_option
def r2rml(out: Path | None) -> int:
    """Writes the mapping of the tables as R2RML (W3C) over the SQLite file, for engines that query tables in place.

    Lists and dates are spread out by the views of the file (`icvkg export sqlite`).

    \b
    icvkg export r2rml --out icvkg-r2rml.ttl
    """
    from icvkg.release.pack import read_pack
    from icvkg.release.r2rml import r2rml as mapping

    folder, _ = _current()
    deliver(mapping(table for table, _ in read_pack(folder)), out)
    return 0


@export.command()
@file_argument
def sqlite(out: Path) -> int:
    """Writes the published rows as an SQLite file: tables with types and keys, a table for each list, and views.

    \b
    icvkg export sqlite icvkg.sqlite
    sqlite3 icvkg.sqlite "SELECT * FROM supply_relations_rdf LIMIT 3"
    """
    return _copied("sqlite", out)


@export.command()
@file_argument
def parquet(out: Path) -> int:
    """Writes every quad as one long table: graph, subject, predicate, object, language, datatype.

    The graph is null for the triples that are served, the IRI of a source for what that source holds.

    \b
    icvkg export parquet icvkg.parquet
    """
    return _copied("parquet", out)


@export.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def csvw(folder: Path) -> int:
    """Writes the published rows as CSV with metadata in plain CSVW, which any reader of the standard maps as we do.

    Each table has a metadata file of its own; dates, lists and conditions of our form stand in columns of their own.

    \b
    icvkg export csvw tables
    """
    from icvkg.release.pack import plain_contents, read_pack

    release, _ = _current()
    folder.mkdir(parents=True, exist_ok=True)
    files = plain_contents(read_pack(release))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    click.echo(f"{len(files) // 2} tables in {folder}, each with its metadata.")
    return 0


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


def _copied(name: str, out: Path) -> int:
    from icvkg.release import exports, location
    from icvkg.release.lock import exclusive

    folder, root = _current()
    with exclusive(root, lambda said: click.echo(said, err=True)):
        exports.copy_export(root, folder.name, {"sqlite": exports.SQLITE, "parquet": exports.PARQUET}[name], out)
    click.echo(f"Release {folder.name} in {out}, kept in {location.exports_folder(root, folder.name)} too.")
    return 0


def _current() -> tuple[Path, Path]:
    """The folder of the current release, built where there is none, and the folder of releases."""
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.release import location

    root = location.home()
    digest = KnowledgeGraph.open().manifest.digest
    return location.release_folder(root, digest), root
