"""A parameter's block is replaced whole, in every scope, and nowhere else."""

import pytest

from icvkg.errors import IcvkgError
from icvkg.store.binding import bind

TEXT = "SELECT * { VALUES ?a { UNDEF } { SELECT * { VALUES ?a { UNDEF } ?a ?b ?c } } VALUES ?b { 1 } }"


def test_every_scope_is_bound() -> None:
    assert bind(TEXT, {"a": "<urn:x>"}).count("VALUES ?a { <urn:x> }") == 2


def test_other_parameters_stay() -> None:
    assert "VALUES ?b { 1 }" in bind(TEXT, {"a": "<urn:x>"})


def test_a_term_with_backslashes_stays_as_it_is() -> None:
    assert r'{ "a\\1\"" }' in bind(TEXT, {"b": r'"a\\1\""'})


def test_a_parameter_without_a_block_is_an_error() -> None:
    with pytest.raises(IcvkgError, match=r"\?c"):
        bind(TEXT, {"c": "1"})
