"""The command `icvkg`: options that every command shares, and how it ends."""

import os
import sys

import click

from icvkg.cli import (
    asking,
    building,
    comparing,
    completion,
    exploring,
    exporting,
    keeping,
    ontology,
    quality,
    querying,
    reasons,
    reproducing,
    validating,
)
from icvkg.errors import FaultyTablesError, IcvkgError, UnknownNameError

DONE, WRONG, INTERRUPTED = 0, 2, 130


class Commands(click.Group):
    """Commands in the order in which a reader meets them, with the nearest name for a wrong one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they were added."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; a usage error names the nearest ones."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(str(UnknownNameError("command", args[0], self.commands)), ctx)
        return super().resolve_command(ctx, args)


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


for command in (
    building.build, building.check, validating.validate, querying.query, asking.queries, reproducing.reproduce,
    exploring.search, exploring.describe, exploring.cite, quality.quality, ontology.ontology,
    comparing.diff, keeping.doctor, keeping.rollback, reasons.why, exporting.export, completion.completion,
):  # fmt: skip
    icvkg.add_command(command)


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
        status = _say(INTERRUPTED, "Interrupted; nothing was changed.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except OSError as error:
        status = _say(WRONG, f"{error.filename or 'A file'}: {error.strerror or error}")
    sys.exit(status if isinstance(status, int) else DONE)


def _say(status: int, message: str) -> int:
    click.echo(message, err=True)
    return status
