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
    with pytest.raises(
        IcvkgError, match=r"'sumary' \(nearest: summary\); missing keys: columns, description, summary\."
    ):
        parse_query("x", "policy", "#+ sumary: Who?\n#+ summary_zh: 谁?\nASK {}")


def test_a_parameter_without_its_meaning_is_refused() -> None:
    header = "#+ summary: Who?\n#+ summary_zh: 谁?\n#+ description: Who.\n#+ columns: {}\n#+ parameters: [{name: kind}]"
    with pytest.raises(IcvkgError, match=r"x\.rq: parameter kind: missing keys: description, type"):
        parse_query("x", "policy", f"{header}\nASK {{}}")


def test_every_query_is_asked_in_three_other_ways_in_each_language() -> None:
    queries = catalogue()
    assert len(queries) >= 45
    for query in queries:
        chinese = sum(has_han(phrase) for phrase in query.asked)
        assert min(chinese, len(query.asked) - chinese) >= 3, query.name
        assert len(set(query.asked)) == len(query.asked), query.name
