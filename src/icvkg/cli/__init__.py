"""The command line: one module a group of commands."""

from icvkg.cli.main import main

__all__ = ["main"]
