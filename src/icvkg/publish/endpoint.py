"""The SPARQL 1.1 Protocol: a query comes in by GET, by form or as it is; its answer goes out whole or not at all."""

from email.message import Message
from functools import lru_cache
from typing import NamedTuple

from icvkg.errors import IcvkgError
from icvkg.publish.answers import Answers, key_of
from icvkg.publish.messages import Request, Response, pairs
from icvkg.publish.negotiation import choose
from icvkg.publish.problems import ProblemError
from icvkg.publish.tally import Counted, count
from icvkg.store.closed import refuse_deep
from icvkg.store.limits import Limits
from icvkg.store.questions import Question, Reply
from icvkg.store.workers import Workers

RESULTS = {
    "application/sparql-results+json": "json", "application/sparql-results+xml": "xml", "text/csv": "csv",
    "text/tab-separated-values": "tsv", "application/json": "json", "application/xml": "xml", "text/xml": "xml",
}  # fmt: skip
"""Media types of rows and truth values, the preferred one first."""
GRAPHS = {
    "text/turtle": "ttl", "application/n-triples": "nt", "application/ld+json": "jsonld", "application/rdf+xml": "rdf",
    "application/trig": "trig", "application/n-quads": "nq", "text/n3": "n3", "application/json": "jsonld",
    "application/xml": "rdf", "text/plain": "nt",
}  # fmt: skip
"""Media types of triples, the preferred one first."""
_GRAPH_PARAMETERS = ("default-graph-uri", "named-graph-uri")
_CHARSET = {"text/csv", "text/tab-separated-values", "text/turtle", "text/n3", "text/plain", "text/xml"}
_ADVICE = "Narrow it, or load a dump into a store of your own."
_STATUS = {
    "refused": 403, "invalid": 400, "large": 503, "failed": 503, "late": 504, "died": 503, "busy": 503,
}  # fmt: skip


Pairs = list[tuple[str, str]]
_REMEMBERED = 4096
"""Requests with fewer characters are understood once, however often they come."""


class Asked(NamedTuple):
    """A question, the media types chosen for rows and for triples, and what names the answer (see `key_of`)."""

    question: Question
    rows: str | None
    graph: str | None
    key: str


class Desk:
    """What is asked of one release and how it is answered, whoever finds the answer."""

    def __init__(self, limits: Limits, release: str) -> None:
        self._limits, self._release = limits, release

    def understand(self, text: str, given: Pairs, accept: str) -> Asked:
        """What a query, the graphs given and an Accept header ask; raises ProblemError for what is no query."""
        self._check(text)
        rows, graph, results, triples = _forms(accept)
        named = [tuple(value for name, value in given if name == each) for each in _GRAPH_PARAMETERS if given]
        question = Question(text, results, triples, *named)
        return Asked(question, rows, graph, key_of(question, f"{self._release} {rows} {graph}"))

    def respond(self, asked: Asked, reply: Reply) -> Response:
        """The response for a reply; raises ProblemError for a reply that is no answer."""
        if reply.kind != "done":
            raise self.problem(reply)
        media = (asked.graph if reply.is_graph else asked.rows) or ""
        return _response(200, media, reply.body, asked.key, reply)

    def problem(self, reply: Reply) -> ProblemError:
        """What to say for a reply that is no answer."""
        if reply.kind == "late":
            count(Counted.LATE)
        retry = (("Retry-After", "2"),) if reply.kind == "busy" else ()
        return ProblemError(*self._problem(reply), *retry)

    def _check(self, text: str) -> None:
        limit = self._limits.text
        if len(text) > limit:
            raise ProblemError(413, f"The query has {len(text)} characters; {limit} are allowed.")
        try:
            refuse_deep(text)
        except IcvkgError as error:
            raise ProblemError(400, str(error)) from None

    def _problem(self, reply: Reply) -> tuple[int, str]:
        limits = self._limits
        if reply.kind == "unacceptable":
            offered = ", ".join(GRAPHS if reply.detail == "graph" else RESULTS)
            return 406, f"This answer can be had as {offered}."
        said = {
            "late": f"The query was stopped after {limits.seconds:g} seconds. {_ADVICE}",
            "died": f"The query needed more than {limits.memory >> 20} MiB of memory, or nested too deep. {_ADVICE}",
            "large": f"The answer is larger than {limits.answer >> 20} MiB. Add LIMIT and OFFSET, or load a dump.",
            "busy": "Every worker is busy. Try again in a moment.",
        }
        return _STATUS[reply.kind], said.get(reply.kind, reply.detail)


class Endpoint(Desk):
    """One release, asked through a pool of workers."""

    def __init__(self, workers: Workers, release: str) -> None:
        super().__init__(workers.limits, release)
        self.workers = workers
        self._answers = Answers[Response]()
        self._understood = lru_cache(1024)(self._read)

    def _read(self, query: str, accept: str) -> Asked:
        """What the query part of an address asks."""
        return self.understand(*_query(Request("GET", "", query)), accept)

    async def __call__(self, request: Request) -> Response:
        """The answer to a query; raises ProblemError for what is not one or cannot be answered."""
        accept = request.header("accept")
        if request.method != "POST" and len(request.query) + len(accept) < _REMEMBERED:
            return await self._answer(request, self._understood(request.query, accept))
        return await self._answer(request, self.understand(*_query(request), accept))

    async def _answer(self, request: Request, asked: Asked) -> Response:
        key = asked.key
        if key and key in request.header("if-none-match"):
            return _response(304, "", b"", key)
        kept = self._answers.get(key) if key else None
        if kept:
            return kept
        response = self.respond(asked, await self.workers.ask(asked.question))
        if key and isinstance(response.body, bytes):
            self._answers.put(key, response, len(response.body))
        return response


@lru_cache(256)
def _forms(accept: str) -> tuple[str | None, str | None, str | None, str | None]:
    """The media types chosen for rows and for triples, and what workers call them."""
    rows, graph = choose(accept, tuple(RESULTS)), choose(accept, tuple(GRAPHS))
    return rows, graph, RESULTS[rows] if rows else None, GRAPHS[graph] if graph else None


def _response(status: int, media: str, body: bytes, key: str, reply: Reply | None = None) -> Response:
    cached = "public, no-cache" if key else "no-store"
    full = f"{media}; charset=utf-8" if media in _CHARSET else media
    file = reply.file if reply else None
    return Response(
        status, full, file or body, (("Cache-Control", cached),), key, vary=("Accept",), is_temporary=bool(file)
    )


def _query(request: Request) -> tuple[str, Pairs]:
    """The text of the one query of a request, and its graphs."""
    try:
        given = list(request.parameters)
        body = _form(request) if request.method == "POST" else []
    except UnicodeDecodeError:
        raise ProblemError(400, "The query must be UTF-8.") from None
    except ValueError:
        raise ProblemError(400, "There are too many parameters.") from None
    given += body
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in given):
        raise ProblemError(403, "This graph can be read, not updated.")
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise ProblemError(400, f"There are {len(queries)} queries in this request; one was expected.")
    return queries[0], [pair for pair in given if pair[0] in _GRAPH_PARAMETERS]


def _form(request: Request) -> Pairs:
    """What the body of a POST says, as pairs."""
    message = Message()
    message["content-type"] = request.header("content-type") or "text/plain"
    media, charset = message.get_content_type(), message.get_param("charset", "utf-8")
    if media == "application/sparql-update":
        raise ProblemError(403, "This graph can be read, not updated.")
    if media not in ("application/sparql-query", "application/x-www-form-urlencoded") or not request.header(
        "content-type"
    ):
        expected = "application/sparql-query or application/x-www-form-urlencoded"
        raise ProblemError(415, f"A query is posted as {expected}.", ("Accept-Post", expected.replace(" or", ",")))
    if str(charset).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "The query must be UTF-8.")
    text = request.body.decode("utf-8")
    return [("query", text)] if media.endswith("query") else pairs(text)
