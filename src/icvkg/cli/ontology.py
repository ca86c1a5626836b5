"""`icvkg ontology`."""

from pathlib import Path

import click


@click.group()
def ontology() -> None:
    """What can be said: the ontology in files for other tools.

    \b
    icvkg ontology export protege
    """


@ontology.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export(folder: Path) -> int:
    """Writes the ontology and the current release into a folder that Protégé opens without the network.

    Each document is there as Turtle and as RDF/XML: every module and code list, icv-merged (all terms and codes without
    imports), individuals (the data, importing icv), and icvkg (everything in one). catalog-v001.xml finds the imports.

    \b
    icvkg ontology export protege
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.ontology.exports import write_protege
    from icvkg.release.dumps import read_dumps
    from icvkg.release.location import home, release_folder

    release = KnowledgeGraph.open().manifest
    files = write_protege(folder, read_dumps(release_folder(home(), release.digest)), release.version)
    click.echo(f"{len(files)} files in {folder}; open icv.ttl, icv-merged.ttl, individuals.ttl or icvkg.ttl in Protégé.")
    return 0
