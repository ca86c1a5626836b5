"""Bad knowledge in good form: each is refused or warned of with its row, the rule and what to do."""

from pathlib import Path

from icvkg.errors import Fault
from icvkg.release.build import Clock, build_graph
from icvkg.validation.report import Result
from icvkg.validation.run import validate
from icvkg.validation.shapes_graph import read_shapes
from tests.graph.tables import FIRM, csv_text, write_tables
from tests.graph.test_faults import faults_of

SOURCED = {"status": "sourced", "source": "a-source"}
ASSESSED = {"rationale_en": "Because.", "analyst": "icvkg curators", "assessed_on": "2026-11-24", **SOURCED}
POLICY = {"label_zh": "文件", "level": "national", "kind": "plan", "jurisdiction": "china", "issuers": "", **SOURCED}
SUPPLY = {
    "id": "supply-a", "supplier": "a-firm", "customer": "b-firm", "component_kind": "lidar", "subject_en": "Lidar",
    **SOURCED,
}  # fmt: skip
GOVERNANCE = {
    "id": "governance-a", "relation": "supply-a", "transaction_complexity": "high", "codifiability": "high",
    "supplier_capability": "high", "governance_type": "modular", **ASSESSED,
}  # fmt: skip
MODEL = {"id": "bm-a", "operator": "a-firm", "scenario": "port", **SOURCED}
BLOCK = {"id": "block-a", "business_model": "bm-a", "block": "channels", "content_en": "Tenders.", **SOURCED}
FIRMS = [FIRM, FIRM | {"id": "b-firm", "label_en": "B Firm"}]


def tables(folder: Path, **rows: list[dict[str, str]]) -> Path:
    """The small tables with further ones beside them."""
    write_tables(folder, firms=csv_text("firms", FIRMS))
    for name, each in rows.items():
        table = name.replace("_", "-")
        (folder / f"{table}.csv").write_text(csv_text(table, each), encoding="utf-8")
    return folder


def fault_of(folder: Path) -> Fault:
    (fault,) = faults_of(folder)
    return fault


def results(folder: Path, shape: str) -> list[Result]:
    graph = build_graph([folder], Clock(lambda step: None), include_recalled=False)
    found = validate(graph.store, read_shapes()).results
    return [result for result in found if result.shape.endswith(f"/{shape}")]


def test_a_code_outside_its_list_is_refused_with_the_nearest(tmp_path: Path) -> None:
    bad = GOVERNANCE | {"governance_type": "modulr"}
    fault = fault_of(tables(tmp_path, supply_relations=[SUPPLY], governance_assessments=[bad]))
    assert (fault.file, fault.line, fault.column) == ("governance-assessments.csv", 2, "governance_type")
    assert (fault.expected, fault.nearest) == ("no such governance-type", "modular")


def test_an_assessment_without_evidence_is_refused(tmp_path: Path) -> None:
    fault = fault_of(tables(tmp_path, supply_relations=[SUPPLY], governance_assessments=[GOVERNANCE | {"source": ""}]))
    assert (fault.line, fault.column) == (2, "source")
    assert "names its source" in fault.expected


def test_a_canvas_block_that_names_an_unknown_actor_is_refused_with_the_nearest(tmp_path: Path) -> None:
    fault = fault_of(tables(tmp_path, business_models=[MODEL], canvas_blocks=[BLOCK | {"actors": "b-firm;a-firn"}]))
    assert (fault.file, fault.line, fault.column) == ("canvas-blocks.csv", 2, "actors")
    assert (fault.expected, fault.nearest) == ("no such actor", "a-firm")


def test_a_policy_that_implements_itself_violates(tmp_path: Path) -> None:
    policies = [POLICY | {"id": "plan-a", "label_en": "Plan A"}]
    link = {"id": "link-a", "class": "PolicyLink", "policy": "plan-a", "relation": "implements", "target": "plan-a"}
    (result,) = results(tables(tmp_path, policies=policies, policy_links=[link | SOURCED]), "Lineage-itself")
    assert result.focus == "<https://w3id.org/icvkg/id/claim/link-a>"
    assert "linked to itself" in result.message("en")
    assert "remove the row" in result.message("en")


def test_a_lineage_with_a_cycle_violates_at_every_link_of_it(tmp_path: Path) -> None:
    policies = [POLICY | {"id": f"plan-{name}", "label_en": f"Plan {name}"} for name in "abc"]
    links = [
        {"id": f"link-{one}", "class": "PolicyLink", "policy": f"plan-{one}", "relation": "implements", **SOURCED}
        | {"target": f"plan-{other}"}
        for one, other in ("ab", "bc", "ca")
    ]
    found = results(tables(tmp_path, policies=policies, policy_links=links), "Lineage-cycle")
    assert [result.focus.rsplit("/", 1)[1] for result in found] == ["link-a>", "link-b>", "link-c>"]
    assert "swapped" in found[0].message("en")


def stake(name: str, investor: str, share: str) -> dict[str, str]:
    return {"id": f"stake-{name}", "investor": investor, "investee": "c-firm", "share_percent": share, **SOURCED} | {
        "control_basis": "minority-no-control"
    }


def test_a_stake_above_a_hundred_percent_is_refused(tmp_path: Path) -> None:
    fault = fault_of(tables(tmp_path, equity_stakes=[stake("a", "a-firm", "120") | {"investee": "b-firm"}]))
    assert (fault.column, fault.value) == ("share_percent", "120")
    assert fault.nearest == "100"


def test_stakes_of_one_firm_that_pass_a_hundred_percent_together_are_warned_of(tmp_path: Path) -> None:
    folder = tables(tmp_path, equity_stakes=[stake("a", "a-firm", "60"), stake("b", "b-firm", "45")])
    firms = [*FIRMS, FIRM | {"id": "c-firm", "label_en": "C Firm"}]
    (folder / "firms.csv").write_text(csv_text("firms", firms), encoding="utf-8")
    (result,) = results(folder, "Stakes-sum")
    assert result.focus == "<https://w3id.org/icvkg/id/actor/c-firm>"
    assert result.severity.endswith("Warning")
    assert "valid_through" in result.message("en")
