"""What a shell can complete: names of queries and themes, parameters with their values from the graph, columns."""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class

from icvkg.queries.catalogue import CuratedQuery, find_query, query_files

VARIABLE = "_ICVKG_COMPLETE"


def queries(ctx: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """The curated queries whose names begin so, each with its question."""
    names = [name for name in query_files() if name.startswith(begun)]
    return [CompletionItem(name, help=find_query(name).summary) for name in names]


def themes(ctx: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """The themes that begin so."""
    return _items(sorted({theme for theme, _ in query_files().values()}), begun)


def parameters(ctx: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """The parameters of the query named before, and after the equals sign their values from the graph."""
    query = _query(ctx)
    if query is None:
        return []
    name, equals, value = begun.partition("=")
    if not equals:
        return _items([f"{each.name}=" for each in query.parameters], begun)
    found = [each for each in query.parameters if each.name == name and each.is_listed]
    if not found:
        return []
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.queries.values import values

    listed = [each for each in values(KnowledgeGraph.open().store, found[0]) if each.written.startswith(value)]
    return [CompletionItem(f"{name}={each.written}", help=each.label) for each in listed]


def columns(ctx: click.Context, option: click.Parameter, begun: str) -> list[CompletionItem]:
    """The columns of the query named before, those that are not listed already."""
    query = _query(ctx)
    before, comma, _ = begun.rpartition(",")
    kept = set(before.split(","))
    return _items([f"{before}{comma}{name}" for name in query.columns if name not in kept], begun) if query else []


def _query(ctx: click.Context) -> CuratedQuery | None:
    """The query named before; click leaves its name among the rest while an option still lacks its value."""
    known = query_files()
    return next((find_query(word) for word in [ctx.params.get("name"), *ctx.args] if word in known), None)


def _items(words: Iterable[str], begun: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(begun)]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Prints the script that teaches a shell to complete commands, queries, parameters and their values.

    \b
    icvkg completion bash >> ~/.bashrc
    icvkg completion zsh >> ~/.zshrc
    icvkg completion fish > ~/.config/fish/completions/icvkg.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"No completion is known for {shell}.")
    click.echo(kind(ctx.find_root().command, {}, "icvkg", VARIABLE).source())
    return 0
