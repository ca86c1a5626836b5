"""A Parquet file with real types; its schema carries what it says of itself under the key `icvkg`."""

import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from icvkg.queries.exports.export import Export
from icvkg.queries.exports.typed import Value, kinds, values

if TYPE_CHECKING:
    import pyarrow as pa

KEY = b"icvkg"


def as_parquet(export: Export) -> bytes:
    """The rows: int64, decimal128, float64, bool, date32, timestamp (UTC) or string, by column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = values(export.answer)
    columns = [[row[place] for row in rows] for place in range(len(export.answer.columns))]
    typed = zip(columns, kinds(export.answer), strict=True)
    arrays = [pa.array(column, type=_type(kind, column)) for column, kind in typed]
    table = pa.Table.from_arrays(arrays, names=list(export.answer.columns))
    said = json.dumps(export.about, ensure_ascii=False).encode()
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({KEY: said}), out)
    return out.getvalue()


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
    """The narrowest decimal that holds every number exactly; text-like precision ends at 38 digits."""
    import pyarrow as pa

    parts = [value.as_tuple() for value in column if isinstance(value, Decimal)]
    scale = max(-int(each.exponent) for each in parts)
    whole = max(len(each.digits) + int(each.exponent) for each in parts)
    return pa.decimal128(min(38, max(1, whole + scale, scale)), scale)
