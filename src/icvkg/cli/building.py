"""`icvkg build` and `icvkg check`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from icvkg.cli.output import lang_option, table
from icvkg.cli.validating import report_in
from icvkg.validation.report import Report

if TYPE_CHECKING:
    from icvkg.release.build import Built

tables_option = click.option(
    "--tables",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of your own tables, read beside ours; may be given several times.",
)


@click.command()
@tables_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where releases go (default: user data).")
@click.option("--include-recalled", is_flag=True, help="Build rows without a source as well; never publish the result.")
@click.option("--explain-rules", is_flag=True, help="Run all rules anew; show rounds, edges and time of each.")
@click.option("--fresh", is_flag=True, help="Work everything out anew, whatever the cache beside the releases holds.")
@lang_option
def build(
    tables: tuple[Path, ...], out: Path | None, include_recalled: bool, explain_rules: bool, fresh: bool, lang: str
) -> int:
    """Checks the tables, maps, derives, validates, and writes a release.

    The current release changes only when everything is in order. While another build writes to the same place, this
    one waits for it. What an earlier build worked out from the same inputs is taken from the cache beside the releases.

    \b
    icvkg build
    icvkg build --tables my-tables --out build
    icvkg build --explain-rules
    """
    from icvkg.release import location
    from icvkg.release.build import STEPS
    from icvkg.release.build import build as run

    root = out or location.home()
    with Progress(len(STEPS)) as announce:
        built = run(
            root, tables, include_recalled=include_recalled, fresh=fresh or explain_rules, announce=announce, say=_note
        )
    if not built.report.conforms:
        click.echo(report_in(Report(built.report.violations), "table", lang))
    if explain_rules:
        click.echo(_rules(built))
    click.echo(_summary(built))
    if built.folder is None:
        click.echo("No release was written: the violations above come first.", err=True)
        return 1
    click.echo(f"Release {built.manifest.version} ({built.manifest.digest}) is current in {root}")
    return 0


@click.command()
@click.argument("names", nargs=-1, metavar="[TABLE]...")
@tables_option
def check(names: tuple[str, ...], tables: tuple[Path, ...]) -> int:
    """Checks tables only, in seconds; every fault is listed with its line.

    \b
    icvkg check                    all tables
    icvkg check firms figures      the faults of these two (all are read, for references)
    """
    from icvkg.errors import FaultyTablesError, UnknownNameError
    from icvkg.graph.tables import check_tables, only_faults_of, own_folder, read_tables, schema
    from icvkg.ontology.closure import code_spaces, read_ontology

    known = schema()
    for name in names:
        if name not in known:
            raise UnknownNameError("table", name, known)
    try:
        checked = check_tables(read_tables([own_folder(), *tables]), code_spaces(read_ontology()))
    except FaultyTablesError as error:
        raise_for = only_faults_of(error, names) if names else error
        if raise_for:
            raise raise_for from None
        click.echo(f"No faults in {', '.join(names)}; other tables have {len(error.faults)}.")
        return 0
    shown = [each for each in checked if not names or each.table.name in names]
    rows = sum(len(each.rows) for each in shown)
    recalled = sum(each.recalled for each in shown)
    click.echo(f"{len(shown)} tables in order: {rows} rows, and {recalled} that have no source and stay unpublished.")
    return 0


def _note(said: str) -> None:
    click.echo(said, err=True)


def _rules(built: "Built") -> str:
    costs = sorted(built.rules.items(), key=lambda pair: -pair[1].seconds)
    rows = [[name, str(cost.rounds), str(cost.edges), f"{cost.seconds:.3f}"] for name, cost in costs]
    return table(["rule", "rounds", "edges", "seconds"], rows)


def _summary(built: "Built") -> str:
    counts = built.manifest.tables
    rows = [[each.name, str(each.rows), str(each.recalled), str(each.triples)] for each in counts]
    sums = (sum(getattr(each, name) for each in counts) for name in ("rows", "recalled", "triples"))
    total = ["all tables", *map(str, sums)]
    sources = next((each.rows for each in counts if each.name == "sources"), 0)
    times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in built.seconds.items())
    triples = built.manifest.triples
    lines = [
        table(["table", "rows", "left out as unsourced", "triples"], [*rows, total]).rstrip(),
        f"{triples['asserted']} triples asserted (ontology {triples['ontology']}), {triples['derived']} derived,"
        f" {sources} sources, {len(built.report.violations)} violations,"
        f" {len(built.report.results) - len(built.report.violations)} warnings (icvkg validate shows them)",
        f"Time: {times}; {sum(built.seconds.values()):.1f} s in all",
    ]
    return "\n".join(lines)


class Progress:
    """A progress bar on standard error, one step of the build a tick; silent when that is no terminal."""

    def __init__(self, steps: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        columns = (TextColumn("{task.description:10}"), BarColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task("start", total=steps)
        self._done = -1

    def __call__(self, step: str) -> None:
        """Shows the step that begins."""
        self._done += 1
        self._bar.update(self._task, description=step, completed=self._done)

    def __enter__(self) -> "Progress":
        """Starts the bar."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Takes the bar away."""
        self._bar.stop()
