"""What the processes of `icvkg serve` say of themselves: a line of JSON for each event, on standard error."""

import json
import sys
from datetime import UTC, datetime


def note(event: str, **about: str | int) -> None:
    """Writes one line with the time in UTC."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event} | about
    print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)
