"""Texts for pyarrow: made of their parts, since `pa.array` and `pa.scalar` load pandas first where it is installed."""

from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

import pyarrow as pa


def strings(values: Iterable[str]) -> pa.Array:
    """The values as a column."""
    encoded = [value.encode() for value in values]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def numbers(values: Iterable[int]) -> pa.Array:
    """The values as a column of 32 bits each."""
    held = array("i", values)
    return pa.Array.from_buffers(pa.int32(), len(held), [None, pa.py_buffer(held)])


@lru_cache(maxsize=1000)
def constant(value: str) -> pa.Scalar:
    """A value to compare a column with, or to join to it."""
    return strings([value])[0]
