"""`icvkg serve`."""

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7300, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds a query may take."
)
@click.option("--memory", type=click.IntRange(512), default=1024, show_default=True, help="MiB a query may take.")
@click.option("--fronts", type=click.IntRange(1), default=2, show_default=True, help="Processes that speak HTTP.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Query processes of each front.")
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=50.0,
    show_default=True,
    help="Requests a second of one address; 0: no limit. This machine is not limited.",
)
@click.option("--behind-proxy", is_flag=True, help="Believe the last address in X-Forwarded-For.")
def serve(
    host: str, port: int, timeout: float, memory: int, fronts: int, workers: int, rate: float, *, behind_proxy: bool
) -> int:
    """Serves the current release: SPARQL endpoint and linked data, read-only.

    \b
    icvkg serve
    icvkg serve --port 8080 --timeout 5
    curl --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3' http://127.0.0.1:7300/sparql

    Not at a terminal, SIGHUP turns it to the release that is then current, without losing a request (docs/endpoint.md).
    """
    from icvkg.publish.rates import Rate
    from icvkg.publish.server import Front, Place, listen
    from icvkg.publish.supervisor import prepare, supervise
    from icvkg.store.limits import MEBIBYTE, Limits

    prepare()
    place = Place.current()
    manifest = place.manifest
    opened = listen(host, port)
    address = f"http://{host}:{opened.getsockname()[1]}/"
    click.echo(f"Release {manifest.version} ({manifest.digest}) at {address}, queries at {address}sparql", err=True)
    limits = Limits(seconds=timeout, memory=memory * MEBIBYTE)
    front = Front(opened, limits, workers, Rate(rate, max(1, 4 * rate), behind_proxy))
    return supervise(front, place, fronts)
