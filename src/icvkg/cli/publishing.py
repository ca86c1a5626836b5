"""`icvkg publish`."""

import os
import sys
import time
from pathlib import Path

import click

_DEFAULT = "https://w3id.org/icvkg/"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--base-url", default=_DEFAULT, show_default=True, help="Where the files will be had.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 2,
    show_default="one a core",
    help="Processes that write.",
)
def publish(folder: Path, base_url: str, processes: int) -> int:
    """Writes the current release as a site of files: the same pages and data that `icvkg serve` gives.

    DIR is replaced only when everything is written. Any web server can serve it; w3id/.htaccess in it holds the rules
    that lead from the names of things to it.

    \b
    icvkg publish site
    icvkg publish site --base-url https://example.org/icvkg/
    """
    from icvkg.publish.server import Place
    from icvkg.publish.supervisor import prepare
    from icvkg.publish.writing import check, write_site

    if not base_url.startswith(("https://", "http://")) or any(each.isspace() for each in base_url):
        raise click.UsageError(f"--base-url {base_url!r}: an address that begins with https:// was expected.")
    check(folder)
    prepare()
    start = time.monotonic()
    written = write_site(Place.current(), folder.resolve(), base_url, processes, _announce)
    for path in written.left_out:
        click.echo(f"Left out, no file can have this name: {path}", err=True)
    seconds = time.monotonic() - start
    click.echo(f"{written.files} files, {written.size / 1e6:.0f} MB, in {folder}: {seconds:.0f} s")
    return 0


def _announce(files: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{files} files", nl=False, err=True)
