"""Hostile requests by family; each with the statuses that may answer it. LISTENER stands for an address on loopback."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

FOLDER = Path(__file__).parent
LISTENER = "http://127.0.0.1:9/"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
REFUSED = frozenset({400, 403})
STOPPED = frozenset({503, 504})
ANY = frozenset({200, 400}) | STOPPED
Statuses = frozenset[int]


@dataclass(frozen=True)
class Case:
    """One request, and what may come of it."""

    name: str
    statuses: Statuses
    target: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None

    def at(self, listener: str) -> "Case":
        """The same, with the address of a listener that must never hear of it."""
        body = self.body.replace(LISTENER.encode(), listener.encode()) if self.body else self.body
        target = self.target.replace(quote(LISTENER, safe=""), quote(listener, safe=""))
        return Case(self.name, self.statuses, target, self.method, self.headers, body)


def posted(name: str, text: str, statuses: Statuses) -> Case:
    """A query as the body of a POST."""
    return Case(name, statuses, "/sparql", "POST", {"Content-Type": QUERY}, text.encode("utf-8", "surrogatepass"))


def listed(file: str) -> list[dict[str, str]]:
    """The rows of a table in this folder."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def nested() -> Iterator[Case]:
    """Brackets deeper than any parser here survives: all refused before parsing."""
    shapes = {
        "parentheses": ("SELECT * { FILTER(", "(", "1", ")", ") }"),
        "braces": ("SELECT * ", "{", " ?s ?p ?o ", "}", ""),
        "blank nodes": ("SELECT * { ?s ?p ", "[ ?q ", "1", "]", " }"),
        "lists": ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
        "subqueries": ("", "SELECT * { ", "?s ?p ?o", " }", ""),
        "exists": ("SELECT * { ", "FILTER EXISTS { ", "?s ?p ?o", " }", " }"),
        "optionals": ("SELECT * { ", "OPTIONAL { ", "?s ?p ?o", " }", " }"),
        "functions": ("SELECT (", "STR(", "1", ")", " AS ?x) { }"),
        "paths": ("SELECT * { ?s ", "(", "a", ")", " ?o }"),
        "unclosed": ("SELECT * { FILTER", "(", "", "", ""),
    }
    for name, (before, opened, middle, closed, after) in shapes.items():
        for depth in (201, 1000, 5000, 20000):
            text = before + opened * depth + middle + closed * depth + after
            yield posted(f"{name} {depth}", text, frozenset({400, 413}))


def chained() -> Iterator[Case]:
    """What recurses without brackets: the worker may end, the server may not."""
    shapes = {
        "not": ("ASK { FILTER(", "!", "true) }"), "minus": ("ASK { FILTER(", "-", "1 = 1) }"),
        "inverse": ("ASK { ?s ", "^", "a ?o }"), "or": ("ASK { FILTER(true", " || true", ") }"),
        "and": ("ASK { FILTER(true", " && true", ") }"), "plus": ("ASK { FILTER(1", " + 1", " = 1) }"),
        "union": ("ASK { { }", " UNION { }", " }"), "sequence": ("ASK { ?s a", "/a", " ?o }"),
        "alternative": ("ASK { ?s a", "|a", " ?o }"), "statements": ("ASK { ?s ?p ?o", " . ?s ?p ?o", " }"),
        "binds": ("ASK { ", "BIND(1 AS ?x) ", " }"), "in": ("ASK { FILTER(1 IN (1", ", 1", ")) }"),
    }  # fmt: skip
    for name, (before, part, after) in shapes.items():
        for count in (1000, 20000):
            yield posted(f"{name} {count}", before + part * count + after, ANY | {413})


def heavy() -> Iterator[Case]:
    """Queries from `queries.csv` that ask for too much."""
    for row in listed("queries.csv"):
        yield posted(f"{row['family']}: {row['query'][:60]}", row["query"], ANY | {403})


def many_values() -> Iterator[Case]:
    """VALUES without end: a million are refused by length, the most that fits is answered or stopped."""
    yield posted("a million values", f"SELECT * {{ VALUES ?x {{ {'1 ' * 1_000_000} }} }}", frozenset({413}))
    most = "1 " * 100_000
    for tail in ("", "?s ?p ?x", "VALUES ?y { 1 2 3 4 5 } ?s ?p ?o", "FILTER(?x = ?x + 1)"):
        yield posted(f"many values {tail}", f"SELECT * {{ VALUES ?x {{ {most} }} {tail} }}", ANY)
    wide = " ".join(f"?v{number}" for number in range(10_000))
    yield posted("many variables", f"SELECT {wide} {{ ?s ?p ?o }} ORDER BY {wide}", ANY)


def growth() -> Iterator[Case]:
    """Strings that double at each step until memory ends."""
    for doublings in (10, 20, 25, 30, 40, 60):
        steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(doublings))
        yield posted(
            f"concat {doublings}", f'SELECT (STRLEN(?x{doublings}) AS ?n) {{ BIND("aa" AS ?x0) {steps} }}', ANY
        )
        steps = " ".join(f'BIND(REPLACE(?x{n}, "a", "aaaaaaaa") AS ?x{n + 1})' for n in range(doublings))
        yield posted(
            f"replace {doublings}", f'SELECT (STRLEN(?x{doublings}) AS ?n) {{ BIND("a" AS ?x0) {steps} }}', ANY
        )


def patterns() -> Iterator[Case]:
    """Regular expressions that others choke on."""
    for row in listed("patterns.csv"):
        for subject in ("a" * 30 + "!", "a" * 5000, "华" * 3000):
            text = f'ASK {{ FILTER(REGEX("{subject}", "{row["pattern"]}")) }}'
            yield posted(f"{row['pattern']} on {subject[:1]}", text, ANY)


def updates() -> Iterator[Case]:
    """Every update in every way in which one could be sent."""
    for row in listed("updates.csv"):
        text = row["update"]
        name = text[:40]
        yield Case(f"get update {name}", REFUSED, f"/sparql?{urlencode({'update': text})}")
        yield Case(f"get query {name}", REFUSED, f"/sparql?{urlencode({'query': text})}")
        for key in ("update", "query"):
            form = urlencode({key: text}).encode()
            yield Case(f"form {key} {name}", REFUSED, "/sparql", "POST", {"Content-Type": FORM}, form)
        for media in (UPDATE, QUERY):
            yield Case(f"{media} {name}", REFUSED, "/sparql", "POST", {"Content-Type": media}, text.encode())
    for method in ("PUT", "DELETE", "PATCH"):
        for target in ("/sparql", "/sparql?default", "/id/actor/huawei", "/store?default"):
            yield Case(
                f"{method} {target}",
                frozenset({404, 405}),
                target,
                method,
                {"Content-Type": "text/turtle"},
                b"<a:b> <a:b> 1 .",
            )


def calls() -> Iterator[Case]:
    """Queries that want to read elsewhere, from `calls.csv`."""
    for row in listed("calls.csv"):
        yield posted(f"call {row['query'][:60]}", row["query"].replace("\\n", "\n"), REFUSED)
    for name in ("default-graph-uri", "named-graph-uri"):
        for graph in (LISTENER, "file:///etc/passwd", "https://w3id.org/icvkg/id/actor/huawei", "x", ""):
            target = f"/sparql?{urlencode({'query': 'ASK { ?s ?p ?o }', name: graph})}"
            yield Case(f"{name} {graph}", REFUSED, target)


def addresses() -> Iterator[Case]:
    """Paths that climb, hide or break, from `paths.csv`: nothing outside the routes is read."""
    for row in listed("paths.csv"):
        for prefix in ("/", "/id/", "/doc/", "/release/", "/linkset/id/"):
            yield Case(f"{prefix}{row['path']}", frozenset({400, 404}), prefix + row["path"])


def bodies() -> Iterator[Case]:
    """Bodies that are too large, packed, or not what they say."""
    yield Case("two mebibytes", frozenset({413}), "/sparql", "POST", {"Content-Type": QUERY}, b" " * (2 << 20))
    bomb = gzip.compress(b" " * (64 << 20))
    for coding in ("gzip", "deflate", "br", "zstd", "gzip, gzip"):
        headers = {"Content-Type": QUERY, "Content-Encoding": coding}
        yield Case(f"{coding} bomb", frozenset({415}), "/sparql", "POST", headers, bomb)
    fields = "&".join(f"x{number}=1" for number in range(5000)).encode()
    yield Case("many fields", frozenset({400}), "/sparql", "POST", {"Content-Type": FORM}, fields)
    for media in (
        "",
        "text/html",
        "multipart/form-data; boundary=x",
        "application/xml",
        f"{QUERY}; charset=utf-16",
        ";;;",
    ):
        yield Case(f"media {media}", frozenset({415}), "/sparql", "POST", {"Content-Type": media}, b"ASK {}")
    for data in (b"\xff\xfe\x00", b"ASK { \xc3\x28 ?p ?o }", b"\xed\xa0\x80", b"\x00"):
        yield Case(f"bytes {data!r}", frozenset({400}), "/sparql", "POST", {"Content-Type": QUERY}, data)


def heads() -> Iterator[Case]:
    """Headers that are odd in ways that a client library will still send."""
    for accept in (
        "*" * 5000,
        "text/turtle;q=" + "9" * 4000,
        ",".join(["a/b"] * 5000),
        "/;;;,,,",
        "text/html;q=2",
        "\t",
    ):
        yield Case(
            f"accept {accept[:20]}", frozenset({200, 406}), "/sparql?query=ASK%20%7B%7D", headers={"Accept": accept}
        )
    for host in ("evil.example\\@x", "a b", "<script>", "x" * 300, "[::1", "a:99999999", '"'):
        yield Case(f"host {host[:20]}", frozenset({200, 400}), "/sparql", headers={"X-Forwarded-Host": host})
    for tag in ('"' * 1000, "W/" * 1000, "*", ",," * 1000, '"x", "y'):
        headers = {"If-None-Match": tag, "If-Modified-Since": tag}
        yield Case(f"tag {tag[:10]}", frozenset({200, 304}), "/robots.txt?x=1", headers=headers)
    for day in ("Tue, 99 Nov 9999 99:99:99 GMT", "0", "-1", "Fri, 31 Dec 9999 23:59:59 +9999"):
        yield Case(f"day {day}", frozenset({200, 304, 400}), "/robots.txt", headers={"If-Modified-Since": day})


FAMILIES = {
    "nested": (nested, 40), "chained": (chained, 24), "heavy": (heavy, 40), "values": (many_values, 6),
    "growth": (growth, 12), "patterns": (patterns, 45), "updates": (updates, 120), "calls": (calls, 40),
    "addresses": (addresses, 100), "bodies": (bodies, 17), "heads": (heads, 22),
}  # fmt: skip
"""The families and the least number of cases of each."""
