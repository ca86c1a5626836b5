"""What two texts have in common: English words without their endings, pairs of Chinese characters, and notions."""

import re
from functools import cache
from itertools import pairwise

from icvkg import artefacts
from icvkg.queries.folding import fold, has_han, words_of

COMMON = frozenset(
    re.findall(
        r"\w+",
        "a about all an and any are as at be been between by can did do does each first for from give had has have "
        "how i if in into is it its me least more most much many no not of on one "
        "or other our out over she show list tell so some still "
        "such than that the their them then there these they this those through to under was we were what when where "
        "which who whom whose why will with would you your",
    )
)
_ENDINGS = (
    "ational", "ations", "ation", "ments", "iers", "ment", "ings", "ions", "ies", "ied", "ier", "ing", "ion", "ors",
    "ers", "or", "er", "ed", "es", "s",
)  # fmt: skip
_FILLERS = re.compile(
    "哪些|哪个|哪里|哪家|哪一|什么|怎么样|怎么|怎样|如何|多少|多久|为什么|为何|请问|有没有|是否|分别|"
    "[的了在和与是有各某其由及等向对从被将已吗呢吧啊?？]"
)


def features(text: str) -> list[str]:
    """The features of a text, repeated as they occur; words that every question has are left out.

    >>> features("Which cities supplied lidars?"), features("哪些城市")
    (['=supply', '=city', 'cit', 'suppl', 'lidar'], ['=city', '城市'])
    """
    folded = fold(text)
    found = [f"={notion}" for notion, words in _notions().items() if words.search(folded)]
    for word in words_of(_FILLERS.sub(" ", folded)):
        if has_han(word):
            found += [first + second for first, second in pairwise(word)] or [word]
        elif word not in COMMON:
            found.append(stem(word))
    return found


def stem(word: str) -> str:
    """An English word without its ending, so that forms of one word meet; at least three letters stay.

    >>> stem("operators"), stem("operating"), stem("car"), stem("policies"), stem("policy")
    ('operat', 'operat', 'car', 'polic', 'polic')
    """
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= 3), "")
    bare = word.removesuffix(ending)
    return bare.rstrip("ey") if len(bare.rstrip("ey")) >= 3 else bare


@cache
def _notions() -> dict[str, re.Pattern[str]]:
    """The notions that are said in several ways and in both languages, by their first word (queries/synonyms.txt)."""
    text = (artefacts.folder("queries") / "synonyms.txt").read_text(encoding="utf-8")
    lines = [line.split(" | ") for line in text.splitlines() if not line.startswith("#")]
    return {words[0]: re.compile("|".join(map(_beginning, words))) for words in lines}


def _beginning(word: str) -> str:
    """A pattern for a Chinese word anywhere, an English one at the beginning of a word; short ones must be whole."""
    if has_han(word):
        return re.escape(word)
    return rf"\b{re.escape(word)}" + (r"s?\b" if len(word) <= 4 else "")
