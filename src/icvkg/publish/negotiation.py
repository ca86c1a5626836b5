"""Which of the forms on offer a client likes best (RFC 9110, section 12.5)."""

import re
from collections.abc import Sequence
from functools import lru_cache

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)\s*", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(;[^,]*)?", re.IGNORECASE | re.ASCII)
MAX_RANGES = 64


def qualities(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their q-values; what is not well-formed is passed over."""
    found = []
    for part in accept.split(",")[:MAX_RANGES]:
        match = _RANGE.fullmatch(part)
        if match:
            quality = _QUALITY.search(match.group(2))
            found.append((match.group(1).lower(), float(quality.group(1)) if quality else 1.0))
    return found


@lru_cache(1024)
def choose(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type on offer that the client prefers, the first of those it likes alike; None when none will do.

    >>> choose("text/turtle;q=0.5, application/ld+json", ("text/turtle", "application/ld+json"))
    'application/ld+json'
    """
    ranges = qualities(accept)
    if not ranges:
        return None if accept.strip() else offered[0]
    rated = [(_quality(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, media = max(rated)
    return media if quality > 0 else None


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The q-value of the most specific range that matches."""
    kind = media.partition("/")[0]
    for wanted in (media, f"{kind}/*", "*/*"):
        for name, quality in ranges:
            if name == wanted:
                return quality
    return 0.0


def likes_gzip(accept_encoding: str) -> bool:
    """Whether the client takes gzip."""
    for part in accept_encoding.lower().split(",")[:MAX_RANGES]:
        name, _, rest = part.partition(";")
        if name.strip() in ("gzip", "x-gzip", "*"):
            quality = _QUALITY.search(";" + rest) if rest else None
            return not quality or float(quality.group(1)) > 0
    return False


def likes_chinese(accept_language: str) -> bool:
    """Whether the client reads Chinese rather than English (RFC 9110, section 12.5.4); English when both alike.

    >>> likes_chinese("zh-CN,zh;q=0.9,en;q=0.8"), likes_chinese("fr, en;q=0.9, zh;q=0.8")
    (True, False)
    """
    liking = {"zh": 0.0, "en": 0.0}
    for part in accept_language.split(",")[:MAX_RANGES]:
        match = _LANGUAGE.fullmatch(part)
        primary = match.group(1).lower().partition("-")[0] if match else ""
        if match and primary in liking:
            quality = _QUALITY.search(match.group(2) or "")
            liking[primary] = max(liking[primary], float(quality.group(1)) if quality else 1.0)
    return liking["zh"] > liking["en"]
