"""Headers are checked; names that are not there are answered with near ones."""

import pytest

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.queries.catalogue import catalogue, find_query, parse_query
from icvkg.queries.folding import has_han


def test_an_unknown_query_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="driverless-paid-services"):
        find_query("driverles-paid-service")


def test_an_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="policy"):
        catalogue("polcy")


def test_a_theme_holds_only_its_queries() -> None:
    assert {query.theme for query in catalogue("policy")} == {"policy"}


def test_a_misspelt_header_key_is_refused() -> None:
    with pytest.raises(IcvkgError, match="sumary"):
        parse_query("x", "policy", "#+ sumary: Who?\nASK {}")


def test_every_query_is_asked_in_three_other_ways_in_each_language() -> None:
    queries = catalogue()
    assert len(queries) >= 45
    for query in queries:
        chinese = sum(has_han(phrase) for phrase in query.asked)
        assert min(chinese, len(query.asked) - chinese) >= 3, query.name
        assert len(set(query.asked)) == len(query.asked), query.name
