"""Small tables for tests, written as people write them."""

import csv
import io
from pathlib import Path

from icvkg.graph.tables import schema

SOURCE = {
    "id": "a-source", "title": "A page", "publisher": "A press", "url": "https://example.org/a", "published": "2024-07",
    "language": "en", "kind": "trade-press", "access": "own-page", "origin_group": "a-press",
}  # fmt: skip
PLACE = {"id": "china", "label_en": "China", "label_zh": "中国", "class": "AdministrativeArea", "kind": "country",
         "status": "sourced", "source": "a-source"}  # fmt: skip
FIRM = {"id": "a-firm", "label_en": "A Firm", "class": "Firm", "kind": "carmaker", "country": "china",
        "founded": "2015", "stock_tickers": "HK:1;SZ:2", "status": "sourced", "source": "a-source"}  # fmt: skip
FIGURE = {
    "id": "figure-a", "indicator": "nev-share", "area": "china", "period_end": "2023-12", "value": "39.9",
    "unit": "percent", "status": "sourced", "source": "a-source", "about_actor": "a-firm",
}  # fmt: skip
TABLES = {"sources": [SOURCE], "places": [PLACE], "firms": [FIRM], "figures": [FIGURE]}


def csv_text(name: str, rows: list[dict[str, str]]) -> str:
    """The rows as the CSV text of the table of that name."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in schema()[name].real], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write_tables(folder: Path, **changes: str) -> Path:
    """Writes the small tables into a folder; a keyword gives another text for a table."""
    for name, rows in TABLES.items():
        text = changes.get(name, csv_text(name, rows))
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
    return folder
