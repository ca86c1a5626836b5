"""Requests to an endpoint: time limits, repeats, redirects, and words for what goes wrong."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, cast
from urllib.parse import urlsplit

from icvkg.errors import IcvkgError, shorten
from icvkg.store.login import Login

REPEATED = (429, 502, 503, 504)
"""Answers that say: not now (RFC 9110, sections 15.6.3 to 15.6.5, and RFC 6585, section 4)."""
LONGEST_WAIT = 30.0
_CHUNK = 1 << 16
_HINTS = {
    400: "it refused the request",
    401: "it asks for a login: set ICVKG_ENDPOINT_USER and ICVKG_ENDPOINT_PASSWORD, or ICVKG_ENDPOINT_TOKEN",
    403: "the login given, or none, is not allowed here (ICVKG_ENDPOINT_USER or ICVKG_ENDPOINT_TOKEN)",
    404: "there is nothing at this address; endpoints often end in /sparql or /query",
    405: "it does not take this kind of request; is this the right endpoint?",
    413: "the request is too long for it",
    415: "it does not take this media type; is this the right endpoint?",
}


@dataclass(frozen=True)
class Limits:
    """Seconds that one query may take, how often it is repeated, and the first wait, which doubles each time."""

    seconds: float = 60.0
    repeats: int = 3
    wait: float = 0.5


@dataclass(frozen=True)
class Reply:
    """The body of an answer and its media type."""

    body: bytes
    media_type: str


class _RedirectHandler(urllib.request.HTTPRedirectHandler):
    """Follows a redirect with the query in it; never takes a login to another host or off TLS."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        moved = old.netloc != new.netloc or (old.scheme == "https" and new.scheme != "https")
        if moved and req.has_header("Authorization"):
            fp.close()
            raise IcvkgError(f"{req.full_url}: it redirects to {newurl}; a login is not taken along, name that one.")
        data, method = (None, "GET") if code == 303 else (req.data, req.get_method())
        return urllib.request.Request(newurl, data, dict(req.headers), method=method)


class _DigestHandler(urllib.request.HTTPDigestAuthHandler):
    """Answers a challenge to a digest login (RFC 7616), and leaves every other to be told in words.

    Virtuoso gives its challenge only to a request without a login, so one that was refused is sent again without.
    """

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPResponse | None:
        if headers.get("WWW-Authenticate", "").lower().startswith("digest"):
            return super().http_error_401(req, fp, code, msg, headers)
        bare = {name: value for name, value in req.header_items() if name != "Authorization"}
        if len(bare) == len(req.header_items()) or headers.get("WWW-Authenticate"):
            return None
        again = urllib.request.Request(req.full_url, req.data, bare, method=req.get_method())
        return cast("HTTPResponse", self.parent.open(again, timeout=req.timeout))


def fetch(request: Callable[[], urllib.request.Request], limits: Limits, login: Login | None = None) -> Reply:
    """The answer to a request, which is made anew for each repeat; raises IcvkgError in words.

    It is repeated when the endpoint is down or says that it is busy, with longer and longer waits; not when it is slow.
    """
    for wait in (*_waits(limits), None):
        try:
            return _once(request(), limits.seconds, login or Login())
        except urllib.error.HTTPError as error:
            if error.code not in REPEATED or wait is None:
                raise IcvkgError(f"{error.url}: {_status(error)}") from None
            error.close()
            time.sleep(max(wait, _asked_wait(error)))
        except (OSError, HTTPException) as error:
            address, reason = request().full_url, getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise IcvkgError(
                    f"{address}: no whole answer in {limits.seconds:g} s; --timeout allows more."
                ) from None
            if wait is None:
                tries = f", {limits.repeats + 1} times" if limits.repeats else ""
                raise IcvkgError(f"{address}: cannot be reached{tries}: {reason or type(error).__name__}") from None
            time.sleep(wait)
    raise AssertionError


def _waits(limits: Limits) -> Iterator[float]:
    return (limits.wait * 2**number for number in range(limits.repeats))


def _once(request: urllib.request.Request, seconds: float, login: Login) -> Reply:
    deadline = time.monotonic() + seconds
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if login.user:
        passwords.add_password(None, request.full_url, login.user, login.password)
    opener = urllib.request.build_opener(_RedirectHandler(), _DigestHandler(passwords))
    with opener.open(request, timeout=seconds) as response:
        if limit := response.headers.get("X-SPARQL-MaxRows"):
            raise IcvkgError(f"{request.full_url}: it cut its answer to {limit} rows (Virtuoso: ResultSetMaxRows).")
        return Reply(b"".join(_chunks(response, deadline)), response.headers.get_content_type())


def _chunks(response: HTTPResponse, deadline: float) -> Iterator[bytes]:
    """The body piece by piece; TimeoutError when it drips past the deadline."""
    while chunk := response.read1(_CHUNK):
        yield chunk
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:
        raise ConnectionError("the answer was cut short")


def _asked_wait(error: urllib.error.HTTPError) -> float:
    """The seconds of Retry-After (RFC 9110, section 10.2.3), within reason; 0 where it gives a date or nothing."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else 0.0


def _status(error: urllib.error.HTTPError) -> str:
    is_text = error.headers.get_content_type() in ("text/plain", "application/json", "application/problem+json")
    said = error.read(2000).decode("utf-8", "replace").strip() if is_text else ""
    error.close()
    hint = _HINTS.get(error.code, "it failed" if error.code >= 500 else "it gave no answer")
    return f"{hint} (HTTP {error.code}){': ' if said else ''}{shorten(' '.join(said.split()), 300)}"
