"""The citations of a claim, from facts in memory; the same as `icvkg cite` gives."""

from icvkg.namespaces import DEF, ID
from icvkg.publish.pages.facts import LABEL, NOTE
from icvkg.publish.pages.things import EVIDENCE, SOURCE
from icvkg.publish.pages.view import View
from icvkg.queries.citation import Citation


def citations(view: View, claim: str) -> list[Citation]:
    """One citation per piece of evidence of a claim, in the order of the evidence."""
    items = [(item, source) for item in view.facts.links(claim, EVIDENCE) for source in view.facts.links(item, SOURCE)]
    return [_citation(view, claim, item, source) for item, source in items]


def _citation(view: View, claim: str, item: str, source: str) -> Citation:
    facts = view.facts
    return Citation(
        claim=claim,
        label=facts.texts(claim, LABEL).get(view.language, ""),
        note=facts.texts(claim, NOTE).get(view.language, ""),
        source=source.removeprefix(f"{ID}source/"),
        title=facts.value(source, LABEL),
        publisher=facts.value(source, DEF + "publisherName"),
        url=facts.value(source, DEF + "url"),
        published=view.day(source, DEF + "publishedOn"),
        site=facts.value(source, DEF + "readOnSite"),
        locator=facts.value(item, DEF + "locator"),
    )
