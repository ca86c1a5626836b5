"""One query in a process of its own (`python -m icvkg.assistants.once FOLDER`), which may be killed at any time.

The query comes over standard input; the answer goes to standard output in SPARQL 1.1 Query Results JSON. Ends with 2
and a message on standard error when the query is not valid or not allowed.
"""

import resource
import sys
from pathlib import Path

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.formats import as_json
from icvkg.store.embedded import EmbeddedStore

MEMORY = 2 << 30
"""Bytes of address space that the process may take."""


def main(folder: Path, text: str) -> int:
    """Prints the answer; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        columns, rows = EmbeddedStore.read_only(folder).select(text)
    except IcvkgError as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.write(as_json(Answer(tuple(columns), tuple(rows))))
    return 0


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(Path(sys.argv[1]), sys.stdin.read()))
