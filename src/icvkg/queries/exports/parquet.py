"""A Parquet file with real types; its schema carries what it says of itself under the key `icvkg`."""

import io
import json

from icvkg.queries.exports.export import Export
from icvkg.queries.frames import as_arrow

KEY = b"icvkg"


def as_parquet(export: Export) -> bytes:
    """The rows: int64, decimal128, float64, bool, date32, timestamp (UTC) or string, by column."""
    import pyarrow.parquet as pq

    said = json.dumps(export.about, ensure_ascii=False).encode()
    out = io.BytesIO()
    pq.write_table(as_arrow(export.answer).replace_schema_metadata({KEY: said}), out)
    return out.getvalue()
