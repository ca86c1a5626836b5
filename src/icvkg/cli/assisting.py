"""`icvkg mcp`."""

from importlib.util import find_spec

import click

from icvkg.errors import IcvkgError


@click.command()
@click.option("--http", is_flag=True, help="Streamable HTTP at /mcp instead of stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@click.option("--port", type=click.IntRange(0, 65535), default=7310, show_default=True, help="Port, with --http.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds a query may take."
)
def mcp(http: bool, host: str, port: int, timeout: float) -> int:
    """Serves the current release to assistants (Model Context Protocol): over stdio, or over HTTP.

    Tools: search, describe, schema, list_queries, run_query, sparql, validate_sparql, sources_of; all only read.

    \b
    icvkg mcp
    icvkg mcp --http --port 7310
    """
    if find_spec("mcp") is None:
        raise IcvkgError('This command needs the extra mcp: pip install "icvkg[mcp]"')
    from icvkg.assistants.limited import Limits
    from icvkg.assistants.server import server
    from icvkg.assistants.tools import Tools
    from icvkg.knowledge import KnowledgeGraph

    graph = KnowledgeGraph.open()
    with Tools(graph, Limits(seconds=timeout)) as tools:
        made = server(tools, graph.manifest.version)
        if not http:
            made.run()
            return 0
        click.echo(f"Release {graph.release} at http://{host}:{port}/mcp", err=True)
        made.run("streamable-http", host=host, port=port)
        return 0
