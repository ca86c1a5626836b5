"""`icvkg fair`."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from icvkg.cli.output import format_option, rows_text

if TYPE_CHECKING:
    from icvkg.publish.fairness import Score


@click.command()
@click.argument("site", required=False, metavar="[URL]")
@format_option(type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True)
def fair(site: str | None, form: str) -> int:
    """Scores how findable, accessible, interoperable and reusable the site is: FOOPS!, five stars, LOD cloud,
    Signposting.

    Without an address, the current release is served on a free port for the time of the tests. Nothing but that
    server is asked; two tests of FOOPS! that ask registries and creativecommons.org are not among them. Ends with 1
    when a test scores below 1 and no reason for that is written down.

    \b
    icvkg fair
    icvkg fair http://127.0.0.1:7300/ --format csv
    """
    from icvkg.publish.fairness import HEADER, mean, scores
    from icvkg.publish.fetching import getter

    if site:
        found = scores(getter(site))
    else:
        with _served() as address:
            found = scores(getter(address))
    found += _offline()
    click.echo(rows_text(HEADER, [each.row() for each in found], form), nl=False)
    click.echo(f"{len(found)} tests, mean score {mean(found):.2f}", err=form != "table")
    return 1 if any(each.score < 1 and each.catalogue != "FOOPS! offline" for each in found) else 0


@contextmanager
def _served() -> Iterator[str]:
    """The current release on a free port, by a process of its own."""
    from icvkg.publish.server import Front, Place, listen
    from icvkg.publish.supervisor import prepare, supervise
    from icvkg.store.limits import Limits

    prepare()
    opened = listen("127.0.0.1", 0)
    pid = os.fork()
    if pid == 0:
        try:
            supervise(Front(opened, Limits(), 1), Place.current(), 1)
        finally:
            os._exit(0)
    try:
        yield f"http://127.0.0.1:{opened.getsockname()[1]}/"
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


def _offline() -> "list[Score]":
    """The tests of FOOPS! that rules over the ontology answer; each rule with accepted exceptions scores 0."""
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.ontology.checks import check, everything
    from icvkg.ontology.rules import read_rules
    from icvkg.publish.fairness import Score
    from icvkg.store.embedded import EmbeddedStore

    rules = [rule for rule in read_rules() if any(each.startswith("FOOPS!") for each in rule.source)]
    store = EmbeddedStore.in_memory(everything(KnowledgeGraph.open().embedded))
    failed = {each.rule.name for each in check(store, rules)}
    found = []
    for rule in rules:
        code = next(each.split()[-1] for each in rule.source if each.startswith("FOOPS!"))
        met = rule.name not in failed and not rule.exceptions
        reason = next(iter(rule.exceptions.values()), "no offender" if met else "see icvkg ontology check")
        found.append(Score("FOOPS! offline", code, f"None of this: {rule.summary}", float(met), reason))
    return found
