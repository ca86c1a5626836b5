"""What a rule did, for `icvkg build --explain-rules`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter


@dataclass
class Cost:
    """How often a rule ran, how many edges it added, how many seconds that took."""

    rounds: int = 0
    edges: int = 0
    seconds: float = 0.0

    @contextmanager
    def round(self) -> Iterator[None]:
        """Times one run of the rule."""
        start = perf_counter()
        yield
        self.rounds += 1
        self.seconds += perf_counter() - start
