"""Names as they are compared: folded, in simplified characters, spelled in pinyin, or by initials."""

import re
import unicodedata
from functools import cache
from itertools import pairwise

import opencc

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """The text in NFKC and lower case, simplified characters, single spaces, digits without commas.

    >>> fold("  HUAWEI  華為 20,000")
    'huawei 华为 20000'
    """
    sound = text.encode("utf-8", errors="replace").decode()
    plain = unicodedata.normalize("NFKC", sound).casefold().replace("&", " and ")
    return " ".join(re.sub(r"(?<=\d),(?=\d{3})", "", _simplifier().convert(plain)).split())


def squeeze(folded: str) -> str:
    """Letters and digits alone, so that punctuation and spaces do not matter; a plus sign counts as a letter.

    >>> squeeze("工信部联通装〔2021〕97号"), squeeze("GB/T 40429-2021"), squeeze("nop+")
    ('工信部联通装202197号', 'GBT404292021', 'nop+')
    """
    return "".join(character for character in folded if character.isalnum() or character == "+")


def words_of(folded: str) -> list[str]:
    """The words of a folded text; a run of Chinese characters is one word.

    >>> words_of("hesai at128, 禾赛at128")
    ['hesai', 'at128', '禾赛', 'at128']
    """
    return re.findall(rf"(?:{_HAN.pattern})+|[^\W_{_HAN.pattern[1:-1]}]+", folded)


def has_han(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return bool(_HAN.search(text))


def spelled(squeezed: str) -> tuple[str, str]:
    """A name in pinyin without tones or spaces, and by the first letters of its syllables; the rest as it stands.

    >>> spelled("小鹏p5")
    ('xiaopengp5', 'xpp5')
    """
    from pypinyin import lazy_pinyin

    syllables = " ".join(lazy_pinyin(squeezed, errors=" ".join)).split()
    return "".join(syllables), "".join(each[:1] for each in syllables)


def grams(squeezed: str) -> set[str]:
    """Pairs of neighbouring characters, by which likeness is measured; of a single character, itself.

    >>> sorted(grams("华为汽车"))
    ['为汽', '华为', '汽车']
    """
    return {first + second for first, second in pairwise(squeezed)} or {squeezed} - {""}


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
