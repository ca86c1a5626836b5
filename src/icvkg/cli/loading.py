"""`icvkg load`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from icvkg.cli.endpoints import graph_option, timeout_option
from icvkg.errors import IcvkgError

if TYPE_CHECKING:
    from icvkg.release.loading import Loaded
    from icvkg.store.http import Limits
    from icvkg.store.writing import GraphWriter


@click.command()
@click.argument("url")
@click.option("--update", metavar="URL", help="Where SPARQL updates go; guessed from the address unless given.")
@click.option("--graph-store", metavar="URL", help="Write by the Graph Store Protocol at this address instead.")
@graph_option
@click.option("--release", default="current", show_default=True, help="A release here: its hash, current or previous.")
@click.option("--replace", is_flag=True, help="Empty the graph first.")
@click.option(
    "--block", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="About so many triples a request."
)
@timeout_option
def load(
    url: str,
    update: str | None,
    graph_store: str | None,
    graph: str | None,
    release: str,
    replace: bool,
    block: int,
    timeout: float,
) -> int:
    """Puts a release into any SPARQL 1.1 store whose queries are answered at URL; ends with 1 if more is in the graph.

    Block by block: what the store holds already is passed over, what it lacks is written and read again. So a load that
    was killed goes on where it stopped, with the same command (without --replace), and nothing is doubled. Logins
    come from ICVKG_ENDPOINT_USER and ICVKG_ENDPOINT_PASSWORD, the keyring, or ICVKG_ENDPOINT_TOKEN.

    \b
    icvkg load http://localhost:3030/icvkg/query
    icvkg load http://localhost:7878/query --graph-store http://localhost:7878/store
    icvkg load http://localhost:8890/sparql-auth --graph https://w3id.org/icvkg/
    """
    from icvkg.release import location
    from icvkg.release.named import find_release
    from icvkg.store.http import Limits

    if update and graph_store:
        raise click.UsageError("Give --update or --graph-store, not both.")
    if graph is not None:
        check_iri(graph)
    folder = find_release(location.home(), release)
    limits = Limits(seconds=timeout)
    writer = _writer(url, update, graph_store, graph, limits)
    loaded = _load(folder, url, graph, limits, writer, replace=replace, block=block)
    click.echo(_said(loaded, folder), nl=False)
    return 1 if loaded.surplus else 0


def check_iri(graph: str) -> None:
    """Raises IcvkgError for what is no absolute IRI."""
    import pyoxigraph as ox

    try:
        ox.NamedNode(graph)
    except ValueError:
        raise IcvkgError(f"{graph!r} is no IRI of a graph: one such as https://w3id.org/icvkg/ was expected.") from None


def _writer(
    url: str, update: str | None, graph_store: str | None, graph: str | None, limits: "Limits"
) -> "GraphWriter":
    from icvkg.store.writing import GraphStoreWriter, UpdateWriter, update_address

    if graph_store:
        return GraphStoreWriter(graph_store, graph, limits)
    return UpdateWriter(update or update_address(url), graph, limits)


def _load(
    folder: Path, url: str, graph: str | None, limits: "Limits", writer: "GraphWriter", *, replace: bool, block: int
) -> "Loaded":
    from icvkg.release import dumps, loading
    from icvkg.release.manifest import read_manifest
    from icvkg.release.stamp import Stamp
    from icvkg.store.remote import RemoteStore

    store = RemoteStore.reached(url, limits, graph)
    if replace:
        writer.clear()
    triples = list(dumps.read_dumps(folder))
    stamp = Stamp.of(read_manifest(folder))
    with click.progressbar(length=len(triples), label=f"Release {stamp}", file=sys.stderr) as bar:
        return loading.load(triples, stamp, store, writer, block=block, told=bar.update)


def _said(loaded: "Loaded", folder: Path) -> str:
    """What was found and done, in lines."""
    lines = [
        f"{loaded.triples} triples of release {folder.name} are in the store, {loaded.written} of them written now;",
        f"read back, their SHA-256 is {loaded.sha256}.",
    ]
    for kind, count in sorted(loaded.rewritten.items()):
        lines.append(f"{count} literals are written otherwise there, with the same value: {loaded.examples[kind]}")
    if loaded.surplus:
        more = f"The graph holds {loaded.surplus} triples more, so it does not count as this release"
        lines.append(f"{more}: --graph IRI takes one of its own, --replace empties it first.")
    return "\n".join(lines) + "\n"
