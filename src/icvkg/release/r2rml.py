"""The mapping of the tables as R2RML (W3C) over the SQLite file of a release, for engines that query tables."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from icvkg.graph.metadata import FIELD, Column, Table
from icvkg.namespaces import CODE, OUTSIDE
from icvkg.release.sqlite import sql_name, view_name

_RR = "http://www.w3.org/ns/r2rml#"
_XSD = OUTSIDE["xsd"]
_HEAD = f"""# The mapping of icvkg's tables over the SQLite file of a release; made by `icvkg export r2rml`.
@prefix rr: <{_RR}> .
@prefix rdf: <{OUTSIDE["rdf"]}> .
@base <https://w3id.org/icvkg/r2rml/> .
"""


def r2rml(tables: Iterable[Table]) -> str:
    """The mapping as Turtle: one triples map for each subject template of each view."""
    return _HEAD + "".join(text for table in tables for text in _maps(table))


def _maps(table: Table) -> Iterator[str]:
    said = [column for column in table.columns if not column.suppressed]
    keyed = sorted((_rows(table, column), column.about or table.about) for column in said)
    for number, (key, _) in enumerate(groupby(keyed), start=1):
        rows, about = key
        own = [each for each in said if (_rows(table, each), each.about or table.about) == key]
        objects = " ;\n".join(text for column in own for text in _objects(column))
        yield (
            f"\n<{table.name}-{number}> a rr:TriplesMap ;\n  rr:logicalTable [ {rows} ] ;\n"
            f"  rr:subjectMap [ {_template(about)} ] ;\n{objects} .\n"
        )


def _rows(table: Table, column: Column) -> str:
    """The rows in which a column can say something."""
    if column.virtual and column.only_if:
        view = sql_name(table.name, "rdf")
        return f"rr:sqlQuery {_string(f'SELECT * FROM {view} WHERE {sql_name(column.only_if)} IS NOT NULL')}"
    parts = ["rdf", column.name] if column.separator and not column.virtual else ["rdf"]
    return f"rr:tableName {_string(sql_name(table.name, *parts).strip(chr(34)))}"


def _objects(column: Column) -> Iterator[str]:
    predicate = "rdf:type" if column.predicate == "rdf:type" else f"<{column.predicate}>"
    if column.precision and not column.virtual:
        yield _said(predicate, f"rr:column {_string(view_name(column.name))} ; rr:datatype <{_XSD}dateTime>")
        yield _said(f"<{column.precision}>", _template(f"{CODE}precision/{{{column.name}_precision}}"))
    elif template := column.item or column.value:
        yield _said(predicate, _template(template) if FIELD.search(template) else f"rr:constant <{template}>")
    else:
        yield _said(predicate, f"rr:column {_string(view_name(column.name))}{_tag(column)}")


def _tag(column: Column) -> str:
    if column.lang:
        return f" ; rr:language {_string(column.lang)}"
    return "" if column.base == "string" else f" ; rr:datatype <{_XSD}{column.base}>"


def _template(template: str) -> str:
    return f"rr:template {_string(FIELD.sub(lambda match: f'{{{view_name(match[1])}}}', template))}"


def _said(predicate: str, term: str) -> str:
    return f"  rr:predicateObjectMap [ rr:predicate {predicate} ; rr:objectMap [ {term} ] ]"


def _string(text: str) -> str:
    return str(ox.Literal(text))
