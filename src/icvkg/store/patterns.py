"""Reads the groups of a query from its tokens: the triple patterns, how each is asked, and joins of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from icvkg.namespaces import OUTSIDE
from icvkg.store.tokens import Token

TYPE = f"<{OUTSIDE['rdf']}type>"

Pattern = tuple[str, str, str]
"""Subject, predicate and object: a variable with its question mark, or an IRI in brackets; a literal is empty."""
Body = tuple[Pattern, ...]


class How(Enum):
    """What one more triple can do to a rule that reads it: give rows, take rows away, or either."""

    PRESENT = "present"
    ABSENT = "absent"
    EITHER = "either"

    def negated(self) -> "How":
        """The same under NOT EXISTS or MINUS."""
        return How.ABSENT if self is How.PRESENT else How.EITHER


class OpaqueError(Exception):
    """The text holds what this reader does not follow."""


@dataclass(frozen=True)
class Asked:
    """A pattern as it stands: its path token by token, how it is asked, and the groups around it by their places."""

    subject: str
    path: tuple[str, ...]
    value: str
    how: How
    scope: tuple[int, ...]


class Reader:
    """Reads groups of a query from its tokens: all patterns with how they are read, and joins as lists of bodies."""

    def __init__(self, stream: Sequence[Token], spaces: Mapping[str, str]) -> None:
        self._tokens = [*(part for token in stream for part in _parted(token)), Token("end", "")]
        self._at = 0
        self._spaces = spaces
        self.patterns: list[Asked] = []
        self._scope: tuple[int, ...] = ()
        self.is_plain = True

    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next()
        if token.kind == "end":
            raise OpaqueError
        self._at += 1
        return token

    def goes_on(self) -> bool:
        """Whether another group follows."""
        return any(token.text == "{" for token in self._tokens[self._at :])

    def skip_word(self, *words: str) -> bool:
        """Passes over one of these keywords, if it stands next."""
        found = self._next().is_word(*words)
        self._at += found
        return found

    def group(self, how: How) -> list[Body]:
        """What stands between braces: each way to satisfy it is a list of patterns."""
        self._skip_to("{")
        outer, self._scope = self._scope, (*self._scope, self._at)
        if self._next().is_word("SELECT"):
            bodies = self._subselect()
        else:
            bodies = [()]
            while self._next().text != "}":
                found = self._part(how)
                bodies = [(*before, *after) for before, after in product(bodies, found)]
            self._take()
        self._scope = outer
        return bodies

    def _part(self, how: How) -> list[Body]:
        token = self._next()
        if token.text == "{":
            found = self.group(how)
            while self.skip_word("UNION"):
                found = [*found, *self.group(how)]
            return found
        if token.text == ".":
            self._take()
            return [()]
        if token.kind == "word" and token.text != "a" and not token.is_word("TRUE", "FALSE"):
            self.is_plain = False
            self._keyword(self._take(), how)
            return [()]
        return self._triples(how)

    def _keyword(self, token: Token, how: How) -> None:
        if token.is_word("OPTIONAL"):
            self.group(How.EITHER)
        elif token.is_word("MINUS"):
            self.group(how.negated())
        elif token.is_word("FILTER"):
            negated = self.skip_word("NOT")
            if self.skip_word("EXISTS"):
                self.group(how.negated() if negated else how)
            else:
                self._brackets()
        elif token.is_word("BIND"):
            self._brackets()
        elif token.is_word("VALUES"):
            self._skip_to("{")
            self._skip_to("}")
        else:
            raise OpaqueError

    def _subselect(self) -> list[Body]:
        """A subquery may count or cut off, so that one more triple can do either; its variables are its own."""
        self.is_plain, self._scope = False, (self._at,)
        self.skip_head()
        self.group(How.EITHER)
        while (token := self._take()).text != "}":
            if token.text == "{":
                raise OpaqueError
        return [()]

    def skip_head(self) -> None:
        """Passes over what stands before the group of a query; it must not test for patterns itself."""
        while self._next().text != "{":
            if self._take().is_word("EXISTS"):
                raise OpaqueError

    def _skip_to(self, sign: str) -> None:
        while self._take().text != sign:
            pass

    def _brackets(self) -> None:
        """An expression in brackets; groups inside it, of EXISTS, are read on the way."""
        self._skip_to("(")
        depth = 1
        while depth:
            if self._next().text == "{":
                self.group(How.EITHER)
                continue
            depth += {"(": 1, ")": -1}.get(self._take().text, 0)

    def _triples(self, how: How) -> list[Body]:
        subject = self._term()
        bodies: list[Body] = [()]
        while True:
            path = self._path()
            while True:
                value = self._term()
                self.patterns.append(Asked(subject, path, value, how, self._scope))
                bodies = [(*before, *after) for before, after in product(bodies, self._along(subject, path, value))]
                if self._next().text != ",":
                    break
                self._take()
            while self._next().text == ";":
                self._take()
            if self._next().text in ".}{" or self._next().kind == "end" or self._starts_part():
                return bodies

    def _starts_part(self) -> bool:
        return self._next().kind == "word" and self._next().text != "a"

    def _term(self) -> str:
        token = self._take()
        if token.variable:
            return f"?{token.variable}"
        if token.text.startswith("<") and token.kind == "other":
            return token.text
        if token.text == "a":
            return TYPE
        is_name = token.kind == "word" and not token.is_word("TRUE", "FALSE")
        if is_name or (token.kind == "sign" and token.text not in "+-"):
            raise OpaqueError
        if token.kind == "other" and token.text[0] not in "\"'0123456789":
            return self._expanded(token.text)
        self._literal_end()
        return ""

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        if prefix not in self._spaces:
            raise OpaqueError
        return f"<{self._spaces[prefix]}{local}>"

    def _literal_end(self) -> None:
        """Language or datatype after a literal, which no clause has."""
        self.is_plain = False
        while self._next().text in ("@", "^", "-", "+"):
            self._take()
            if self._next().text != "^":
                self._take()

    def _path(self) -> tuple[str, ...]:
        found = []
        while True:
            while self._next().text in ("^", "!", "("):
                found.append(self._take().text)
            found.append(self._term())
            while self._next().text in ("*", "+", "?", ")"):
                found.append(self._take().text)
            if self._next().text not in ("/", "|"):
                return tuple(found)
            found.append(self._take().text)

    def _along(self, subject: str, path: tuple[str, ...], value: str) -> list[Body]:
        """A path as patterns; only predicates, alternatives of them and sequences of them can be."""
        signs = {part for part in path if not part.startswith(("<", "?"))}
        if signs - {"|"} and signs - {"/"}:
            self.is_plain = False
            return [()]
        if "/" not in signs:
            return [((subject, predicate, value),) for predicate in path[::2]]
        ends = [subject, *(f"?step {self._at} {place}" for place in range(1, len(path[::2]))), value]
        return [tuple(zip(ends, path[::2], ends[1:], strict=False))]


def _parted(token: Token) -> Iterator[Token]:
    """A name without the stop that ends its statement, and the stop."""
    is_name = token.kind == "other" and token.text[0] not in "<\"'0123456789"
    name = token.text.rstrip(".") if is_name else token.text
    yield Token(token.kind, name)
    yield from (Token("sign", ".") for _ in token.text[len(name) :])
