"""Counters of all processes, as Prometheus reads them."""

import time
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from icvkg.release.location import store_folder
from tests.publish.serving import Running, running


def samples(server: Running) -> dict[tuple[str, str], float]:
    """Every sample by name and class."""
    answer = server.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.body.decode()))
    assert all(family.documentation for family in families)
    return {(each.name, each.labels.get("class", "")): each.value for family in families for each in family.samples}


def test_what_all_processes_did_is_counted(release: Path, home: Path) -> None:
    options = {"store": store_folder(home, release.name), "folder": release}
    with running(**options, fronts=2, seconds=1.0) as server:
        before = samples(server)
        for number in range(7):
            assert server.query(f"ASK {{}} # {number}").status == 200
        assert server.query("ASK { ?s ?p ?o } # 0").status == server.query("ASK { ?s ?p ?o } # 0").status == 200
        assert server.get("/nothing/here").status == 404
        assert server.get("/id/actor/huawei").status == 303
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
        assert server.query(slow).status == 504
        time.sleep(0.05)
        after = samples(server)
    grown = {name: after[name] - before[name] for name in after}
    responses = {key: grown["icvkg_responses_total", key] for key in ("2xx", "3xx", "4xx", "5xx")}
    assert responses == {"2xx": 10, "3xx": 1, "4xx": 1, "5xx": 1}
    assert grown["icvkg_late_queries_total", ""] == 1
    assert grown["icvkg_connections_total", ""] == 13
    assert after["icvkg_release_info", ""] == 1
