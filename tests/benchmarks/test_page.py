"""The page of the benchmarks says what was measured, and judges it rightly."""

import re
from pathlib import Path

import pytest

from figures import Figure, growth, precise, table
from page import ABOUT, PAGE, figures_of, growing, page, plot_name, read_results
from targets import TARGETS, Target

FOLDER = PAGE.with_suffix("")


def test_the_page_is_that_of_the_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_results(FOLDER))


def test_every_part_has_a_script_and_every_target_a_part() -> None:
    scripts = {file.stem for file in (Path(__file__).parents[2] / "benchmarks").glob("*.py")}
    assert ABOUT.keys() <= scripts
    assert {target.part for target in TARGETS} <= ABOUT.keys()


def test_every_plot_is_there_and_none_besides() -> None:
    drawn = {plot_name(work) for part in figures_of(read_results(FOLDER)).values() for work in growing(part)}
    assert drawn == {file.name for file in FOLDER.glob("*.svg")}
    assert set(re.findall(r"\]\(performance/([^)]+)\)", PAGE.read_text(encoding="utf-8"))) == drawn


FIGURES = {
    "loading": [
        Figure("load", 1_000, "ours", 2.0, 10),
        Figure("load", 1_000, "theirs", 15.0, 80),
        Figure("load", 10_000, "ours", 40.0, 11),
    ]
}


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target("", "loading", "load", ("theirs", 1_000), ("ours", 1_000), 7), "7.50: met"),
        (Target("", "loading", "load", ("theirs", 1_000), ("ours", 1_000), 8), "7.50: **missed** by 6%"),
        (Target("", "loading", "load", ("ours", 10_000), ("ours", 1_000), 1.2, False, True), "1.10: met"),
        (Target("", "loading", "load", ("ours", 10_000), ("ours", 1_000), 10, False), "20.0: **missed** by 100%"),
        (Target("", "loading", "load", ("theirs", 10_000), ("ours", 1_000), 10), "not measured"),
    ],
)
def test_a_target_is_met_or_missed(target: Target, said: str) -> None:
    assert target.verdict(FIGURES) == said


def test_growth_is_the_exponent() -> None:
    small, _, large = FIGURES["loading"]
    assert growth(small, FIGURES["loading"]) == ""
    assert growth(large, FIGURES["loading"]) == "1.30"


def test_the_table_compares_with_the_first_of_a_work_and_size() -> None:
    rows = list(table(FIGURES["loading"]))
    assert len(rows) == 5
    assert rows[3] == "| load | 1,000 | theirs | 15.0 | 7.50 | 80 |  |  |"


def test_numbers_have_three_digits() -> None:
    assert [precise(number) for number in (0, 0.01234, 1.5, 12.34, 1234.5)] == ["0", "0.0123", "1.50", "12.3", "1,234"]
