"""The W3C SPARQL 1.1 query evaluation suite, asked over HTTP and in this process."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pyoxigraph as ox

from tests.publish.serving import Answer, Running
from tests.publish.w3c.manifests import MF, QT, RDFS, Manifest, Term

ARCHIVE = Path(__file__).parent / "sparql11-query.zip"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
FORMATS = {"srx": ox.QueryResultsFormat.XML, "srj": ox.QueryResultsFormat.JSON, "tsv": ox.QueryResultsFormat.TSV}
ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
Graph = set[ox.Triple]


@dataclass(frozen=True)
class Case:
    """One test: its name, query file, what the store holds (file and graph name), and the file of the result."""

    group: str
    name: str
    query: Path
    data: tuple[tuple[Path, str], ...]
    result: Path

    @property
    def text(self) -> str:
        """The query with its base."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text(encoding='utf-8')}"


def cases(folder: Path) -> list[Case]:
    """Every evaluation test of the suite, which is unpacked into the folder."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    found = []
    for file in sorted(folder.glob("*/manifest.ttl")):
        manifest = Manifest(file)
        for test, kind in manifest.tests():
            if kind in ("QueryEvaluationTest", "CSVResultFormatTest"):
                found.append(_case(manifest, test, file.parent.name))
    return found


def _case(manifest: Manifest, test: Term, group: str) -> Case:
    action, result = manifest.value(test, f"{MF}action"), manifest.value(test, f"{MF}result")
    assert action is not None
    assert result is not None
    query = _path(action if isinstance(action, ox.NamedNode) else manifest.value(action, f"{QT}query"))
    data = [(_path(each), "") for each in manifest.objects(action, f"{QT}data")]
    for each in manifest.objects(action, f"{QT}graphData"):
        named = manifest.value(each, f"{QT}graph")
        data.append((_path(named or each), manifest.text(each, f"{RDFS}label") or each.value))
    if not data:
        names = dict.fromkeys(_FROM.findall(query.read_text(encoding="utf-8")))
        iris = [urljoin(query.as_uri(), name) for name in names]
        data = [(_path(ox.NamedNode(iri)), iri) for iri in iris if iri.startswith("file:")]
    return Case(group, test.value.rpartition("#")[2], query, tuple(data), _path(result))


def _path(term: Term | None) -> Path:
    assert term is not None
    return Path(unquote(urlsplit(term.value).path))


def write_store(folder: Path, data: Iterable[tuple[Path, str]]) -> None:
    """A store on disk with the data of a test."""
    store = ox.Store(str(folder))
    for file, name in data:
        graph = ox.NamedNode(name) if name else None
        form = ox.RdfFormat.from_extension(file.suffix[1:])
        store.load(path=str(file), format=form, base_iri=file.as_uri(), to_graph=graph)
    store.flush()


def over_http(server: Running, number: int, case: Case) -> object:
    """What the endpoint answers, comparable."""
    is_csv = case.result.suffix == ".csv"
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv" if is_csv else ACCEPT}
    answer = server.ask("POST", f"/{number}/sparql", headers, case.text.encode())
    return table(answer.body.decode()) if is_csv else _read(answer)


def _read(answer: Answer) -> object:
    if answer.status != 200:
        return answer.body
    if answer.media == "application/n-triples":
        return canonical({quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)})
    return comparable(ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON))


def in_process(store: Path, case: Case) -> object:
    """What the engine answers when asked directly, comparable."""
    try:
        found = ox.Store.read_only(str(store)).query(case.text)
        if isinstance(found, ox.QueryTriples):
            return canonical(set(found))
        if case.result.suffix != ".csv":
            return comparable(found)
        return table((found.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode())
    except (SyntaxError, ValueError, RuntimeError) as error:
        return str(error)


def expected(case: Case) -> object:
    """What should be answered, comparable."""
    kind = case.result.suffix[1:]
    if kind == "csv":
        return table(case.result.read_text(encoding="utf-8"))
    if kind in FORMATS:
        return comparable(ox.parse_query_results(case.result.read_bytes(), format=FORMATS[kind]))
    form = ox.RdfFormat.from_extension(kind)
    triples = {quad.triple for quad in ox.parse(case.result.read_bytes(), format=form, base_iri=case.result.as_uri())}
    is_table = any(t.object == ox.NamedNode(f"{RS}ResultSet") for t in triples)
    return _from_result_set(triples) if is_table else canonical(triples)


def _from_result_set(triples: Graph) -> object:
    truth = [t.object.value for t in triples if t.predicate.value == f"{RS}boolean"]  # type: ignore[union-attr]
    if truth:
        return truth[0] == "true"
    by: dict[tuple[str, str], list[Term]] = {}
    for t in triples:
        by.setdefault((str(t.subject), t.predicate.value.removeprefix(RS)), []).append(t.object)  # type: ignore[arg-type]
    rows = []
    for solution in [t.object for t in triples if t.predicate.value == f"{RS}solution"]:
        bindings = by.get((str(solution), "binding"), [])
        rows.append({by[str(each), "variable"][0].value: by[str(each), "value"][0] for each in bindings})
    return _rows(rows)


def table(text: str) -> object:
    """The cells of CSV, rows and columns in any order, blank nodes nameless."""
    lines = [[re.sub(r"^_:.*", "_:", cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    order = sorted(range(len(lines[0])), key=lambda place: lines[0][place])
    return [lines[0][place] for place in order], sorted([row[place] for place in order] for row in lines[1:])


def comparable(found: ox.QuerySolutions | ox.QueryBoolean) -> object:
    """A truth value, or rows up to the names of blank nodes and the lexical forms of numbers."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return _rows([{name: row[name] for name in names if row[name] is not None} for row in found])


def _rows(rows: list[dict[str, Term]]) -> object:
    """The rows as a graph in canonical form: a blank node a row, a property a variable."""
    said = set()
    for number, row in enumerate(rows):
        one = ox.BlankNode(f"row{number}")
        said.add(ox.Triple(one, ox.NamedNode("x:row"), ox.Literal("")))
        said |= {ox.Triple(one, ox.NamedNode(f"x:{name}"), by_value(term)) for name, term in row.items()}
    return canonical(said)


def by_value(term: Term) -> Term:
    """A number or truth value in one lexical form; SPARQL 1.1 fixes none."""
    if not isinstance(term, ox.Literal):
        return term
    kind = term.datatype.value
    if kind == f"{XSD}boolean":
        return ox.Literal("true" if term.value in ("true", "1") else "false", datatype=term.datatype)
    try:
        if kind in NUMBERS:
            return ox.Literal(f"{float(term.value):.6e}", datatype=term.datatype)
    except ValueError:
        pass
    return term


def canonical(triples: Graph) -> frozenset[str]:
    """The triples with canonical names of blank nodes."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, by_value(t.object), ox.DefaultGraph()) for t in triples)  # type: ignore[arg-type]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))
