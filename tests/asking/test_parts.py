"""What a question names: periods, numbers, things; and where a query takes them."""

import pytest

from icvkg.asking.choosing import parts
from icvkg.asking.filling import fill
from icvkg.asking.moments import Period, period
from icvkg.asking.quantities import quantities
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import find_query
from icvkg.queries.folding import fold

PERIODS = [
    ("2023年6月", "2023-06-01", "2023-06-30"),
    ("June 2023", "2023-06-01", "2023-06-30"),
    ("2024年2月29日", "2024-02-29", "2024-02-29"),
    ("on 3 July 2024", "2024-07-03", "2024-07-03"),
    ("July 3rd, 2024", "2024-07-03", "2024-07-03"),
    ("2024-07-03", "2024-07-03", "2024-07-03"),
    ("in 2022", "2022-01-01", "2022-12-31"),
    ("since 2021", "2021-01-01", None),
    ("2021年以来", "2021-01-01", None),
    ("自2021年6月起", "2021-06-01", None),
    ("before 2020", None, "2020-12-31"),
    ("截至2023年底", None, "2023-12-31"),
    ("between 2021 and 2023", "2021-01-01", "2023-12-31"),
    ("2021年到2023年6月", "2021-01-01", "2023-06-30"),
    ("企业2022年", "2022-01-01", "2022-12-31"),
    ("31 June 2023", "2023-06-01", "2023-06-30"),
    ("2023年13月", "2023-01-01", "2023-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS, ids=[text for text, *_ in PERIODS])
def test_periods(text: str, first: str | None, last: str | None) -> None:
    assert period(fold(text))[0] == Period(first, last)
    assert len(PERIODS) == 17


NO_DATES = ["", "GB/T 40429-2021", "n2023x", "20235"]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert period(fold(text)) == (None, [])
    assert len(NO_DATES) == 4


NUMBERS = [
    ("L3", "level", "3"),
    ("L4级车型", "level", "4"),
    ("三级", "level", "3"),
    ("level three", "level", "3"),
    ("Level-4", "level", "4"),
    ("more than 10%", "percent", "10"),
    ("百分之十五", "percent", "15"),
    ("二十 percent", "percent", "20"),
    ("ten percent", "percent", "10"),
    ("at least 5 ties", "least", "5"),
    ("至少两家", "least", "2"),
]


@pytest.mark.parametrize(("text", "kind", "value"), NUMBERS, ids=[text for text, *_ in NUMBERS])
def test_numbers(text: str, kind: str, value: str) -> None:
    ((found, _),) = quantities(fold(text))
    assert (found.kind, found.value) == (kind, value)
    assert len(NUMBERS) == 11


FILLED = [
    ("suppliers-of-component", "谁为小鹏汽车供应激光雷达?", {"kind": "lidar", "customer": "xpeng"}),
    ("suppliers-of-component", "Who supplies lidars to XPeng?", {"kind": "lidar", "customer": "xpeng"}),
    ("suppliers-of-component", "What does Hesai supply?", {"supplier": "hesai"}),
    ("suppliers-of-component", "禾赛给理想供应什么?", {"supplier": "hesai", "customer": "li-auto"}),
    ("driverless-paid-services", "深圳的收费无人驾驶出租车", {"scenario": "robotaxi", "place": "shenzhen"}),
    ("driverless-paid-services", "driverless services in China in June 2023", {"asOf": "2023-06-30"}),
    ("driverless-paid-services", "driverless services since 2023", {}),
    ("driverless-paid-services", "driverless services in 2026", {"asOf": "2026-11-24"}),
    ("roles-on-l3-models", "Who is liable for L4 models?", {"level": "4"}),
    ("figures-that-disagree", "相差超过百分之十的数据", {"threshold": "10"}),
    ("supply-concentration", "kinds with at least 5 ties", {"minTies": "5"}),
    ("issued-by-body", "工信部2021年至2022年发布", {"body": "miit", "from": "2021-01-01", "through": "2022-12-31"}),
    ("ties-and-firms-that-ended", "2022年之前倒闭的企业", {"asOf": "2022-12-31"}),
    ("corroboration-by-class", "What did MIIT say about Shenzhen in 2021?", {}),
]


@pytest.mark.parametrize(("name", "text", "expected"), FILLED, ids=[text for _, text, _ in FILLED])
def test_each_value_goes_where_its_type_fits(
    graph: KnowledgeGraph, name: str, text: str, expected: dict[str, str]
) -> None:
    said, _ = parts(graph.names, text)
    values = fill(find_query(name), said, "2026-11-24").values
    assert {parameter: value for parameter, value in values.items() if value} == expected
    assert len(FILLED) == 14


def test_what_a_query_cannot_take_is_counted(graph: KnowledgeGraph) -> None:
    said, _ = parts(graph.names, "What did MIIT say about Shenzhen?")
    assert fill(find_query("corroboration-by-class"), said, "2026-11-24").left == 2
    assert fill(find_query("issued-by-body"), said, "2026-11-24").left == 1


def test_a_default_that_restricts_gives_way_to_an_open_question(graph: KnowledgeGraph) -> None:
    said, _ = parts(graph.names, "What does Hesai supply?")
    assert fill(find_query("suppliers-of-component"), said, "2026-11-24").values["kind"] == ""


def test_the_name_of_a_thing_is_no_word_of_the_question(graph: KnowledgeGraph) -> None:
    said, rest = parts(graph.names, "谁控制地平线?")
    assert [mention.slug for mention in said.mentions] == ["horizon-robotics"]
    assert "地平线" not in rest
