"""The Chinese words that the headers of several queries share (`queries/chinese.yaml`)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from icvkg import artefacts

FILE = "chinese.yaml"
KINDS = ("themes", "theories", "headings", "meanings")


def shared(kind: str) -> Mapping[str, str]:
    """The Chinese words of that kind (one of KINDS) by what they stand for."""
    found: dict[str, str] = _read()[kind]
    return found


def words_in(column: str) -> Mapping[str, str]:
    """The words that queries write into a column themselves, in Chinese by the English ones; none for most columns."""
    found: dict[str, str] = _read()["cells"].get(column, {})
    return found


@cache
def _read() -> Mapping[str, Any]:
    text = (artefacts.folder("queries") / FILE).read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def base(column: str) -> str:
    """A column's name without the endings that say which of its forms it holds: what headings go by.

    >>> base("operatorNameZh"), base("name")
    ('operator', 'name')
    """
    return column.removesuffix("Zh").removesuffix("Name") or column


def theories(text: str) -> str:
    """The theories of a header, which a semicolon parts, in Chinese; what is not known stays as it is.

    >>> theories("multi-level perspective; strategic niche management")
    '多层次视角;战略性利基管理'
    """
    return ";".join(shared("theories").get(each, each) for each in text.split("; "))
