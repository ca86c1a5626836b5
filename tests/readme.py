"""Console blocks of the README or of another page: run, compared, or written anew (`python -m tests.readme [PAGE]`)."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from icvkg.cli.main import icvkg

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"```console\n\$ icvkg (?P<words>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown."""
    for match in _BLOCK.finditer(text):
        yield match["words"], match["output"]


def output_of(words: str) -> str:
    """What the command prints now, without spaces at the ends of lines."""
    result = CliRunner().invoke(icvkg, shlex.split(words), standalone_mode=False, catch_exceptions=False)
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.strip("\n").splitlines())


def renewed(text: str) -> str:
    """The text with the output of every console block as it is now."""
    return _BLOCK.sub(lambda match: f"```console\n$ icvkg {match['words']}\n{output_of(match['words'])}```", text)


if __name__ == "__main__":
    page = Path(sys.argv[1]) if sys.argv[1:] else README
    page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
