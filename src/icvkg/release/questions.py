"""The curated questions as a release keeps them, so that each release is asked what it was built to answer."""

import json
from collections.abc import Mapping
from pathlib import Path

from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery, catalogue, parse_query, query_files
from icvkg.queries.parameters import bound_text
from icvkg.store.embedded import EmbeddedStore
from icvkg.store.remembered import Remember

FILE = "queries.json"


def questions_json(remember: Remember) -> bytes:
    """Theme and text of every curated query, by name."""
    found = query_files().items()
    inputs = [each for name, (theme, file) in found for each in (name.encode(), theme.encode(), file.read_bytes())]
    return remember("questions", inputs, _questions)


def _questions() -> bytes:
    document = {each.name: {"theme": each.theme, "text": each.text} for each in catalogue()}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_questions(folder: Path) -> dict[str, CuratedQuery]:
    """The curated queries of a release by name; today's for a release that keeps none."""
    file = folder / FILE
    if not file.exists():
        return {each.name: each for each in catalogue()}
    document = json.loads(file.read_text(encoding="utf-8"))
    return {name: parse_query(name, entry["theme"], entry["text"]) for name, entry in document.items()}


def answers(store: EmbeddedStore, questions: Mapping[str, CuratedQuery], as_of: str) -> dict[str, Answer]:
    """The answer of each question with its default parameters, on the release's own day."""
    found = {}
    for name, question in questions.items():
        columns, rows = store.select(bound_text(question, {}, as_of))
        found[name] = Answer(tuple(columns), tuple(rows))
    return found
