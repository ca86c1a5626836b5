"""`docs/mcp.md` says what is so: its configuration works, its tools and limits are those of the server."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

pytest.importorskip("mcp", reason="needs the extra mcp")

from icvkg.assistants.descriptions import DESCRIPTIONS
from icvkg.assistants.limited import Limits
from icvkg.cli.main import icvkg
from icvkg.errors import IcvkgError
from icvkg.store.closed import MAX_DEPTH
from icvkg.store.limits import Limits as WorkerLimits

PAGE = (Path(__file__).parents[2] / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_tools_are_those_of_the_server() -> None:
    assert re.findall(r"(?m)^\| `(\w+)` \|", PAGE) == list(DESCRIPTIONS)


def test_the_commands_are_accepted() -> None:
    lines = re.findall(r"(?m)^icvkg mcp(.*)$", PAGE)
    (configured,) = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])["mcpServers"].values()
    assert configured == {"command": "icvkg", "args": ["mcp"]}
    assert len(lines) == 2
    for line in lines:
        main = icvkg.get_command(click.Context(icvkg), "mcp")
        assert main is not None
        main.make_context("mcp", line.split())


def test_the_limits_are_those_of_the_server() -> None:
    limits = Limits()
    assert f"{limits.text:,} characters, {MAX_DEPTH} levels of brackets, {limits.seconds:.0f} seconds" in PAGE
    assert f"{WorkerLimits().memory >> 30} GiB of memory" in PAGE
    assert f"| {limits.answer >> 20} MiB |" in PAGE
    assert f"| {limits.rows} items, {limits.page:,} characters |" in PAGE
    assert f"| queries at a time | {limits.workers} |" in PAGE


def test_without_the_extra_the_command_says_which_one_it_needs(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icvkg.cli.assisting.find_spec", lambda _: None)
    assert isinstance(error := run("mcp").exception, IcvkgError)
    assert 'pip install "icvkg[mcp]"' in str(error)
