"""Tables of any size in our schema's shapes: claims with evidence, chains of policies, places in places, two languages.

    python benchmarks/generator.py 1000000 build/million                 tables and graph.nt
    python benchmarks/generator.py 1000000 build/million --tables-only

The folder gets `tables/*.csv`, each with its CSVW metadata beside it, and `graph.nt`, which the mapping makes of them.
The number is that of triples, met within 3 %; the same number gives the same bytes everywhere, for nothing is random.
There are ten tables: sources, places (each in one of the places before, log8 n deep), firms, policies and their links
(each policy implements or builds on an earlier one, log2 n long), products, supply relations, deployments, figures, and
second evidence. One row in twenty names in `holds` what its source supports. `icvkg build --tables DIR/tables` builds
them beside ours. From Python: `write_tables(folder, triples)` and `write_graph(folder, triples)`.
"""

import argparse
import csv
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

from icvkg import artefacts
from icvkg.graph.streaming import map_folder
from icvkg.graph.tables import METADATA, schema

Cells = dict[str, str]
Counts = dict[str, int]
SHARES = {
    "sources": (0.10, 10.0), "places": (0.05, 11.9), "firms": (0.11, 17.3), "policies": (0.09, 21.7),
    "policy-links": (0.10, 10.0), "products": (0.10, 13.8), "supply-relations": (0.19, 19.15),
    "deployments": (0.13, 18.6), "figures": (0.10, 15.9), "evidence": (0.03, 5.0),
}  # fmt: skip
"""By table: its share of the triples, and how many of them a row makes."""
PARTS = ("lidar", "driving-chip", "domain-controller", "operating-system", "map-and-positioning")
SCENARIOS = ("robotaxi", "freight", "port", "mine", "last-mile")
UNITS = {"nev-share": "percent", "robotaxi-fleet": "vehicles", "open-test-road-length": "km"}


def counts(triples: int) -> Counts:
    """Rows by table for so many triples."""
    return {name: max(2, round(triples * share / each)) for name, (share, each) in SHARES.items()}


def name(prefix: str, number: int) -> str:
    """The id of a row: `synthetic-`, its kind and its number."""
    return f"synthetic-{prefix}-{number:08d}"


def pick(prefix: str, number: int, size: int) -> str:
    """One of `size` ids, scattered by a multiplication."""
    return name(prefix, number * 7919 % size)


def day(number: int) -> str:
    """A date as people write it: a year, a month or a day from 2015 to 2025."""
    year, month, date = 2015 + number * 7 % 11, 1 + number * 5 % 12, 1 + number * 11 % 28
    return (f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-{date:02d}")[number % 3]


def sourced(number: int, size: Counts, holds: str) -> Cells:
    """The columns of evidence; one row in twenty says which columns its source supports."""
    source = pick("source", number, size["sources"])
    return {"source": source, "locator": f"p. {number % 90 + 1}", "holds": "" if number % 20 else holds}


def source(i: int, size: Counts) -> Cells:
    """A page that was read."""
    return {
        "title": f'Page {i}: "vehicles \\ roads"', "publisher": f"Press {i % 97}", "published": day(i),
        "url": f"https://example.org/{i}?a=1&b=%20", "language": ("en", "zh")[i % 2], "kind": "trade-press",
        "access": "own-page", "origin_group": f"press-{i % 97}",
    }  # fmt: skip


def place(i: int, size: Counts) -> Cells:
    """A place in one of the places before it."""
    return {
        "label_en": f"Place {i}", "label_zh": f"地区{i}", "class": "AdministrativeArea", "kind": "city",
        "part_of": name("place", i // 8) if i else "", "latitude": f"{i % 60}.5", "longitude": f"{i % 170}.25",
        **sourced(i, size, "label_en;part_of"),
    }  # fmt: skip


def firm(i: int, size: Counts) -> Cells:
    """A firm with lists of names and tickers."""
    return {
        "label_en": f"Firm {i} Automotive", "label_zh": f"第{i}汽车公司", "alt_labels": f"F{i};F{i} Auto",
        "legal_name": f"Firm {i} Co., Ltd.", "class": "Firm", "kind": ("carmaker", "software-firm")[i % 2],
        "origin_sector": "automotive", "seat": pick("place", i, size["places"]), "founded": day(i),
        "ownership": ("private", "private;listed")[i % 2], **sourced(i, size, "label_en;founded"),
    }  # fmt: skip


def policy(i: int, size: Counts) -> Cells:
    """A policy with its issuers."""
    issuers = [pick("firm", i, size["firms"]), pick("firm", i + 1, size["firms"])]
    return {
        "label_en": f"Measures No. {i}", "label_zh": f"第{i}号办法", "level": ("national", "municipal")[i % 2],
        "kind": "regulation", "issued": day(i), "in_force": day(i + 3), "document_number": f"({2015 + i % 11}) {i}",
        "issuers": ";".join(dict.fromkeys(issuers)), "jurisdiction": pick("place", i, size["places"]),
        "subjects": "road-test;demonstration", "targets": "vehicle;firm", **sourced(i, size, "label_en;issued"),
    }  # fmt: skip


def policy_link(i: int, size: Counts) -> Cells:
    """A policy that carries out, or builds on, an earlier one."""
    later = 1 + i % max(1, size["policies"] - 1)
    return {
        "class": "PolicyLink", "policy": name("policy", later), "target": name("policy", later // (2 + i % 3)),
        "relation": ("implements", "builds-on")[i % 2], **sourced(i, size, "policy;relation;target"),
    }  # fmt: skip


def product(i: int, size: Counts) -> Cells:
    """A component fitted in another product."""
    return {
        "label_en": f"Unit {i}", "label_zh": f"部件{i}", "class": "Component", "kind": PARTS[i % 5],
        "maker": pick("firm", i, size["firms"]), "launched": day(i), "automation_level": "l2-plus",
        "first_fitted_in": name("product", i // 2), **sourced(i, size, "label_en;maker"),
    }  # fmt: skip


def supply(i: int, size: Counts) -> Cells:
    """Who supplied what to whom, when."""
    fitted = [pick("product", i, size["products"]), pick("product", i + 7, size["products"])]
    return {
        "supplier": pick("firm", i, size["firms"]), "customer": pick("firm", i * 3 + 1, size["firms"]),
        "item": pick("product", i, size["products"]), "component_kind": PARTS[i % 5],
        "fitted_in": ";".join(dict.fromkeys(fitted[: 1 + i % 2])), "subject_en": f"{PARTS[i % 5]} of type {i % 1000}",
        "amount": f"{i % 9000 + 1}.5" if i % 4 == 0 else "", "currency": "cny" if i % 4 == 0 else "",
        "valid_from": day(i), "from_means": "attested", "last_attested": day(i + 1),
        "note_zh": f"供应关系{i}" if i % 2 else "", **sourced(i, size, "supplier;customer;valid_from"),
    }  # fmt: skip


def deployment(i: int, size: Counts) -> Cells:
    """Who runs vehicles where, on what terms."""
    return {
        "operator": pick("firm", i, size["firms"]), "business_model": "robotaxi-fare",
        "place": pick("place", i, size["places"]), "scenario": SCENARIOS[i % 5], "vehicles": str(i % 400 + 1),
        "safety_operator": ("on-board", "none")[i % 2], "charges_fares": ("true", "false")[i % 2],
        "valid_from": day(i), "from_means": "began", "last_attested": day(i + 1),
        **sourced(i, size, "operator;place;vehicles"),
    }  # fmt: skip


def figure(i: int, size: Counts) -> Cells:
    """One value from one source."""
    indicator = tuple(UNITS)[i % 3]
    return {
        "indicator": indicator, "area": pick("place", i, size["places"]), "period_end": day(i),
        "value": f"{i % 1000}.{i % 9 + 1}", "unit": UNITS[indicator], **sourced(i, size, "value;period_end;area"),
    }  # fmt: skip


def evidence(i: int, size: Counts) -> Cells:
    """A second source of a figure; every other one of a figure that its first source holds in part."""
    number = (i * 20 if i % 2 else i * 3 + 1) % size["figures"]
    return {
        "kind": "claim", "supports": name("figure", number), "source": pick("source", i + 5, size["sources"]),
        "locator": f"table {i % 40 + 1}", "holds": ("", "unit;value")[i % 2],
    }  # fmt: skip


ROWS: dict[str, tuple[str, Callable[[int, Counts], Cells]]] = {
    "sources": ("source", source), "places": ("place", place), "firms": ("firm", firm), "policies": ("policy", policy),
    "policy-links": ("link", policy_link), "products": ("product", product), "supply-relations": ("supply", supply),
    "deployments": ("deployment", deployment), "figures": ("figure", figure), "evidence": ("evidence", evidence),
}  # fmt: skip


def write_tables(folder: Path, triples: int) -> Path:
    """Writes the tables and their metadata into `folder/tables`, and returns that."""
    tables, size = folder / "tables", counts(triples)
    tables.mkdir(parents=True, exist_ok=True)
    metadata: Traversable = artefacts.folder("graph") / "tables"
    known = schema()
    for table, (prefix, row) in ROWS.items():
        names = [column.name for column in known[table].real]
        with (tables / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({"id": name(prefix, i)} | row(i, size) for i in range(size[table]))
        (tables / f"{table}{METADATA}").write_bytes((metadata / f"{table}{METADATA}").read_bytes())
    return tables


def write_graph(folder: Path, triples: int) -> Path:
    """Writes the tables, and what the mapping makes of them as `folder/graph.nt`, and returns that."""
    tables, out = write_tables(folder, triples), folder / "graph.nt"
    with out.open("wb") as file:
        file.writelines(map_folder(tables))
    return out


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("triples", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tables-only", action="store_true")
    given = parser.parse_args()
    print((write_tables if given.tables_only else write_graph)(given.folder, given.triples))


if __name__ == "__main__":
    main()
