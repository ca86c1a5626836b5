"""Parameters become terms, whatever they hold."""

import pytest

from icvkg.errors import IcvkgError, UnknownNameError
from icvkg.queries.catalogue import Parameter, parse_query
from icvkg.queries.parameters import bound_text, term

TEXT = """#+ summary: Who?
#+ summary_zh: 谁?
#+ description: A test.
#+ columns: {x: a thing}
#+ parameters:
#+   - {name: x, type: actor, description: A firm.}
#+   - {name: asOf, type: date, default: 2020-01-01, description: A day.}
SELECT ?x WHERE { VALUES ?x { UNDEF } VALUES ?asOf { 1 } }
"""
QUERY = parse_query("who", "supply", TEXT)


def bound(**given: str) -> str:
    return bound_text(QUERY, given, "2026-11-24").splitlines()[-1]


def test_an_unset_parameter_restricts_nothing() -> None:
    assert "VALUES ?x { UNDEF }" in bound()


def test_as_of_is_the_day_of_the_release() -> None:
    assert '"2026-11-24T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>' in bound()


@pytest.mark.parametrize("value", ["huawei", "act:huawei", "https://w3id.org/icvkg/id/actor/huawei"])
def test_a_thing_is_named_in_three_ways(value: str) -> None:
    assert "VALUES ?x { <https://w3id.org/icvkg/id/actor/huawei> }" in bound(x=value)


HOSTILE = ['" } UNION { ?s ?p ?o', "huawei> } #", "a\nb", "\\", "<x>", "hua wei", "act:hua/wei", "plc:china", "\ud800"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["actor", "code:stage", "date", "integer", "decimal"])
def test_a_hostile_value_is_refused(kind: str, value: str) -> None:
    with pytest.raises(IcvkgError, match="expected"):
        term(Parameter("p", kind, "", ""), value)


@pytest.mark.parametrize("value", HOSTILE[:-1])
def test_hostile_text_stays_one_term(value: str) -> None:
    written = term(Parameter("p", "text", "", ""), value)
    assert written.startswith('"')
    assert written.endswith('"')
    assert "\n" not in written


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="asOf"):
        bound(asof="2020-01-01")


@pytest.mark.parametrize("value", ["2024-13-01", "2024-02", "20240101"])
def test_a_day_is_a_whole_day(value: str) -> None:
    with pytest.raises(IcvkgError, match="a day such as"):
        bound(asOf=value)
