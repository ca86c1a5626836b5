"""`icvkg doctor` and `icvkg rollback`."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from icvkg.cli.output import format_option

root_option = click.option(
    "--out", "root", type=click.Path(file_okay=False, path_type=Path), help="Where releases lie (default: user data)."
)


@click.command()
@root_option
@format_option(type=click.Choice(["table", "json"]), default="table", show_default=True)
def doctor(root: Path | None, form: str) -> int:
    """Reads every quad of the releases and their stores, and compares counts and hashes with what was written.

    Names each fault and the one command that repairs it; ends with 1 when there is one. Removes what a killed build
    left unfinished, and nothing else.

    \b
    icvkg doctor
    icvkg doctor --out build --format json
    """
    from icvkg.release import location
    from icvkg.release.doctor import examine
    from icvkg.release.folders import remove_orphans
    from icvkg.release.lock import BusyError

    home = root or location.home()
    removed, busy = [], ""
    try:
        removed = [str(path) for path in remove_orphans(home)]
    except BusyError as error:
        busy = str(error)
    found = examine(home)
    if form == "json":
        document = asdict(found) | {"removed": removed, "busy": busy}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return 1 if found.faults else 0
    said = [f"Left by a killed build, removed: {path}" for path in removed]
    said += [f"{busy}: what it has not finished was left alone."] if busy else []
    said += [f"{fault.place}: {fault.said}\n  repair: {fault.repair}" for fault in found.faults]
    counts = f"{_count(len(found.faults), 'fault')} in {_count(found.releases, 'release')}"
    current = location.current_digest(home) or "none"
    said += [f"{counts} ({found.quads} quads read in dumps and stores); current: {current}"]
    click.echo("\n".join(said))
    return 1 if found.faults else 0


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'s' * (number > 1)}"


@click.command()
@click.argument("release", default="previous")
@root_option
def rollback(release: str, root: Path | None) -> int:
    """Makes the release before the current one current again, or the one named, by one rename.

    RELEASE is a hash or its beginning. A release that is damaged is refused.

    \b
    icvkg rollback
    icvkg rollback 5ccf6f9e
    """
    from icvkg.release import location
    from icvkg.release.rollback import roll_back

    home = root or location.home()
    before, now = roll_back(home, release, lambda said: click.echo(said, err=True))
    click.echo(f"Release {now.version} ({now.digest}) is current again in {home}; before it was {before or 'none'}.")
    return 0
