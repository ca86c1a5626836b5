"""`icvkg ask`."""

import shlex
from pathlib import Path

import click

from icvkg.asking.choosing import Choice
from icvkg.cli.output import FORMATS, format_option, out_option
from icvkg.cli.querying import form_of, hand_over
from icvkg.queries.exports.export import Shape, make_export
from icvkg.queries.folding import has_han

RUNNERS_UP = 2


@click.command()
@click.argument("question")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
@click.option("--choose-only", is_flag=True, help="Show which query fits; do not ask it.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of names; that of the question unless given.")
@format_option(type=click.Choice(FORMATS))
@out_option
def ask(
    question: str, limit: int | None, choose_only: bool, lang: str | None, form: str | None, out: Path | None
) -> int:
    """Answers a QUESTION in English or Chinese with the curated query that fits it; ends with 1 when none does.

    Says first, on standard error, which query it chose, with which parameters, how well it fits (0 to 1), and what
    else came near. Words are compared, nothing is downloaded or sent: read the choice before you trust the answer.

    \b
    icvkg ask "哪些城市允许收费的无人驾驶出租车?"
    icvkg ask "Who supplies lidar to XPeng?" --format csv
    icvkg ask "What did MIIT issue between 2021 and 2023?" --choose-only
    """
    from icvkg.knowledge import KnowledgeGraph

    graph = KnowledgeGraph.open()
    language = lang or ("zh" if has_han(question) else "en")
    best, *others = graph.ask(question)
    click.echo(_said(best, others[:RUNNERS_UP], language), err=True)
    if not best.fits:
        return 1
    if choose_only:
        return 0
    answer = graph.answer(best.query, best.parameters)
    hand_over(make_export(answer, Shape(limit, (), False, language), form_of(form, out)), out)
    if remark := answer.remark(language):
        click.echo(remark, err=True)
    return 0


def _said(best: Choice, others: list[Choice], language: str) -> str:
    """The choice in words: the question it answers, the command that asks the same, how well it fits, what is near."""
    near = [f"  {_command(each)}  ({each.confidence:.2f}) {each.query.title(language)}" for each in others if each.near]
    if not best.fits:
        near = [f"  {_command(best)}  ({best.confidence:.2f}) {best.query.title(language)}", *near] if best.near else []
        said = ["No curated query fits this question. icvkg queries lists what can be asked."]
        return "\n".join([*said, *(["Nearest:", *near] if near else [])])
    said = [best.query.title(language), f"  {_command(best)}", f"  confidence {best.confidence:.2f}"]
    return "\n".join([*said, *(["Or:", *near] if near else []), ""])


def _command(choice: Choice) -> str:
    """The command that asks the same."""
    words = ["icvkg", "query", choice.query.name]
    for name, value in choice.parameters.items():
        words += ["--param", f"{name}={value}"]
    return shlex.join(words)
