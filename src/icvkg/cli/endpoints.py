"""The option `--endpoint`, which every command that reads shares."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict, TypeVar

import click

if TYPE_CHECKING:
    from icvkg.knowledge import KnowledgeGraph


Command = TypeVar("Command", bound=Callable[..., object])


class Place(TypedDict):
    """Where a command reads: the current release, or a graph behind an endpoint with so many seconds for a query."""

    endpoint: str | None
    graph: str | None
    timeout: float


_ENDPOINT = click.option(
    "--endpoint", metavar="URL", help="Read from a SPARQL 1.1 endpoint, not from the release here."
)
graph_option = click.option("--graph", metavar="IRI", help="A named graph there instead of the default graph.")
timeout_option = click.option(
    "--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds a request may take."
)


def endpoint_options(command: Command) -> Command:
    """Adds --endpoint, --graph and --timeout to a command."""
    return _ENDPOINT(graph_option(timeout_option(command)))


def open_graph(place: Place) -> "KnowledgeGraph":
    """What the command reads; where an endpoint holds another release, that is said on stderr."""
    from icvkg.knowledge import KnowledgeGraph

    if not place["endpoint"]:
        if place["graph"]:
            raise click.UsageError("--graph names a graph of an endpoint: give --endpoint URL too.")
        return KnowledgeGraph.open()
    from icvkg.store.http import Limits
    from icvkg.store.remote import RemoteStore

    store = RemoteStore.reached(place["endpoint"], Limits(seconds=place["timeout"]), place["graph"])
    graph = KnowledgeGraph.over(store)
    if graph.remark:
        click.echo(graph.remark, err=True)
    return graph
