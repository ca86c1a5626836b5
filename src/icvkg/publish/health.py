"""Whether the service works: `/health` asks the graph, `/ready` looks whether a worker has its store open."""

import json
import re
from dataclasses import dataclass

from icvkg.publish.messages import Request, Response
from icvkg.release.manifest import Manifest
from icvkg.store.workers import Question, Workers

_REAL = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ASK { ?concept skos:inScheme ?scheme }"
_FRESH = (("Cache-Control", "no-store"),)


@dataclass(frozen=True)
class Health:
    """The health of a service over one release."""

    workers: Workers
    manifest: Manifest

    async def health(self, request: Request, match: re.Match[str]) -> Response:
        """200 when a query is answered, 503 when it is not; release and hash either way."""
        reply = await self.workers.ask(Question(_REAL))
        works = reply.kind == "done" and b"true" in reply.body
        return self._said(works, {"status": "pass" if works else "fail", "query": reply.kind})

    def ready(self, request: Request, match: re.Match[str]) -> Response:
        """200 once queries are taken, 503 before."""
        return self._said(self.workers.is_ready, {"status": "pass" if self.workers.is_ready else "starting"})

    def _said(self, works: bool, document: dict[str, str]) -> Response:
        full = document | {"release": self.manifest.version, "hash": self.manifest.digest}
        return Response(200 if works else 503, "application/health+json", json.dumps(full).encode(), _FRESH)
