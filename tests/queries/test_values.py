"""The values that a parameter can take, and what a wrong one is answered with."""

import pytest

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.knowledge import KnowledgeGraph
from icvkg.queries.catalogue import catalogue, find_query
from icvkg.queries.values import find_parameter, values

QUERY = find_query("suppliers-of-component")
LISTED = [(query.name, each) for query in catalogue() for each in query.parameters if each.is_listed]


def test_parameters_with_a_list_were_found() -> None:
    assert len(LISTED) == 54


@pytest.mark.parametrize(("name", "parameter"), LISTED, ids=lambda each: getattr(each, "name", each))
def test_its_default_is_among_its_values(name: str, parameter: object, graph: KnowledgeGraph) -> None:
    one = find_parameter(find_query(name), parameter.name)  # type: ignore[attr-defined]
    known = [value.written for value in values(graph.store, one)]
    assert len(known) == len(set(known)) > 1
    assert not one.default or one.default in known


def test_a_value_has_names_in_both_languages(graph: KnowledgeGraph) -> None:
    known = {each.written: each for each in values(graph.store, find_parameter(QUERY, "kind"))}
    assert (known["lidar"].label, known["lidar"].label_zh) == ("Lidar", "激光雷达")


def test_a_day_has_no_list(graph: KnowledgeGraph) -> None:
    with pytest.raises(IcvkgError, match="takes a day such as"):
        values(graph.store, find_parameter(QUERY, "asOf"))


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="supplier"):
        find_parameter(QUERY, "suplier")


@pytest.mark.parametrize("value", ["禾赛科技", "Hesai", "hesai", "act:hesai"])
def test_a_thing_is_also_named_by_its_name(value: str, graph: KnowledgeGraph) -> None:
    answer = graph.query(QUERY.name, supplier=value)
    assert answer.rows == graph.query(QUERY.name, supplier="https://w3id.org/icvkg/id/actor/hesai").rows
    assert len(answer) > 1


@pytest.mark.parametrize(
    ("query", "given", "said"),
    [
        ("suppliers-of-component", {"kind": "ldar"}, "lidar"),
        ("suppliers-of-component", {"supplier": "Hesai Tech"}, "hesai"),
        ("suppliers-of-component", {"supplier": "plc:wuhan"}, "There is no actor named 'plc:wuhan'"),
        ("driverless-paid-services", {"place": "Wuhann"}, "wuhan"),
        ("platforms-and-their-members", {"name": "Amapp"}, "Amap"),
        ("suppliers-of-component", {"asOf": "2024-02-30"}, "a day such as"),
        ("supply-concentration", {"minTies": "three"}, "a number"),
        ("figures-that-disagree", {"threshold": "1e400"}, "a number"),
    ],
)
def test_a_wrong_value_names_the_nearest(query: str, given: dict[str, str], said: str, graph: KnowledgeGraph) -> None:
    with pytest.raises(IcvkgError, match=said):
        graph.query(query, **given)
