"""The site as files: the same bytes as served, whole or not at all, nothing outside its folder."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from icvkg.errors import IcvkgError
from icvkg.knowledge import KnowledgeGraph
from icvkg.namespaces import BASE, OUTSIDE
from icvkg.publish import paths, w3id
from icvkg.publish.changes import FEED, REMOVED, changes
from icvkg.publish.contents import Entry, entries, left_out
from icvkg.publish.resources import Published
from icvkg.publish.server import Place
from icvkg.publish.writing import MARK, write_site
from icvkg.release import location
from icvkg.release.manifest import read_manifest
from icvkg.store.embedded import EmbeddedStore
from tests.graph.tables import FIGURE
from tests.publish.serving import Running
from tests.release.small import RIVAL, build_small, environment, figures

SHARE = 331
"""Every so many-th file is compared with what is served."""


@pytest.fixture(scope="module")
def published(graph: KnowledgeGraph, release: Path) -> Published:
    return Published(graph.embedded, read_manifest(release), release)


@pytest.fixture(scope="module")
def everything(published: Published, server: Running) -> list[Entry]:
    return list(entries(published, server.url + "/"))


def kind(path: str) -> str:
    """What is alike: folder and suffix."""
    parts = path.removeprefix("zh/").split("/")
    return (
        f"{path.startswith('zh/')} {'/'.join(parts[:3] if parts[0] == 'doc' else parts[:1])} {path.rpartition('.')[2]}"
    )


def test_served_and_written_bytes_are_equal(everything: list[Entry], server: Running) -> None:
    first: dict[str, Entry] = {}
    for entry in everything:
        first.setdefault(kind(entry[0]), entry)
    chosen = {path: make for path, make in [*first.values(), *everything[::SHARE]] if path not in UNSERVED}
    assert len(first) > 90
    assert len(chosen) > 380
    for path, make in chosen.items():
        answer = server.get(f"/{quote(path)}")
        expected = 404 if path.endswith("404.html") else 200
        assert (path, answer.status in (200, expected)) == (path, True)
        assert (path, answer.body == make()) == (path, True)


UNSERVED = {
    ".nojekyll",
    "w3id/.htaccess",
    ".well-known/void",
    "changes/feed.json",
    "changes/added.nt",
    "changes/removed.nt",
}
"""Files that only a host of files needs; a server answers `/.well-known/void` with the way to the description."""


def test_no_path_comes_twice_and_none_is_another_s_folder(everything: list[Entry]) -> None:
    names = [path for path, _ in everything]
    assert len(names) == len(set(names)) > 100_000
    assert not set(names) & {path.rpartition("/")[0] for path in names}


def test_data_files_parse(everything: list[Entry]) -> None:
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
    data = [entry for entry in everything if entry[0].startswith("doc/") and entry[0].rpartition(".")[2] in formats][
        ::97
    ]
    assert len(data) > 400
    for path, make in data:
        assert list(ox.parse(make(), format=formats[path.rpartition(".")[2]]))
    texts = [
        make() for path, make in everything if path.endswith(".json") and not path.startswith(("linkset/", "release/"))
    ]
    assert len(texts) > 40
    assert all(json.loads(text) for text in texts)


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "a\x00b", "C:x", "a" * 300, "", "a\nb", "\ud800"],
)
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be a file"):
        paths.write(tmp_path, path, b"x")
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_are_left_out_and_named(published: Published, release: Path) -> None:
    hostile = [f"{BASE}id/actor/../../../etc/x", f"{BASE}id/./actor", f"{BASE}id/actor/{'a' * 400}", f"{BASE}id//actor"]
    label = ox.NamedNode(OUTSIDE["rdfs"] + "label")
    said = [ox.Triple(ox.NamedNode(iri), label, ox.Literal("x")) for iri in [*hostile, f"{BASE}id/actor/good"]]
    graph = Published(EmbeddedStore.in_memory(said), published.manifest, release)
    assert sorted(left_out(graph)) == sorted(iri.removeprefix(BASE) for iri in hostile)
    written = {path for path, _ in entries(graph, BASE)}
    assert "doc/id/actor/good.html" in written
    assert all(paths.is_safe(path) for path in written)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, Path]:
    """A home with two releases of few rows, and where a site may go."""
    root = tmp_path / "home"
    build_small(monkeypatch, root, figures(tmp_path / "one", FIGURE, RIVAL))
    build_small(monkeypatch, root, figures(tmp_path / "two", FIGURE))
    monkeypatch.setenv(location.HOME, str(root))
    KnowledgeGraph.open(root)
    return root, tmp_path / "site"


def test_a_site_is_written_whole_and_replaced(small: tuple[Path, Path]) -> None:
    _, site = small
    counts: list[int] = []
    written = write_site(Place.current(), site, "https://example.org/x/", 2, counts.append)
    files = [file for file in site.rglob("*") if file.is_file()]
    assert len(files) == written.files + 1 == max(counts) + 1
    assert (site / MARK).read_text().split()[1] == Place.current().manifest.digest
    assert "https://example.org/x/doc/" in (site / "sitemap.xml").read_text()
    release = next((site / "release").iterdir())
    for line in (release / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest
    (site / "stray.html").write_text("x")
    write_site(Place.current(), site, "https://example.org/x/", 1, counts.append)
    assert not (site / "stray.html").exists()
    assert [each.name for each in site.parent.iterdir() if "writing" in each.name] == []


def test_the_feed_names_what_changed(small: tuple[Path, Path]) -> None:
    root, _ = small
    place = Place.current()
    found = changes(place.open())
    feed = json.loads(found[FEED])
    assert {"type": "Delete", "object": f"{BASE}id/claim/figure-b"} in feed["orderedItems"]
    assert f"<{BASE}id/claim/figure-b>".encode() in found[REMOVED]
    before = location.release_folder(root, (root / "history").read_text().split()[0])
    assert gzip.decompress((before / "asserted.nt.gz").read_bytes()).count(b"figure-b") > 1


def test_other_folders_are_left_alone(small: tuple[Path, Path]) -> None:
    _, site = small
    site.mkdir()
    (site / "letter.txt").write_text("mine")
    with pytest.raises(IcvkgError, match="something else"):
        write_site(Place.current(), site, BASE, 1, print)
    assert (site / "letter.txt").read_text() == "mine"


def test_an_interrupted_writer_leaves_nothing(small: tuple[Path, Path]) -> None:
    root, site = small
    command = [sys.executable, "-m", "icvkg.cli", "publish", str(site), "--processes", "2"]
    with subprocess.Popen(
        command, env=environment() | {location.HOME: str(root)}, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        for _ in range(600):
            if list(site.parent.glob(".site-writing-*/site/*")):
                break
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert not site.exists()
    assert list(site.parent.glob(".site*")) == []


def test_w3id_rules_name_every_form() -> None:
    text = w3id.rules("https://example.org/x/").decode()
    for suffix in ("html", "ttl", "jsonld", "rdf", "nt"):
        assert f"https://example.org/x/doc/$1.{suffix} [R=303,NE,L]" in text
