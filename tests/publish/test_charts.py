"""The charts of questions as pictures beside their pages."""

import re
from xml.etree import ElementTree

import pytest

from icvkg.knowledge import KnowledgeGraph
from tests.publish.serving import Running

pytest.importorskip("altair", reason="Altair is not installed (extra charts)")
pytest.importorskip("vl_convert", reason="vl-convert is not installed (extra charts)")
DRAWN, TALL = "value-transfers", "cities-in-programmes"


def texts(svg: bytes) -> set[str]:
    """What is written in a picture."""
    return {
        "".join(each.itertext()).strip() for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("text")
    }


@pytest.mark.parametrize("name", [DRAWN, TALL])
def test_the_chart_of_a_question_is_a_picture(server: Running, graph: KnowledgeGraph, name: str) -> None:
    for language, folder in (("en", ""), ("zh", "zh/")):
        answer = server.get(f"/{folder}queries/{name}.svg")
        assert (answer.status, answer.media) == (200, "image/svg+xml")
        assert graph.query(name).origin.query.title(language)[:20] in " ".join(texts(answer.body))  # type: ignore[union-attr]
        page = server.get(f"/{folder}queries/{name}.html").body.decode()
        assert re.search(rf'<a href="(?:[./]*{folder}queries/)?{name}\.svg">', page)
    assert server.get(f"/queries/{name}.svg").body == server.get(f"/queries/{name}.svg").body


def test_a_chart_and_the_exports_keep_the_parameters(server: Running) -> None:
    page = server.get(f"/queries/{DRAWN}.html?scenario=").body.decode()
    links = re.findall(rf'(?:href|src)="[./]*(?:queries/)?({DRAWN}\.\w+[^"]*)"', page)
    assert {link.partition("?")[2] for link in links if ".rq" not in link} == {"scenario="}
    some = texts(server.get(f"/queries/{DRAWN}.svg").body)
    every = texts(server.get(f"/queries/{DRAWN}.svg?scenario=").body)
    assert 5 < len(some) < len(every)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/queries/no-such-question.svg", 404),
        ("/queries/figures-by-source-kind.svg", 404),
        (f"/queries/{DRAWN}.svg?scenario=../../x", 400),
        (f"/queries/{DRAWN}.svg?scenario=%22%7D%20UNION", 400),
        (f"/zh/queries/{DRAWN}.svg/x", 404),
    ],
)
def test_what_is_not_drawn(server: Running, target: str, status: int) -> None:
    assert server.get(target).status == status
