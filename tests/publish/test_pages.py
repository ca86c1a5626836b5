"""Pages: both languages, every kind, nothing hostile comes alive, every link leads somewhere."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import BASE, DEF, ID, OUTSIDE
from icvkg.publish.contents import entries
from icvkg.publish.pages.claims import citations
from icvkg.publish.pages.facts import Facts
from icvkg.publish.pages.pages import PLAIN, Pages
from icvkg.publish.pages.view import View
from icvkg.publish.resources import Published
from icvkg.release.manifest import read_manifest
from icvkg.store.embedded import EmbeddedStore
from tests.publish.serving import Running

KINDS = {
    "doc/id/actor/huawei.html": ("Huawei", "华为"),
    "doc/id/place/wuhan.html": ("Wuhan", "武汉市"),
    "doc/id/claim/deployment-apollo-pingshan-2023.html": ("Pingshan District", "坪山区"),
    "doc/id/source/nbd-eacon-revises-hong-kong-listing-2025.html": ("EACON", "EACON"),
    "doc/id/evidence/actor-huawei-1.html": ("evidence", "证据"),
    "doc/def/SupplyRelation.html": ("supply relation", "供应关系"),
    "doc/def/everSuppliedTo.html": ("ever supplied", "供应"),
    "doc/code/stage/sensors.html": ("Sensors", "传感器"),
    "doc/code/stage.html": ("value stages", "价值环节"),
    "doc/ontology/core.html": ("core", "core"),
    "doc/release/2026.11.0.html": ("Release 2026.11.0", "版本 2026.11.0"),
    "links/id/place/china/2.html": ("China", "中国"),
    "queries/driverless-paid-services.html": ("charge fares", "收费"),
    "queries/index.html": ("Supply", "供应"),
    "404.html": ("nothing at this address", "没有内容"),
} | dict.fromkeys(PLAIN, ("ICV knowledge graph", "智能网联汽车知识图谱"))


class Read(HTMLParser):
    """A page as a browser reads it: tags that are open, links, ids, languages, inline scripts and handlers."""

    VOID = frozenset(("meta", "link", "input", "br", "img"))

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag that begins."""
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name))]
        self.ids += [value for name in ("id",) if (value := given.get(name))]
        self.faults += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in given:
            self.faults.append("inline script")

    def handle_endtag(self, tag: str) -> None:
        """Notes a tag that ends."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


@pytest.fixture(scope="module")
def published(graph: KnowledgeGraph, release: Path) -> Published:
    return Published(graph.embedded, read_manifest(release), release)


@pytest.fixture(scope="module")
def pages(published: Published) -> Pages:
    return published.pages


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_reads_well(pages: Pages, path: str, language: str) -> None:
    body = pages.page(path, language)
    assert body is not None
    found = Read(body)
    assert found.faults == found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in body.decode()
    assert KINDS[path][language == "zh"] in body.decode()
    assert {"main", "nav", "h1", "header", "footer"} <= found.tags


def test_there_are_as_many_kinds_as_expected() -> None:
    assert len(KINDS) == 15 + len(PLAIN) == 22


def test_the_page_of_a_question_tells_all_in_chinese(pages: Pages) -> None:
    page = (pages.page("queries/suppliers-of-component.html", "zh") or b"").decode()
    before, _, query = page.partition('<h2 id="sparql">')
    assert query
    for told in (
        "列出在该日有效的、所查部件种类及其下位种类的供应主张", "价值链治理", "部件种类;留空则不限种类",
        '<th scope="col">供应商</th>', "有来源佐证的最近日期",
    ):  # fmt: skip
        assert told in before
    forms = before[before.index("<form method") :]
    assert not re.search(r'<(label|dd|th)[^>]*><span lang="en">', forms)


def test_a_page_shows_statements_with_sources(pages: Pages) -> None:
    page = (pages.page("doc/id/actor/huawei.html", "en") or b"").decode()
    assert re.search(r"Huawei Technologies Co\., Ltd\.<sup><a href=\"#source-\d\"", page)
    assert 'id="source-1"' in page
    assert "supplies to" in page
    assert "derived by rule" in page


def test_what_refers_to_a_thing_is_counted_and_paged(pages: Pages) -> None:
    view = pages.view("doc/id/place/china.html", "en")
    china = f"{ID}place/china"
    expected = sum(
        1 for name, _ in view.facts.incoming(china) if name not in (f"{DEF}evidenceFor", OUTSIDE["rdf"] + "type")
    )
    shown = 0
    for number in range(1, pages.further(china) + 1):
        page = pages.page(f"links/id/place/china/{number}.html", "en")
        assert page is not None
        shown += page.count(b"<li>") - page.split(b"</header>")[0].count(b"<li>")
    assert shown == expected > 400
    assert pages.page(f"links/id/place/china/{pages.further(china) + 1}.html", "en") is None


def test_citations_are_those_of_the_command(pages: Pages, graph: KnowledgeGraph) -> None:
    claims = pages.facts.of_type("Deployment")[:40]
    assert len(claims) == 40
    for language in ("en", "zh"):
        view = pages.view("", language)
        for claim in claims:
            assert citations(view, claim) == graph.cite(claim, language)


def test_answers_that_name_codes_in_english_are_read_in_chinese(pages: Pages) -> None:
    page = (pages.page("queries/canvas-by-operator.html", "zh") or b"").decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "<td>港口</td>" in table
    assert "<td>Port</td>" not in table
    assert "<td>Port</td>" in (pages.page("queries/canvas-by-operator.html", "en") or b"").decode()
    named = pages.facts.in_chinese
    assert (named("Robotaxi", "scenario"), named("Robotaxi", "segment")) == ("无人驾驶出租车", "自动驾驶出租车")
    assert (named("Robotaxi"), named("Huawei"), named("no such name")) == ("Robotaxi", "华为", "no such name")


def test_values_are_said_in_the_language_of_the_page(pages: Pages) -> None:
    for language, yes, wanted, other in (("en", "yes", "Own app;", "自有应用"), ("zh", "是", "自有应用", "Own app;")):
        page = (pages.page("doc/id/claim/deployment-apollo-pingshan-2023.html", language) or b"").decode()
        assert f"<dd>{yes}<sup>" in page
        block = (pages.page("doc/id/claim/block-apollo-go-robotaxi-channels-1.html", language) or b"").decode()
        assert wanted in block
        assert other not in block


def test_evidence_is_called_by_what_it_supports(pages: Pages) -> None:
    path = "doc/id/evidence/acquisition-alibaba-amap-2014-1.html"
    assert b"<h1>Evidence for Alibaba buys Amap (2014)</h1>" in (pages.page(path, "en") or b"")
    assert "<h1>阿里巴巴收购高德地图(2014年)的证据</h1>".encode() in (pages.page(path, "zh") or b"")


def test_chinese_lists_run_by_sound(pages: Pages) -> None:
    names = [f"{ID}actor/{name}" for name in ("huawei", "bosch", "zf", "alibaba")]
    view = pages.view("", "zh")
    assert [view.name(each) for each in sorted(names, key=view.order)] == ["阿里巴巴", "博世", "采埃孚", "华为"]
    english = pages.view("", "en")
    assert [english.name(each) for each in sorted(names, key=english.order)] == ["Alibaba", "Bosch", "Huawei", "ZF"]


def test_a_drawing_stands_once_for_wide_and_once_for_narrow_screens(pages: Pages) -> None:
    drawn = {"chain": "chain.html", "lanes": "policies.html", "bars": "queries/protection-of-niches.html"}
    for kind, path in drawn.items():
        page = (pages.page(path, "en") or b"").decode()
        both = [re.findall(rf'class="drawing {kind} on-{width}".*?</svg>', page) for width in ("wide", "narrow")]
        assert [len(each) for each in both] == [1, 1]
        wide, narrow = ([each[0].count(f'class="{mark}"') for mark in ("stage", "spot", "bar")] for each in both)
        assert wide == narrow
        assert sum(wide) > 10
    firm = (pages.page("doc/id/actor/huawei.html", "en") or b"").decode()
    listed = re.search(r"Customers \((\d+)\)</h3>\n<ul class=\"lines\">(.*?)</ul>", firm)
    assert listed is not None
    assert listed[2].count("<a ") == 12
    assert f"and {int(listed[1]) - 12} more" in listed[2]


def test_what_is_only_announced_is_no_tie_and_says_so(pages: Pages) -> None:
    huawei = (pages.page("doc/id/actor/huawei.html", "en") or b"").decode()
    told = huawei.split("What is said", 1)[0]
    assert ">Avatr Technology</a>" in told
    assert ">China FAW Group</a>" not in told
    claim = (pages.page("doc/id/claim/supply-huawei-faw-group-huawei-ads-2025.html", "en") or b"").decode()
    assert "supplies China FAW Group: Driving system (2025), announced" in claim
    chinese = (pages.page("doc/id/claim/supply-huawei-faw-group-huawei-ads-2025.html", "zh") or b"").decode()
    assert re.search(r"2025年[)）][,，]已宣布", chinese)


def test_an_answer_without_rows_says_what_is_missing(server: Running) -> None:
    said = {}
    for folder in ("", "zh/"):
        page = server.get(f"/{folder}queries/driverless-paid-services.html?scenario=mine")
        assert page.status == 200
        said[folder] = page.body.decode().split('id="answer"')[1].split("</section>")[0]
    assert re.search(r"<p>[^<]*\d+ [^<]*</p>", said[""])
    assert re.search(r"<p>[^<]*\d+[^<]*[\u4e00-\u9fff][^<]*</p>", said["zh/"])
    assert "<table>" not in said[""]


def test_axioms_are_in_words(pages: Pages) -> None:
    page = (pages.page("doc/def/everSuppliedTo.html", "en") or b"").decode()
    plain = re.sub(r"<[^>]+>", "", page)
    assert "follows from is supplier in → customer." in plain
    assert "SubPropertyChain: icv:isSupplierIn o icv:customer" in plain
    chinese = re.sub(r"<[^>]+>", "", (pages.page("doc/def/SupplyRelation.html", "zh") or b"").decode())
    assert "每个供应关系都是情境。" in chinese


def resolved(page: str, link: str) -> str:
    """The path on the site that a link leads to."""
    path = unquote(urlsplit(link).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def dead_links(pages: Pages, paths: list[str], known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for path in paths:
        english = path.removeprefix("zh/")
        body = pages.page(english, "zh" if english != path else "en")
        found = Read(body or b"")
        for link in found.links:
            here = link.removeprefix(pages.base_path) if english == "404.html" else link
            target = resolved("" if english == "404.html" else path, here)
            fragment = unquote(urlsplit(link).fragment)
            if link.startswith("#"):
                if fragment not in found.ids:
                    yield path, link
                continue
            outside = link.startswith(("http:", "https:"))
            if not outside and target not in known and target not in (".", "sparql", "queries"):
                yield path, link


@pytest.fixture(scope="module")
def known(published: Published) -> dict[str, object]:
    return dict.fromkeys(path for path, _ in entries(published, "https://example.org/"))


def test_every_link_leads_somewhere(pages: Pages, known: dict[str, object]) -> None:
    paths = [path for path in known if path.endswith(".html")]
    few = [path for path in paths if not path.removeprefix("zh/").startswith(("doc/", "links/"))]
    many = sorted(set(paths) - set(few))[::211]
    assert len(few) > 100
    assert len(many) > 140
    assert list(dead_links(pages, few + many, known)) == []


@pytest.mark.slow
def test_every_link_of_every_page_leads_somewhere(pages: Pages, known: dict[str, object]) -> None:
    paths = [path for path in known if path.endswith(".html")]
    assert len(paths) > 30_000
    assert list(dead_links(pages, paths, known)) == []


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "ftp://x/y", "//x",
        "http://user:pass@example.org/", f"{BASE}id/actor/../../../x", f"{BASE}id/actor/none",
    ],
)  # fmt: skip
def test_odd_names_are_never_links(iri: str) -> None:
    view = View(Facts({}, {}), {}, "en", "index.html")
    assert view.href(iri) == ""
    assert "<a" not in view.link(iri)


def test_addresses_on_the_web_are_links() -> None:
    view = View(Facts({}, {}), {"id/actor/é x": 1}, "zh", "doc/id/actor/y.html")
    assert view.href("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert view.href(f"{BASE}id/actor/é x") == "../../../../zh/doc/id/actor/%C3%A9%20x.html"


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg onload=alert(1)>", "{{7*7}}",
    "'; alert(1); '", "<!--", "\u202egnp", "\ud7ff", "<a href=javascript:alert(1)>x</a>",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts_everywhere(published: Published, release: Path, text: str) -> None:
    thing, place = ox.NamedNode(f"{ID}actor/x"), ox.NamedNode(f"{ID}claim/y")
    named = [(OUTSIDE["rdfs"] + "label", "en"), (OUTSIDE["skos"] + "note", "zh"), (DEF + "legalName", "x-y")]
    said = [
        ox.Triple(each, ox.NamedNode(name), ox.Literal(text, language=tag))
        for each in (thing, place)
        for name, tag in named
    ]
    said += [ox.Triple(place, ox.NamedNode(DEF + role), thing) for role in ("supplier", "customer", "stageActor")]
    said += [ox.Triple(thing, ox.NamedNode(DEF + "url"), ox.NamedNode("javascript:alert(1)"))]
    hostile = Published(EmbeddedStore.in_memory(said), published.manifest, release).pages
    for path in ("doc/id/actor/x.html", "doc/id/claim/y.html", "chain.html", "index.html"):
        found = Read(hostile.page(path, "en") or b"")
        assert found.faults == found.open == []
        assert not {"img", "iframe", "style", "object"} & found.tags
        assert not [link for link in found.links if link.lower().startswith(("javascript", "data"))]
