"""Long answers in pages: what was cut is said, and a cursor continues exactly, or says that it cannot."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from icvkg.assistants.limited import Limits
from icvkg.errors import IcvkgError

Page = dict[str, Any]


def page(items: Sequence[Any], asked: object, cursor: str | None, limits: Limits) -> Page:
    """The next items: as many as the limits allow, at least one; `asked` is what the cursor belongs to.

    A cursor holds the place, and hashes of what was asked and of the items given before it. Raises IcvkgError for a
    cursor that is none, belongs to something else, or whose items before it are not the same any more.
    """
    start = _start(items, asked, cursor)
    end = start
    size = 0
    while end < len(items) and end - start < limits.rows:
        size += len(json.dumps(items[end], ensure_ascii=False))
        if size > limits.page and end > start:
            break
        end += 1
    found: Page = {"items": list(items[start:end]), "from": start, "total": len(items), "truncated": end < len(items)}
    if end < len(items):
        found["nextCursor"] = _cursor(items[:end], asked)
        found["note"] = f"Items {start + 1} to {end} of {len(items)}: call again with cursor=nextCursor for the rest."
    return found


def _cursor(before: Sequence[Any], asked: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([len(before), _hash(asked), _hash(before)]).encode()).decode()


def _start(items: Sequence[Any], asked: object, cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        start, owner, seen = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError, binascii.Error):
        raise IcvkgError("This cursor is none of this server: leave it out to begin anew.") from None
    if owner != _hash(asked):
        raise IcvkgError("This cursor belongs to another call or another release: leave it out to begin anew.")
    if not isinstance(start, int) or seen != _hash(items[:start]):
        raise IcvkgError("The answer came in another order than before: add ORDER BY over all variables, begin anew.")
    return start


def _hash(what: object) -> str:
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]
