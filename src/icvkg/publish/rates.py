"""How often one address may ask: a bucket of tokens for each, filled at a steady rate."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from icvkg.publish.app import Receive, Scope, Send, send_out
from icvkg.publish.messages import Request
from icvkg.publish.problems import problem
from icvkg.publish.sending import Outgoing

_MOST = 10_000
"""Addresses remembered; beyond, those that asked longest ago are forgotten, and have a full bucket again."""


@dataclass(frozen=True)
class Rate:
    """Requests a second, and how many more may come at once; 0 a second: no limit.

    Behind a proxy (`is_proxied`) the last address of X-Forwarded-For counts, else that header says nothing: anybody can
    write it. The machine itself is not limited.
    """

    second: float = 50.0
    burst: float = 200.0
    is_proxied: bool = False


class Buckets:
    """The buckets of one front."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self._clock = rate, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, peer: str, forwarded: str = "") -> float:
        """Takes a token for a request of this peer: 0, or the seconds until there is one."""
        proxied = forwarded.rpartition(",")[2].strip() if self.rate.is_proxied else ""
        name = _network(proxied or peer) if self.rate.second else ""
        return self._take(name) if name else 0.0

    def is_free(self, peer: str) -> bool:
        """Whether this peer is not limited at all."""
        return not self.rate.second or not _network(peer)

    def _take(self, name: str) -> float:
        now, (tokens, since) = self._clock(), self._held.pop(name, (self.rate.burst, 0.0))
        tokens = min(self.rate.burst, tokens + (now - since) * self.rate.second)
        self._held[name] = (tokens - 1 if tokens >= 1 else tokens), now
        if len(self._held) > _MOST:
            self._held.popitem(last=False)
        return 0.0 if tokens >= 1 else (1 - tokens) / self.rate.second


@lru_cache(4096)
def _network(address: str) -> str:
    """Whom an address stands for: itself, or the 64 bits of a network in IPv6; empty for this machine."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if found.is_loopback:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    if mapped is not None:
        return _network(str(mapped))
    return str(found) if found.version == 4 else str(ipaddress.ip_network(f"{found}/64", strict=False))


def too_many(wait: float) -> Callable[[Scope, Receive, Send], Coroutine[None, None, None]]:
    """An application that tells to come back in so many seconds."""
    response = problem(429, "Too many requests from this address.", ("Retry-After", str(ceil(wait))))

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send_out(Outgoing(Request(scope["method"], scope["path"]), response, is_public=True), send)

    return answer
