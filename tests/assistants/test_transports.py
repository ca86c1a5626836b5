"""`icvkg mcp` as a process: over stdio, and over HTTP on loopback."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="needs the extra mcp")

from mcp import Client, StdioServerParameters

from icvkg.release.build import Built
from icvkg.release.location import HOME

COMMAND = ["-m", "icvkg.cli", "mcp"]


@pytest.fixture
def surroundings(built: Built, home: Path) -> dict[str, str]:
    """The environment in which a child finds the package and the session's release."""
    assert built.folder is not None
    return os.environ | {HOME: str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


async def conversation(server: StdioServerParameters | str) -> tuple[str, list[str], dict[str, Any]]:
    """Who answers, its tools, and what it says to a query."""
    async with Client(server) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        found = await client.call_tool("run_query", {"name": "cities-in-programmes"})
        assert found.structured_content is not None
        return str(getattr(client.server_info, "name", "")), tools, found.structured_content


def check(built: Built, name: str, tools: list[str], found: dict[str, Any]) -> None:
    """The server is ours and answers from the session's release."""
    assert built.folder is not None
    assert (name, len(tools)) == ("icvkg", 8)
    assert found["release"]["hash"] == built.folder.name
    assert found["items"]
    assert found["sources"]


def test_over_stdio(built: Built, surroundings: dict[str, str]) -> None:
    parameters = StdioServerParameters(command=sys.executable, args=COMMAND, env=surroundings)
    check(built, *asyncio.run(conversation(parameters)))


@pytest.fixture
def address(surroundings: dict[str, str]) -> Iterator[str]:
    """The address of a server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = [sys.executable, *COMMAND, "--http", "--port", str(port)]
    with subprocess.Popen(words, env=surroundings, stderr=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            process.terminate()


def _await(port: int) -> None:
    """Waits until something listens; raises TimeoutError after 20 seconds."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def test_over_http(built: Built, address: str) -> None:
    check(built, *asyncio.run(conversation(address)))
