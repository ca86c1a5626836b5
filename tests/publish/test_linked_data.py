"""Things, documents and links over HTTP."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from icvkg.namespaces import BASE, DEF, OUTSIDE
from icvkg.publish.jsonld import CONTEXT
from icvkg.publish.representations import FORMS, represent
from icvkg.publish.resources import Published
from icvkg.store.embedded import EmbeddedStore
from tests.publish.serving import Running

THING, DOCUMENT = "/id/actor/huawei", "/doc/id/actor/huawei"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


def triples(server: Running, path: str, suffix: str) -> set[str]:
    """The triples of a document, in words; the published context stands in for its address."""
    body = server.get(f"{path}.{suffix}").body
    if suffix == "jsonld":
        context = server.get(f"/{CONTEXT}").body.decode()
        body = (
            body.decode().replace(f'"{BASE}{CONTEXT}"', context[context.index(":") + 1 : context.rindex("}")]).encode()
        )
    return {str(quad.triple) for quad in ox.parse(body, format=FORMATS[suffix])}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("", "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "jsonld"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("application/*", "jsonld"),
        ("text/*;q=0.9, application/rdf+xml;q=0.8", "html"),
        ("image/png, text/turtle;q=0.001", "ttl"),
    ],
)
def test_a_thing_leads_to_the_document_liked_best(server: Running, accept: str, suffix: str) -> None:
    answer = server.get(THING, Accept=accept) if accept else server.get(THING)
    assert (answer.status, answer.headers["location"]) == (303, f"{DOCUMENT}.{suffix}")
    assert "Accept" in answer.headers["vary"]


LANGUAGES = {
    "zh-CN,zh;q=0.9,en;q=0.8": "/zh",
    "ZH-hans": "/zh",
    "fr, zh;q=0.5, en;q=0.4": "/zh",
    "en, zh;q=0.9": "",
    "zh, en": "",
    "zh;q=0": "",
    "fr-FR": "",
    "*": "",
    ",;q=1,zhx,zh_CN": "",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_leads_readers_of_chinese_to_the_chinese_page(server: Running, language: str) -> None:
    answer = server.get(THING, **{"Accept": "text/html", "Accept-Language": language})
    assert answer.headers["location"] == f"{LANGUAGES[language]}{DOCUMENT}.html"
    assert "Accept-Language" in answer.headers["vary"]
    data = server.get(THING, **{"Accept": "text/turtle", "Accept-Language": language})
    assert data.headers["location"] == f"{DOCUMENT}.ttl"
    named = server.get(f"{THING}.html", **{"Accept-Language": language})
    assert named.headers["location"] == f"{DOCUMENT}.html"


def test_all_likings_of_language_are_tried() -> None:
    assert len(LANGUAGES) == 9


@pytest.mark.parametrize(
    "path",
    ["/id/actor/huawei/", "/id/actor/%68uawei", "/id/actor/%68UAWEI".replace("UAWEI", "uawei"), "/%69d/actor/huawei",
     "/id/actor/hua%77ei/"],
)  # fmt: skip
def test_other_spellings_of_an_address_lead_to_the_same(server: Running, path: str) -> None:
    assert server.get(path, Accept="text/turtle").headers["location"] == f"{DOCUMENT}.ttl"


CHINESE = ["/id/actor/%E5%8D%8E%E4%B8%BA", "/id/actor/%e5%8d%8e%e4%b8%ba", "/doc/id/%E5%8D%8E.ttl"]


@pytest.mark.parametrize("path", CHINESE)
def test_chinese_that_names_nothing_is_a_clean_404(server: Running, path: str) -> None:
    answer = server.get(path)
    assert (answer.status, answer.media) == (404, "application/problem+json")
    assert "location" not in answer.headers


@pytest.mark.parametrize("suffix", FORMS)
def test_a_suffix_decides_without_negotiation(server: Running, suffix: str) -> None:
    thing = server.get(f"{THING}.{suffix}", Accept="image/png")
    assert (thing.status, thing.headers["location"]) == (303, f"{DOCUMENT}.{suffix}")
    document = server.get(f"{DOCUMENT}.{suffix}", Accept="image/png")
    assert (document.status, document.media) == (200, FORMS[suffix].media)
    assert "Accept," not in document.headers.get("vary", "")


def test_what_cannot_be_had_is_answered_by_the_list(server: Running) -> None:
    for path in (THING, DOCUMENT):
        answer = server.get(path, Accept="image/png")
        assert answer.status == 406
        assert [match[2] for match in LINK.finditer(answer.headers["link"])] == ["alternate"] * len(FORMS)
        assert all(form.media in answer.json()["detail"] for form in FORMS.values())


KINDS = [THING, "/def/supplier", "/code/stage", "/ontology/core", "/id/claim/deployment-apollo-pingshan-2023"]


@pytest.mark.parametrize("path", KINDS)
def test_the_four_syntaxes_say_the_same(server: Running, path: str) -> None:
    said = {suffix: triples(server, f"/doc{path}", suffix) for suffix in FORMATS}
    assert len(said["nt"]) > 10
    blank = {suffix: {re.sub(r"_:\w[\w-]*", "_:", each) for each in rows} for suffix, rows in said.items()}
    assert [suffix for suffix, rows in blank.items() if rows != blank["nt"]] == []


def test_a_document_holds_the_claims_and_their_evidence(server: Running) -> None:
    said = triples(server, DOCUMENT, "nt")
    claim, evidence = f"{BASE}id/claim/", f"<{DEF}hasEvidence>"
    claims = {each.split(" ")[0] for each in said if each.startswith(f"<{claim}") and "actor/huawei>" in each}
    assert len(claims) > 100
    supported = {each.split(" ")[0] for each in said if evidence in each}
    assert claims <= supported
    assert any(f"<{DEF}publisherName>" in each for each in said)


def test_a_document_says_what_it_is(server: Running) -> None:
    said = triples(server, DOCUMENT, "nt")
    assert f"<{BASE}{DOCUMENT[1:]}> <http://xmlns.com/foaf/0.1/primaryTopic> <{BASE}{THING[1:]}>" in said
    assert (
        f"<{BASE}{DOCUMENT[1:]}> <{OUTSIDE['dcterms']}license> <https://creativecommons.org/licenses/by/4.0/>" in said
    )


ASKED = [f"{DOCUMENT}.ttl", DOCUMENT, "/robots.txt", "/context.jsonld", "/sparql?query=ASK%20%7B%7D"]


@pytest.mark.parametrize("path", ASKED)
def test_head_is_get_without_the_body(server: Running, path: str) -> None:
    get, head = server.ask("GET", path), server.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert int(get.headers["content-length"]) == len(get.body)


@pytest.mark.parametrize("path", [f"{DOCUMENT}.ttl", DOCUMENT, "/context.jsonld", "/linkset/id/actor/huawei.json"])
def test_what_a_client_has_is_not_sent_again(server: Running, path: str) -> None:
    first = server.get(path)
    tag, day = first.headers["etag"], first.headers["last-modified"]
    for header in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": day}):
        again = server.ask("GET", path, header)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    for header in ({"If-None-Match": '"x"'}, {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}):
        assert server.ask("GET", path, header).status == 200


def test_gzip_gives_the_same_bytes(server: Running) -> None:
    import gzip

    plain, packed = server.get(f"{DOCUMENT}.ttl"), server.get(f"{DOCUMENT}.ttl", Accept_Encoding="br;q=1, gzip;q=0.5")
    assert (packed.headers["content-encoding"], packed.headers["etag"]) == (
        "gzip",
        plain.headers["etag"][:-1] + '-gzip"',
    )
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in server.get(f"{DOCUMENT}.ttl", Accept_Encoding="gzip;q=0").headers
    assert server.get(f"{DOCUMENT}.ttl", If_None_Match=packed.headers["etag"]).status == 304


def test_links_follow_signposting(server: Running) -> None:
    """Levels 1 and 2 (signposting.org/FAIR)."""
    found = [match.groups() for match in LINK.finditer(server.get(f"{DOCUMENT}.html").headers["link"])]
    rels = {rel for _, rel, _ in found}
    assert {"alternate", "describedby", "license", "cite-as", "type", "collection", "linkset", "describes"} <= rels
    assert [target for target, rel, _ in found if rel == "cite-as"] == [f"{BASE}id/actor/huawei"]
    (linkset,) = [target for target, rel, media in found if rel == "linkset" and media == "application/linkset+json"]
    contexts = {each["anchor"]: each for each in server.get(linkset).json()["linkset"]}
    page = contexts[f"{BASE}{DOCUMENT[1:]}.html"]
    assert {rel for rel in page if rel != "anchor"} == rels - {"linkset"} | {"linkset"}
    alternates = {each["href"].rpartition(".")[2] for each in page["alternate"]}
    assert alternates == set(FORMS) - {"html"}


@pytest.mark.parametrize("path", ["/doc/release/2026.11.0.html", f"{DOCUMENT}.ttl"])
def test_every_link_to_this_server_resolves(server: Running, path: str) -> None:
    found = [match.groups() for match in LINK.finditer(server.get(path).headers["link"])]
    assert len(found) > 8
    for target, _, media in found:
        here = target.removeprefix(BASE.rstrip("/")) if target.startswith(BASE) else target
        if here.startswith("/"):
            answer = server.get(here)
            assert answer.status in (200, 303), here
            assert answer.status == 303 or answer.media == media


def test_the_release_lists_its_files_and_gives_them(server: Running, release: Path) -> None:
    found = [match.groups() for match in LINK.finditer(server.get("/doc/release/2026.11.0.ttl").headers["link"])]
    items = {target.rpartition("/")[2]: media for target, rel, media in found if rel == "item"}
    assert set(items) == {file.name for file in release.iterdir()}
    assert (items["icvkg.ttl"], items["asserted.nt.gz"]) == ("text/turtle", "application/gzip")
    for name in ("asserted.nt.gz", "SHA256SUMS", "tables.zip"):
        answer = server.get(f"/release/2026.11.0/{name}")
        assert answer.body == (release / name).read_bytes()
        assert "content-encoding" not in answer.headers
    assert server.get("/release/2020.01.0/asserted.nt.gz").status == 404


def test_descriptions_are_where_machines_look(server: Running) -> None:
    for path in ("/.well-known/void", "/void", "/dcat"):
        answer = server.get(path)
        assert (answer.status, answer.headers["location"]) == (302, "/doc/release/2026.11.0")
    said = triples(server, "/doc/release/2026.11.0", "ttl")
    assert any("void#classPartition" in each for each in said)
    assert any("dcat#distribution" in each for each in said)
    assert "Disallow: /sparql" in server.get("/robots.txt").body.decode()
    pages = re.findall(r"<loc>([^<]*)</loc>", server.get("/sitemap.xml").body.decode())
    assert len(pages) == len(set(pages)) > 10_000
    assert f"{server.url}{DOCUMENT}.html" in pages


def test_every_subject_of_ours_has_an_address(graph_published: Published) -> None:
    ours = {t.subject.value for t in graph_published.store if isinstance(t.subject, ox.NamedNode)}
    ours = {iri.removeprefix(BASE) for iri in ours if iri.startswith(BASE)}
    assert len(ours) > 10_000
    assert ours <= set(graph_published.resources)


@pytest.fixture(scope="module")
def graph_published(release: Path, home: Path) -> Published:
    from icvkg.release.location import store_folder
    from icvkg.release.manifest import read_manifest

    return Published(EmbeddedStore.read_only(store_folder(home, release.name)), read_manifest(release), release)


def test_the_server_sends_what_the_function_gives(server: Running, graph_published: Published) -> None:
    """The static writer calls the same function, so that files and responses are equal byte for byte."""
    for path in ("id/actor/huawei", "def/supplier", "code/stage", "ontology/core", "release/2026.11.0"):
        for suffix in FORMS:
            body = represent(graph_published, graph_published.resources[path], suffix)
            assert server.get(f"/doc/{path}.{suffix}").body == body


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "';alert(1)//", "</title><svg onload=alert(1)>",
    "javascript:alert(1)", "<!--", "]]>", "&lt;script&gt;", "\u202ehuawei", "\u0000x", "=HYPERLINK(\"http://x\")",
    "<a href=javascript:alert(1)>x</a>", "<style>@import 'http://x'</style>", "\ud7ff\ufffd", "{{7*7}}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_stay_text(release: Path, graph_published: Published, text: str) -> None:
    thing, label = ox.NamedNode(f"{BASE}id/actor/x"), ox.NamedNode(OUTSIDE["rdfs"] + "label")
    link = ox.NamedNode(f"javascript:alert({len(text)})")
    said = [ox.Triple(thing, label, ox.Literal(text, language="en")), ox.Triple(thing, ox.NamedNode(DEF + "url"), link)]
    hostile = Published(EmbeddedStore.in_memory(said), graph_published.manifest, release)
    page = represent(hostile, hostile.resources["id/actor/x"], "html").decode()
    assert not {"img", "svg", "style", "iframe"} & set(re.findall(r"<\s*(\w+)", page))
    assert page.count("<script") == page.count("/site.js") == 1
    assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data|vbscript)', page, re.IGNORECASE)
    for suffix in ("ttl", "nt"):
        data = represent(hostile, hostile.resources["id/actor/x"], suffix)
        back = {quad.triple for quad in ox.parse(data, format=FORMATS[suffix])}
        assert set(said) <= back
