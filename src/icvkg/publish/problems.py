"""Errors as problem documents (RFC 9457)."""

import json
from http import HTTPStatus

from icvkg.publish.messages import Response

MEDIA = "application/problem+json"


class ProblemError(Exception):
    """Ends the handling of a request with a problem document."""

    def __init__(self, status: int, detail: str, *headers: tuple[str, str]) -> None:
        super().__init__(detail)
        self.response = problem(status, detail, *headers)


def problem(status: int, detail: str, *headers: tuple[str, str]) -> Response:
    """A problem document; it is never cached."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    return Response(status, MEDIA, body, (("Cache-Control", "no-store"), *headers))
