"""The command `icvkg`: options that every command shares, and how it ends."""

import sys

import click

from icvkg.cli.commands import Commands, stop_speaking
from icvkg.errors import FaultyTablesError, IcvkgError

DONE, WRONG, INTERRUPTED = 0, 2, 130


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="icvkg")
def icvkg() -> None:
    """China's intelligent connected vehicle industry as a knowledge graph.

    \b
    icvkg build                                    check the tables and build a release
    icvkg queries                                  what can be asked
    icvkg query driverless-paid-services           ask it
    icvkg describe huawei                          what is said of one thing, with sources
    """


def main() -> None:
    """Runs the command line: 0 done, 1 findings, 2 wrong use or bad input, 130 interrupted."""
    try:
        status = icvkg(standalone_mode=False)
        sys.stdout.flush()
    except FaultyTablesError as error:
        status = _say(WRONG, "\n".join([*map(str, error.faults), f"{error}. The current release is untouched."]))
    except IcvkgError as error:
        status = _say(WRONG, str(error))
    except click.ClickException as error:
        error.show()
        status = WRONG
    except (click.Abort, KeyboardInterrupt):
        status = _say(INTERRUPTED, "Interrupted. Whatever was current is whole.")
    except BrokenPipeError:
        stop_speaking()
        status = DONE
    except OSError as error:
        status = _say(WRONG, f"{error.filename or 'A file'}: {error.strerror or error}")
    sys.exit(status if isinstance(status, int) else DONE)


def _say(status: int, message: str) -> int:
    click.echo(message, err=True)
    return status
