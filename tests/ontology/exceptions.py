"""Takes exceptions that excuse nothing out of `validation/ontology-checks` (`python -m tests.ontology.exceptions`)."""

import csv
from pathlib import Path

from icvkg.knowledge import KnowledgeGraph
from icvkg.ontology.checks import everything, findings
from icvkg.ontology.rules import Rule, folder, read_rules
from icvkg.store.embedded import EmbeddedStore


def prune(place: Path, rule: Rule, store: EmbeddedStore) -> None:
    """Rewrites the exceptions of one rule without the stale ones; an empty list leaves no file."""
    stale = {finding.term for finding in findings(store, rule) if finding.stale}
    kept = [(term, reason) for term, reason in rule.exceptions.items() if term not in stale]
    file = place / f"{rule.name}.exceptions.csv"
    if stale and not kept:
        file.unlink()
    elif stale:
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([("term", "reason"), *kept])


if __name__ == "__main__":
    whole = EmbeddedStore.in_memory(everything(KnowledgeGraph.open().embedded))
    for each in read_rules():
        prune(Path(str(folder())), each, whole)
