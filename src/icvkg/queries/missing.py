"""What an answer without rows says of the sources."""

from dataclasses import replace

from icvkg.queries.answers import Answer
from icvkg.queries.catalogue import CuratedQuery
from icvkg.store.asking import AskableStore


def with_missing(query: CuratedQuery, answer: Answer, store: AskableStore) -> Answer:
    """The answer; without rows, with what the header's `missing` says, and how many claims could have matched."""
    if answer.rows or not query.missing:
        return answer
    text, _, count = query.missing.partition("|")
    rows = store.select(count)[1] if count else ((None,),)
    number = found.value if (found := rows[0][0]) else "0"
    notes = text.strip().replace("{n}", number), query.missing_zh.replace("{n}", number)
    return replace(answer, note=notes[0], note_zh=notes[1])
