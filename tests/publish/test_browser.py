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

PATHS = (
    "", "chain.html", "policies.html", "zones.html", "ontology.html", "search.html?q=huawei", "sparql.html",
    "queries/", "queries/driverless-paid-services.html", "queries/protection-of-niches.html",
    "doc/id/actor/huawei.html", "doc/id/place/wuhan.html",
    "doc/id/claim/deployment-apollo-pingshan-2023.html", "doc/def/SupplyRelation.html",
    "doc/code/stage.html", "doc/ontology/core.html", "doc/release/2026.11.0.html", "links/id/place/china/1.html",
    "doc/id/source/nbd-eacon-revises-hong-kong-listing-2025.html", "nothing/here",
)  # fmt: skip
OURS = {"exclude": [["#editor"]]}
"""The vendored query editor has faults of its own; the form beside it does the same without scripts."""
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


@pytest.mark.parametrize("setting", SETTINGS, ids=["desk", "phone-dark"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_accessible_and_quiet(browser: Any, server: Running, path: str, setting: dict[str, Any]) -> None:
    page = opened(browser, setting)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
    page.on("request", lambda sent: None if sent.url.startswith((server.url, "data:")) else said.append(sent.url))
    language = "zh/" if setting["width"] == 390 and path != "nothing/here" else ""
    page.goto(f"{server.url}/{language}{path}", wait_until="networkidle")
    grave = [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in axe.Axe().run(page, context=OURS).response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert [each for each in said if "404" not in each or path != "nothing/here"] == []
    assert grave == []
    assert wide <= int(str(setting["width"]))


def test_there_are_enough_pages() -> None:
    assert len(PATHS) * len(SETTINGS) == 40


@pytest.mark.parametrize("path", ["", "queries/driverless-paid-services.html", "search.html?q=华为", "sparql.html"])
def test_pages_work_without_scripts(browser: Any, server: Running, path: str) -> None:
    page = opened(browser, SETTINGS[0], scripts=False)
    page.goto(f"{server.url}/{path}")
    assert page.locator("h1").is_visible()
    assert page.locator("main a:visible").count() > 0
    if "search" in path:
        assert page.locator("#hits a").first.inner_text() == "Huawei"
    if "sparql" in path:
        page.locator("#plain button").click()
        assert "evidence" in page.content()
    page.context.close()


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
    page.context.close()
