"""The rules for w3id.org, asked of a real Apache on loopback."""

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from icvkg.publish import w3id

APACHE = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
MODULES = Path("/usr/lib/apache2/modules")
SITE = "https://example.org/x"
pytestmark = pytest.mark.skipif(APACHE is None or not MODULES.is_dir(), reason="there is no Debian apache2")

CASES = [
    ("id/actor/huawei", "text/turtle", "", 303, "/doc/id/actor/huawei.ttl"),
    ("id/actor/huawei", "application/ld+json, text/turtle;q=0.5", "", 303, "/doc/id/actor/huawei.jsonld"),
    ("id/actor/huawei", "text/html,application/xhtml+xml,*/*;q=0.8", "en", 303, "/doc/id/actor/huawei.html"),
    ("id/actor/huawei", "text/html,*/*;q=0.8", "zh-CN,zh;q=0.9", 303, "/zh/doc/id/actor/huawei.html"),
    ("id/actor/huawei", "*/*", "", 303, "/doc/id/actor/huawei.html"),
    ("id/actor/huawei/", "application/n-triples", "", 303, "/doc/id/actor/huawei.nt"),
    ("id/actor/huawei.rdf", "text/html", "", 303, "/doc/id/actor/huawei.rdf"),
    ("def/supplier", "application/rdf+xml", "", 303, "/doc/def/supplier.rdf"),
    ("ontology/core/0.1.0", "text/turtle", "", 303, "/doc/ontology/core/0.1.0.ttl"),
    ("release/2026.11.0/icvkg.ttl", "*/*", "", 302, "/release/2026.11.0/icvkg.ttl"),
    ("release/2026.11.0/asserted.nt.gz", "*/*", "", 302, "/release/2026.11.0/asserted.nt.gz"),
    ("release/2026.11.0", "text/turtle", "", 303, "/doc/release/2026.11.0.ttl"),
    ("context.jsonld", "*/*", "", 302, "/context.jsonld"),
    (".well-known/void", "*/*", "", 302, "/.well-known/void"),
    ("linkset/id/actor/huawei.json", "*/*", "", 302, "/linkset/id/actor/huawei.json"),
    ("", "text/html", "", 303, "/index.html"),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    place = tmp_path_factory.mktemp("apache")
    rules = place / "www" / "icvkg" / ".htaccess"
    rules.parent.mkdir(parents=True)
    rules.write_bytes(w3id.rules(SITE))
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    loaded = "\n".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in ("mpm_event", "authz_core", "rewrite")
    )
    (place / "conf").write_text(
        f"ServerRoot {place}\nServerName localhost\nListen 127.0.0.1:{number}\nPidFile {place}/pid\n"
        f"ErrorLog {place}/log\n"
        f"DefaultRuntimeDir {place}\nMutex sem\n{loaded}\nDocumentRoot {place}/www\n"
        f"<Directory {place}/www>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    place.chmod(0o755)
    with subprocess.Popen([str(APACHE), "-f", str(place / "conf"), "-DFOREGROUND"]) as process:
        try:
            for _ in range(100):
                with socket.socket() as asking:
                    if asking.connect_ex(("127.0.0.1", number)) == 0:
                        break
                time.sleep(0.05)
            yield number
        finally:
            process.terminate()


@pytest.mark.parametrize(("path", "accept", "language", "status", "target"), CASES)
def test_a_name_leads_to_its_document(
    port: int, path: str, accept: str, language: str, status: int, target: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", f"/icvkg/{path}", headers={"Accept": accept, "Accept-Language": language})
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (status, SITE + target)
