"""A table of routes: which handler answers which path."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from icvkg.publish.messages import Request, Response
from icvkg.publish.problems import ProblemError

Handler = Callable[[Request, re.Match[str]], Response | Awaitable[Response]]
READ = ("GET", "HEAD")


@dataclass(frozen=True)
class Route:
    """A pattern that a whole path must match, and what answers. `is_public`: scripts of other sites may read it."""

    pattern: str
    handler: Handler
    methods: tuple[str, ...] = READ
    is_public: bool = True

    def match(self, path: str) -> re.Match[str] | None:
        """How the path fits, if it does."""
        return re.fullmatch(self.pattern, path, re.DOTALL)


def find(routes: Sequence[Route], request: Request) -> tuple[Route, re.Match[str]]:
    """The first route that fits; raises ProblemError, 404 or 405 with the methods allowed."""
    for route in routes:
        match = route.match(request.path)
        if match:
            if request.method not in (*route.methods, "OPTIONS"):
                allowed = ", ".join((*route.methods, "OPTIONS"))
                raise ProblemError(405, f"Allowed here: {allowed}.", ("Allow", allowed))
            return route, match
    raise ProblemError(404, "There is nothing at this address.")
