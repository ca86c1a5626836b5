"""The rules: CONSTRUCT queries, one a file, that say what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from icvkg import artefacts
from icvkg.store.binding import bind


@dataclass(frozen=True)
class Rule:
    """One CONSTRUCT query, named by its file without the ending."""

    name: str
    text: str

    @property
    def number(self) -> str:
        """What the name starts with: whose turn it is among rules that test the absence of what others make."""
        return self.name.split("-", 1)[0]


def read_rules(parameters: Mapping[str, str], folder: Traversable | None = None) -> list[Rule]:
    """The rules by name, with those parameters bound that they have (terms in N-Triples syntax)."""
    rules = []
    for file in artefacts.sorted_files(folder or artefacts.folder("graph") / "rules", ".rq"):
        text = file.read_text(encoding="utf-8")
        used = {name: term for name, term in parameters.items() if f"VALUES ?{name} " in text}
        rules.append(Rule(file.name.removesuffix(".rq"), bind(text, used)))
    return rules
