"""Rows to triples, checked by hand."""

from pathlib import Path

import pyoxigraph as ox

from icvkg.graph.mapping import map_rows
from icvkg.graph.tables import check_tables, read_tables
from icvkg.namespaces import CODE, DEF, ID, OUTSIDE
from icvkg.ontology.closure import code_spaces, read_ontology
from tests.graph.tables import FIGURE, FIRM, csv_text, write_tables

CODES = code_spaces(read_ontology())


def triples_of(folder: Path, table: str, *, include_recalled: bool = False) -> set[str]:
    checked = check_tables(read_tables([folder]), CODES, include_recalled=include_recalled)
    each = next(each for each in checked if each.table.name == table)
    return {str(triple) for triple in map_rows(each.table, each.rows)}


def line(subject: str, predicate: str, value: str) -> str:
    return f"<{ID}{subject}> <{predicate}> {value}"


def test_a_figure_becomes_these_triples(tmp_path: Path) -> None:
    xsd, code = OUTSIDE["xsd"], CODE
    assert triples_of(write_tables(tmp_path), "figures") == {
        line("claim/figure-a", OUTSIDE["rdf"] + "type", f"<{DEF}Figure>"),
        line("claim/figure-a", DEF + "indicator", f"<{code}indicator/nev-share>"),
        line("claim/figure-a", DEF + "area", f"<{ID}place/china>"),
        line("claim/figure-a", DEF + "aboutActor", f"<{ID}actor/a-firm>"),
        line("claim/figure-a", DEF + "periodEnd", f'"2023-12-31T00:00:00Z"^^<{xsd}dateTime>'),
        line("claim/figure-a", DEF + "periodEndPrecision", f"<{code}precision/month>"),
        line("claim/figure-a", DEF + "numericValue", f'"39.9"^^<{xsd}decimal>'),
        line("claim/figure-a", DEF + "unit", f"<{code}unit/percent>"),
        line("claim/figure-a", DEF + "valueQualifier", f"<{code}value-qualifier/exactly>"),
        line("claim/figure-a", DEF + "valueKind", f"<{code}value-kind/observed>"),
        line("claim/figure-a", DEF + "rank", f"<{code}figure-rank/normal>"),
        line("claim/figure-a", DEF + "claimStatus", f"<{code}claim-status/asserted>"),
        line("claim/figure-a", DEF + "hasEvidence", f"<{ID}evidence/figure-a-1>"),
        line("evidence/figure-a-1", OUTSIDE["rdf"] + "type", f"<{DEF}EvidenceItem>"),
        line("evidence/figure-a-1", DEF + "evidenceFor", f"<{ID}claim/figure-a>"),
        line("evidence/figure-a-1", DEF + "source", f"<{ID}source/a-source>"),
    }


def test_a_list_gives_one_triple_an_item(tmp_path: Path) -> None:
    tickers = {line("actor/a-firm", DEF + "stockTicker", f'"{ticker}"') for ticker in ("HK:1", "SZ:2")}
    assert tickers <= triples_of(write_tables(tmp_path), "firms")


def test_what_the_source_does_not_hold_is_not_said(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, firms=csv_text("firms", [FIRM | {"holds": "country"}]))
    predicates = {text.split()[1] for text in triples_of(folder, "firms")}
    assert f"<{DEF}country>" in predicates
    assert f"<{DEF}firmKind>" in predicates
    assert not predicates & {f"<{DEF}stockTicker>", f"<{DEF}foundedOn>", f"<{DEF}foundedOnPrecision>"}


def test_a_second_source_supports_further_columns(tmp_path: Path) -> None:
    folder = write_tables(tmp_path, firms=csv_text("firms", [FIRM | {"holds": "country"}]))
    second = {"id": "actor-a-firm-2", "kind": "actor", "supports": "a-firm", "source": "a-source", "holds": "founded"}
    (folder / "evidence.csv").write_text(csv_text("evidence", [second]), encoding="utf-8")
    predicates = {text.split()[1] for text in triples_of(folder, "firms")}
    assert f"<{DEF}foundedOn>" in predicates
    assert f"<{DEF}stockTicker>" not in predicates


def test_a_recalled_row_is_said_only_when_asked_for(tmp_path: Path) -> None:
    recalled = FIGURE | {"id": "figure-b", "status": "recalled", "source": ""}
    folder = write_tables(tmp_path, figures=csv_text("figures", [FIGURE, recalled]))
    assert not any("figure-b" in text for text in triples_of(folder, "figures"))
    assert any("figure-b" in text for text in triples_of(folder, "figures", include_recalled=True))


def test_text_that_looks_like_syntax_stays_text(tmp_path: Path) -> None:
    hostile = '" . <http://evil.example/> <x:y> "\\'
    folder = write_tables(tmp_path, firms=csv_text("firms", [FIRM | {"legal_name": hostile}]))
    checked = check_tables(read_tables([folder]), CODES)
    firms = next(each for each in checked if each.table.name == "firms")
    names = [t.object for t in map_rows(firms.table, firms.rows) if t.predicate.value == DEF + "legalName"]
    assert names == [ox.Literal(hostile)]
