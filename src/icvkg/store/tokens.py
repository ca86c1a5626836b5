"""SPARQL text as tokens, enough to see braces, variables and keywords and to leave strings and comments alone."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<variable>[?$][^\W]\w*)
    |(?P<name>[^\W\d_][\w.-]*)?:(?P<local>(?:[\w:.%-]|\\.)*)
    |(?P<word>[^\W\d]\w*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A token: its kind (skip, variable, word, sign or other), its text."""

    kind: str
    text: str

    @property
    def variable(self) -> str:
        """The variable's name, empty for other tokens."""
        return self.text[1:] if self.kind == "variable" else ""

    def is_word(self, *words: str) -> bool:
        """Whether the token is one of these keywords."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> list[Token]:
    """The tokens of a query; joined again they are the query."""
    return [Token(_kind(match), match.group()) for match in _TOKEN.finditer(text)]


def _kind(match: re.Match[str]) -> str:
    kind = match.lastgroup or "sign"
    return "other" if kind in ("iri", "string", "local", "name", "number") else kind


def seen(stream: list[Token]) -> list[tuple[int, Token]]:
    """The tokens that are neither space nor comment, with their places."""
    return [(place, token) for place, token in enumerate(stream) if token.kind != "skip"]


def closing(stream: list[Token], opening: int) -> int:
    """The place of the brace that closes the one at `opening`; the last token when none does."""
    depth = 0
    for place in range(opening, len(stream)):
        token = stream[place]
        if token.kind == "sign" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            if depth == 0:
                return place
    return len(stream) - 1
