"""Which module holds which command; a module is read when its command is called."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from icvkg.errors import UnknownNameError

PLACES = {
    "build": "building:build",
    "check": "building:check",
    "map": "mapping:map_tables",
    "validate": "validating:validate",
    "query": "querying:query",
    "queries": "listing:queries",
    "ask": "asking:ask",
    "reproduce": "reproducing:reproduce",
    "search": "exploring:search",
    "describe": "exploring:describe",
    "cite": "exploring:cite",
    "quality": "quality:quality",
    "ontology": "ontology:ontology",
    "serve": "serving:serve",
    "publish": "publishing:publish",
    "fair": "fairness:fair",
    "mcp": "assisting:mcp",
    "diff": "comparing:diff",
    "doctor": "keeping:doctor",
    "export": "exporting:export",
    "load": "loading:load",
    "rollback": "keeping:rollback",
    "why": "reasons:why",
    "completion": "completion:completion",
}
"""Module and function of every command, in the order in which a reader meets them."""


def stop_speaking() -> None:
    """Nobody reads standard output any more: what is still to be said goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Commands(click.Group):
    """The commands by name, with the nearest name for a wrong one."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what a command gives back
        """Runs the command; that its reader has gone before the end is no error (click would end with 1)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            stop_speaking()
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a reader meets them."""
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        module, _, function = PLACES.get(cmd_name, "").partition(":")
        found = getattr(import_module(f"icvkg.cli.{module}"), function) if module else None
        assert found is None or isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; a usage error names the nearest ones."""
        if args and args[0] not in PLACES and not args[0].startswith("-"):
            raise click.UsageError(str(UnknownNameError("command", args[0], PLACES)), ctx)
        return super().resolve_command(ctx, args)
