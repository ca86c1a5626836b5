"""Asks a server for the names of our things, as if w3id.org sent them to it; no other host is asked."""

import http.client
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from icvkg.errors import IcvkgError
from icvkg.namespaces import BASE
from icvkg.publish.fairness import Got

MOST_HOPS = 5


def getter(site: str) -> Callable[[str, str], Got]:
    """Asks the site at that address; redirects are followed as long as they stay on it."""
    root = site.rstrip("/") + "/"
    host = urlsplit(root)
    if host.scheme != "http" or not host.hostname:
        raise IcvkgError(f"{site}: the address of a local server was expected, such as http://127.0.0.1:7300/")

    def get(iri: str, accept: str) -> Got:
        address, hops = urljoin(root, iri.removeprefix(BASE)), list[int]()
        while True:
            got = _once(address, accept, tuple(hops))
            target = got.headers.get("location", "")
            if got.status not in (301, 302, 303, 307, 308) or len(hops) >= MOST_HOPS:
                return got
            hops.append(got.status)
            address = urljoin(address, target)
            if urlsplit(address).netloc != host.netloc:
                return got

    return get


def _once(address: str, accept: str, hops: tuple[int, ...]) -> Got:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request("GET", parts.path or "/", headers={"Accept": accept})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, address, headers, response.read(), hops)
    except (OSError, http.client.HTTPException) as error:
        raise IcvkgError(f"{address}: {error}") from None
    finally:
        connection.close()
