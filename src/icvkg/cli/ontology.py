"""`icvkg ontology`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from icvkg.cli.output import format_option, lang_option, rows_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icvkg.ontology.rules import Rule
    from icvkg.ontology.usage import Coverage


@click.group()
def ontology() -> None:
    """What can be said: checks of the ontology itself, and its files for other tools.

    \b
    icvkg ontology check
    icvkg ontology align --check
    icvkg ontology export protege
    """


@ontology.command()
@format_option(type=click.Choice(["table", "csv", "tsv", "json"]), default="table", show_default=True)
@lang_option
def check(form: str, lang: str) -> int:
    """Looks for the OOPS! pitfalls, runs the FOOPS! tests that need no network, and finds unused terms; ends with 1 on
    a finding.

    The rules are SPARQL files in validation/ontology-checks; what is accepted stands with its reason beside each. The
    data are those of the current release.

    \b
    icvkg ontology check
    icvkg ontology check --lang zh
    icvkg ontology check --format csv > findings.csv
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.ontology.checks import HEADER, everything
    from icvkg.ontology.checks import check as run
    from icvkg.ontology.rules import read_rules
    from icvkg.ontology.usage import coverage
    from icvkg.store.embedded import EmbeddedStore

    triples, rules = everything(KnowledgeGraph.open().embedded), read_rules()
    found = run(EmbeddedStore.in_memory(triples), rules)
    if form != "table" or found:
        click.echo(rows_text(HEADER, [finding.row(lang) for finding in found], form), nl=False)
    click.echo(_figures(rules, len(found), coverage(triples)), err=form != "table")
    return 1 if found else 0


@ontology.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 1 if the module would change.")
def align(only_check: bool) -> int:
    """Makes the module of alignments to outside vocabularies from its table; ends with 1 on a fault of the table.

    The table is ontology/alignment.sssom.tsv, the module ontology/alignment.ttl. Every outside term has to stand in
    ontology/vocabulary-terms.csv, which lists what was found in the vocabularies' own files.

    \b
    icvkg ontology align
    icvkg ontology align --check
    """
    from icvkg.errors import FaultyTablesError
    from icvkg.ontology.alignment_module import module_file, verified_module

    file = module_file()
    try:
        module = verified_module()
    except FaultyTablesError as error:
        return _refused([*map(str, error.faults), f"{error}. {file.name} is unchanged."])
    if not only_check:
        file.write_text(module.text, encoding="utf-8", newline="")
    elif not file.is_file() or file.read_text(encoding="utf-8") != module.text:
        return _refused([f"{file.name} is not what its table gives: run `icvkg ontology align`."])
    click.echo(f"{module.rows} alignments to {module.terms} outside terms, each found in its vocabulary's own file.")
    return 0


def _refused(lines: "Sequence[str]") -> int:
    click.echo("\n".join(lines), err=True)
    return 1


@ontology.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def export(folder: Path) -> int:
    """Writes the ontology and the current release into a folder that Protégé opens without the network.

    Each document is there as Turtle and as RDF/XML: every module and code list, icv-merged (all terms and codes without
    imports), individuals (the data, importing icv), and icvkg (everything in one). catalog-v001.xml finds the imports.

    \b
    icvkg ontology export protege
    """
    from icvkg.knowledge import KnowledgeGraph
    from icvkg.ontology.exports import write_protege
    from icvkg.release.dumps import read_dumps
    from icvkg.release.location import home, release_folder

    release = KnowledgeGraph.open().manifest
    files = write_protege(folder, read_dumps(release_folder(home(), release.digest)), release.version)
    click.echo(
        f"{len(files)} files in {folder}; open icv.ttl, icv-merged.ttl, individuals.ttl or icvkg.ttl in Protégé."
    )
    return 0


def _figures(rules: "Sequence[Rule]", found: int, covered: "Coverage") -> str:
    from icvkg.ontology.rules import release_steps

    steps = [step.source for step in release_steps()]
    seen = {source for rule in rules for source in rule.source}
    accepted = sum(len(rule.exceptions) for rule in rules)
    return "\n".join(
        [
            f"{found or 'No'} findings by {len(rules)} rules; {accepted} exceptions accepted, each with its reason",
            _catalogue("OOPS! pitfalls", "OOPS!", seen, steps),
            _catalogue("FOOPS! tests", "FOOPS!", seen, steps),
            f"Own classes and properties that a curated query names: {covered}",
        ]
    )


def _catalogue(title: str, name: str, seen: set[str], steps: list[str]) -> str:
    offline = sum(source.startswith(name + " ") for source in seen)
    online = [source.split()[-1] for source in steps if source.startswith(name + " ")]
    return f"{title}: {offline} by rule, {len(online)} when a release is published ({', '.join(online)})"
