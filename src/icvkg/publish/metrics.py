"""`/metrics`: what the whole server counted since it started, in the text format of Prometheus (version 0.0.4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icvkg.publish.messages import Request, Response
from icvkg.publish.tally import Counted, total
from icvkg.release.manifest import Manifest

_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_CLASSES = (Counted.SUCCESS, Counted.REDIRECTION, Counted.CLIENT_ERROR, Counted.SERVER_ERROR)
_OTHERS = {
    Counted.CONNECTIONS: ("connections", "Connections that were opened."),
    Counted.KEPT: ("kept_answers", "Plain queries answered from memory, without asking the store."),
    Counted.LENT: ("lent_answers", "Plain queries answered by a worker that had the connection."),
    Counted.LATE: ("late_queries", "Queries ended at their limit of time."),
}


@dataclass(frozen=True)
class Metrics:
    """The counters of a server over one release."""

    manifest: Manifest

    def route(self, request: Request, match: re.Match[str]) -> Response:
        """All counters, whichever process is asked."""
        body = "".join(f"{line}\n" for line in self._lines()).encode()
        return Response(200, _TEXT, body, (("Cache-Control", "no-store"),))

    def _lines(self) -> Iterator[str]:
        yield "# HELP icvkg_release_info The release that is served."
        yield "# TYPE icvkg_release_info gauge"
        yield f'icvkg_release_info{{version="{self.manifest.version}",hash="{self.manifest.digest}"}} 1'
        yield "# HELP icvkg_responses_total Responses by the first digit of their status."
        yield "# TYPE icvkg_responses_total counter"
        for each in _CLASSES:
            yield f'icvkg_responses_total{{class="{each.value}xx"}} {total(each)}'
        for each, (name, help_text) in _OTHERS.items():
            yield f"# HELP icvkg_{name}_total {help_text}"
            yield f"# TYPE icvkg_{name}_total counter"
            yield f"icvkg_{name}_total {total(each)}"
