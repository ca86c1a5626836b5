"""The same work as `icvkg build` and `icvkg query`, by rdflib and pyshacl alone: the peer of the benchmark.

Reads the same tables by the same metadata, maps row by row into an rdflib graph, runs the same rules to a fixpoint,
writes Turtle, validates that file with pyshacl; with a query's name it parses the file and asks.
"""

import re
import sys
from itertools import groupby
from pathlib import Path

import rdflib
from rdflib import SH, Graph

from icvkg import artefacts
from icvkg.graph.dates import date_time
from icvkg.graph.mapping import map_rows
from icvkg.graph.rules import Rule, read_rules
from icvkg.graph.tables import check_tables, own_folder, read_tables
from icvkg.ontology.closure import code_spaces, merge, read_ontology
from icvkg.queries.catalogue import find_query
from icvkg.release.settings import read_settings

rdflib.NORMALIZE_LITERALS = False


def mapped() -> Graph:
    """Tables and ontology in one rdflib graph."""
    ontology = merge(read_ontology())
    graph = Graph()
    graph.parse(data="".join(f"{triple} .\n" for triple in ontology), format="nt")
    for each in check_tables(read_tables([own_folder()]), code_spaces(ontology)):
        lines = "".join(f"{triple} .\n" for triple in map_rows(each.table, each.rows))
        graph.parse(data=lines, format="nt")
    return graph


def derive(graph: Graph, rules: list[Rule]) -> None:
    """The rules, stratum by stratum, to a fixpoint."""
    for _, stratum in groupby(rules, key=lambda rule: rule.number):
        held, size = list(stratum), -1
        while size != len(graph):
            size = len(graph)
            for rule in held:
                graph += graph.query(rule.text).graph or Graph()


def build(out: Path) -> None:
    """Builds, validates and writes one Turtle file; ends with 1 on a violation."""
    from pyshacl import validate

    graph = mapped()
    derive(graph, read_rules({"asOf": str(date_time(read_settings().as_of))}))
    graph.serialize(out, format="turtle")
    shapes = Graph()
    for file in artefacts.sorted_files(artefacts.folder("validation") / "shapes", ".ttl"):
        shapes.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    data = Graph().parse(out, format="turtle")
    _, report, _ = validate(data, shacl_graph=shapes, advanced=True, inplace=False, do_owl_imports=False)
    violations = len(list(report.subjects(SH.resultSeverity, SH.Violation)))
    print(f"{len(graph)} triples, {violations} violations, {len(list(report.objects(None, SH.result)))} results")
    sys.exit(1 if violations else 0)


def ask(turtle: Path, name: str) -> None:
    """Parses the Turtle file and asks one curated query."""
    text = re.sub(r"(?m)^#.*$", "", find_query(name).text)
    print(len(list(Graph().parse(turtle).query(text))), "rows")


if __name__ == "__main__":
    build(Path(sys.argv[2])) if sys.argv[1] == "build" else ask(Path(sys.argv[2]), sys.argv[3])
