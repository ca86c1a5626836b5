"""How often one address may ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from icvkg.publish.rates import Buckets, Rate
from icvkg.release.location import store_folder
from tests.publish.serving import Running, running

FAR, OTHER = "203.0.113.9", "198.51.100.7"
QUERY = "/sparql?query=ASK%20%7B%7D"


class Clock:
    """A clock that stands until it is set."""

    now = 0.0

    def __call__(self) -> float:
        """The time it shows."""
        return self.now


def test_a_bucket_empties_and_fills() -> None:
    clock = Clock()
    buckets = Buckets(Rate(second=2, burst=3), clock)
    assert [buckets.wait(FAR) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait(OTHER) == 0
    clock.now = 0.25
    assert buckets.wait(FAR) == 0.25
    clock.now = 0.5
    assert [buckets.wait(FAR), buckets.wait(FAR)] == [0, 0.5]


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_limited(peer: str) -> None:
    buckets = Buckets(Rate(second=1, burst=1))
    assert [buckets.wait(peer) for _ in range(5)] == [0] * 5


def test_a_network_of_ipv6_is_one_client() -> None:
    buckets = Buckets(Rate(second=1, burst=1), Clock())
    assert [buckets.wait(peer) for peer in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")] == [0, 1, 0]


def test_the_header_of_a_proxy_is_believed_only_when_told_so() -> None:
    forged = f"{OTHER}, {FAR}"
    for is_proxied, expected in ((False, [0, 1, 1]), (True, [0, 1, 0])):
        buckets = Buckets(Rate(1, 1, is_proxied), Clock())
        assert [buckets.wait(OTHER, forged), buckets.wait(OTHER, forged), buckets.wait(OTHER, "")] == expected


@pytest.fixture(scope="module")
def limited(release: Path, home: Path) -> Iterator[Running]:
    """A server behind a proxy, two requests and then one in a hundred seconds."""
    with running(store=store_folder(home, release.name), folder=release, workers=1, rate=(0.01, 2, True)) as started:
        yield started


def test_too_many_are_told_to_come_back(limited: Running) -> None:
    answers = [limited.get(QUERY, X_Forwarded_For=FAR) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert 90 < int(answers[2].headers["retry-after"]) <= 100
    assert answers[2].json()["status"] == 429
    assert limited.get(QUERY, X_Forwarded_For=OTHER).status == 200
    assert [limited.get(QUERY).status for _ in range(5)] == [200] * 5
