# ruff: noqa: ANN401
"""Every kind of page in a browser: accessible, silent, asks no other host, runs nothing that a label brought."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.publish.serving import Running

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")

PATHS = {
    "front": "", "value chain": "chain.html", "policies": "policies.html", "zones": "zones.html",
    "ontology": "ontology.html", "search": "search.html", "search with hits": "search.html?q=huawei",
    "search without": "search.html?q=qqqzzz", "query editor": "sparql.html", "questions": "queries/",
    "question with bars": "queries/protection-of-niches.html",
    "question with a picture": "queries/canvas-by-operator.html",
    "question with parameters": "queries/driverless-paid-services.html?scenario=robotaxi",
    "question without a chart": "queries/public-money.html", "firm": "doc/id/actor/huawei.html",
    "body": "doc/id/actor/beijing-bda.html", "place": "doc/id/place/wuhan.html", "zone": "doc/id/place/bj-had-1.html",
    "policy": "doc/id/document/iov-action-plan-2018.html", "standard": "doc/id/document/gbt-44850-2024.html",
    "product": "doc/id/item/aito-m5.html", "deployment": "doc/id/claim/deployment-apollo-pingshan-2023.html",
    "supply": "doc/id/claim/supply-livox-xpeng-livox-hap-2021.html",
    "figure": "doc/id/claim/figure-open-test-area-bj-had-2-beijing-2022-09-16.html",
    "canvas block": "doc/id/claim/block-apollo-go-robotaxi-channels-1.html",
    "assessment": "doc/id/claim/mode-li-auto-ad-software-make.html",
    "source": "doc/id/source/nbd-eacon-revises-hong-kong-listing-2025.html",
    "evidence": "doc/id/evidence/acquisition-alibaba-amap-2014-1.html", "class": "doc/def/SupplyRelation.html",
    "property": "doc/def/supplier.html", "code list": "doc/code/stage.html", "code": "doc/code/stage/operation.html",
    "module": "doc/ontology/core.html", "release": "doc/release/2026.11.0.html",
    "links": "links/id/place/china/1.html", "nothing": "nothing/here",
}  # fmt: skip
VENDORS = 'scrollable-region-focusable: <div class="CodeMirror-scroll"'
"""What is left of the vendored editor's faults: its text scrolls with the caret, whose field stands elsewhere."""
SETTINGS: tuple[dict[str, Any], ...] = ({"width": 1280, "scheme": "light"}, {"width": 390, "scheme": "dark"})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser: Any, setting: dict[str, Any], *, scripts: bool = True) -> Any:
    size: Any = {"width": setting["width"], "height": 900}
    context = browser.new_context(viewport=size, color_scheme=setting["scheme"], java_script_enabled=scripts)
    return context.new_page()


def grave(page: Any) -> list[str]:
    """What axe finds that is serious or worse."""
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("setting", SETTINGS, ids=["desk", "phone-dark"])
@pytest.mark.parametrize("kind", PATHS)
def test_a_page_is_accessible_and_quiet(browser: Any, server: Running, kind: str, setting: dict[str, Any]) -> None:
    page, path = opened(browser, setting), PATHS[kind]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    page.on("request", lambda sent: None if sent.url.startswith((server.url, "data:")) else said.append(sent.url))
    language = "zh/" if setting["width"] == 390 and kind != "nothing" else ""
    page.goto(f"{server.url}/{language}{path}", wait_until="networkidle" if kind == "query editor" else "load")
    found = grave(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    shown = page.locator("main a:visible, main input:visible").count()
    page.context.close()
    assert [each for each in said if "404" not in each or kind != "nothing"] == []
    assert found == []
    assert wide <= int(str(setting["width"]))
    assert shown > 0


def test_there_are_enough_pages() -> None:
    assert len(PATHS) * len(SETTINGS) == 72


@pytest.mark.parametrize("kind", PATHS)
def test_pages_work_without_scripts(browser: Any, server: Running, kind: str) -> None:
    page = opened(browser, SETTINGS[0], scripts=False)
    page.goto(f"{server.url}/{PATHS[kind]}")
    assert page.locator("h1").is_visible()
    assert page.locator("main a:visible, main input:visible").count() > 0
    if kind == "search with hits":
        assert page.locator("#hits a").first.inner_text() == "Huawei"
    if kind == "query editor":
        page.locator("#plain button").click()
        assert "evidence" in page.content()
    page.context.close()


def test_a_phone_needs_no_drawing_wider_than_itself(browser: Any, server: Running) -> None:
    page = opened(browser, SETTINGS[1])
    for kind in ("front", "value chain", "policies", "zones", "firm", "place", "question with bars"):
        page.goto(f"{server.url}/{PATHS[kind]}")
        widths = page.locator("svg.drawing:visible").evaluate_all("all => all.map(each => each.clientWidth)")
        assert all(0 < each <= 390 for each in widths), kind
        assert bool(widths) == (kind != "firm"), kind
    page.goto(f"{server.url}/{PATHS['firm']}")
    assert page.locator(".on-narrow:visible").count() > 1
    page.context.close()


def test_keys_reach_the_content_and_motion_can_be_off(browser: Any, server: Running) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server.url}/chain.html")
    page.keyboard.press("Tab")
    assert page.locator("a.skip:focus").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"document.activeElement.tagName + {style}.outlineStyle") == "asolid"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_the_switch_of_language_keeps_the_place(browser: Any, server: Running) -> None:
    page = opened(browser, SETTINGS[0])
    page.goto(f"{server.url}/doc/id/actor/huawei.html")
    page.locator("a.language").click()
    assert page.url == f"{server.url}/zh/doc/id/actor/huawei.html"
    assert page.locator("h1").inner_text() == "华为"
    page.goto(f"{server.url}/chain.html?lang=zh")
    assert page.url == f"{server.url}/zh/chain.html"
    page.context.close()


def test_names_are_suggested_and_keys_choose(browser: Any, server: Running) -> None:
    page = opened(browser, SETTINGS[0])
    page.goto(f"{server.url}/")
    page.locator("#q").press_sequentially("huawei")
    page.locator("#suggestions-1 li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/id/actor/huawei.html")
    page.context.close()


def test_the_editor_answers(browser: Any, server: Running) -> None:
    page = opened(browser, SETTINGS[0])
    page.goto(f"{server.url}/sparql.html?name=issued-by-body", wait_until="networkidle")
    assert "policySubject" in page.locator(".CodeMirror").first.inner_text()
    page.locator(".yasqe_queryButton").first.click()
    page.locator(".yasr table tbody tr").first.wait_for(timeout=15_000)
    assert page.locator("#plain").is_hidden()
    assert [each for each in grave(page) if not each.startswith(VENDORS)] == []
    page.context.close()
