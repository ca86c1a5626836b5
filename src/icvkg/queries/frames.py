"""Answers as data frames: pyarrow holds the values, pandas and polars take them over."""

from decimal import Decimal
from typing import TYPE_CHECKING

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.exports.typed import Value, kinds, values

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_NEEDED = "A data frame needs {0}: pip install 'icvkg[frames]'."


def as_arrow(answer: Answer) -> "pa.Table":
    """The rows with one Arrow type for each column."""
    import pyarrow as pa

    rows = values(answer)
    columns = [[row[place] for row in rows] for place in range(len(answer.columns))]
    typed = zip(columns, kinds(answer), strict=True)
    arrays = [pa.array(column, type=_type(kind, column)) for column, kind in typed]
    return pa.Table.from_arrays(arrays, names=list(answer.columns))


def as_pandas(answer: Answer) -> "pd.DataFrame":
    """The rows in columns of pandas' Arrow types, so that an unbound value spoils neither numbers nor days."""
    try:
        import pandas as pd
    except ImportError:
        raise IcvkgError(_NEEDED.format("pandas")) from None
    return as_arrow(answer).to_pandas(types_mapper=pd.ArrowDtype)


def as_polars(answer: Answer) -> "pl.DataFrame":
    """The rows in columns of polars' types."""
    try:
        import polars as pl
    except ImportError:
        raise IcvkgError(_NEEDED.format("polars")) from None
    frame = pl.from_arrow(as_arrow(answer))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _type(kind: str, column: list[Value]) -> "pa.DataType":
    import pyarrow as pa

    if kind == "decimal":
        return _decimal(column)
    return {
        "integer": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "dateTime": pa.timestamp("us", tz="UTC"),
    }.get(kind, pa.string())


def _decimal(column: list[Value]) -> "pa.DataType":
    """The narrowest decimal that holds every number exactly; a number of SPARQL has at most 38 digits here."""
    import pyarrow as pa

    parts = [Decimal(value).as_tuple() for value in column if isinstance(value, Decimal | int)]
    scale = max(-int(each.exponent) for each in parts)
    whole = max(len(each.digits) + int(each.exponent) for each in parts)
    return pa.decimal128(min(38, max(1, whole + scale, scale)), scale)
