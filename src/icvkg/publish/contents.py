"""Everything that a site of files holds: path and bytes, each the same as the server gives."""

from collections.abc import Callable, Iterator

from icvkg.publish import w3id
from icvkg.publish.changes import changes
from icvkg.publish.jsonld import CONTEXT, context
from icvkg.publish.links import downloads, linkset, linkset_path
from icvkg.publish.pages import files
from icvkg.publish.pages.charts import has_picture, picture
from icvkg.publish.pages.view import CHINESE
from icvkg.publish.pages.words import LANGUAGES
from icvkg.publish.paths import is_safe
from icvkg.publish.representations import FORMS, represent
from icvkg.publish.resources import Published
from icvkg.publish.wellknown import robots, sitemap
from icvkg.release.descriptions import VOID_FILE

Entry = tuple[str, Callable[[], bytes]]
"""A path, and what makes its bytes."""


def entries(graph: Published, base: str) -> Iterator[Entry]:
    """Every file, in an order that is the same each time; paths that cannot be files are left out."""
    for found in (_pages(graph), _data(graph), _answers(graph), _charts(graph), _others(graph, base)):
        yield from (entry for entry in found if is_safe(entry[0]))


def left_out(graph: Published) -> list[str]:
    """The resources that have no file: their paths would lead out of the site or mean something else."""
    return [path for path in graph.resources if not is_safe(f"doc/{path}.html")]


def _pages(graph: Published) -> Iterator[Entry]:
    pages = graph.pages
    for path in pages.paths():
        for language in LANGUAGES:
            full = (CHINESE if language == "zh" else "") + path
            yield full, lambda path=path, language=language: pages.page(path, language) or b""  # type: ignore[misc]


def _data(graph: Published) -> Iterator[Entry]:
    for resource in graph.resources.values():
        for suffix in FORMS:
            if suffix != "html":
                yield resource.document(suffix), lambda one=resource, suffix=suffix: represent(graph, one, suffix)  # type: ignore[misc]
        yield linkset_path(resource), lambda one=resource: linkset(graph, one)  # type: ignore[misc]


def _answers(graph: Published) -> Iterator[Entry]:
    for name, query in graph.pages.queries.items():
        yield f"queries/{name}.rq", lambda query=query: query.text.encode()  # type: ignore[misc]
        for suffix in files.EXPORTS:
            yield (
                f"queries/{name}.{suffix}",
                lambda query=query, suffix=suffix: files.exported(graph.pages.answer(query), suffix),  # type: ignore[misc]
            )


def _charts(graph: Published) -> Iterator[Entry]:
    for name, query in graph.pages.queries.items():
        answer = graph.pages.answer(query)
        for language in LANGUAGES if has_picture(query, answer) else ():
            full = f"{CHINESE if language == 'zh' else ''}queries/{name}.svg"
            yield full, lambda answer=answer, language=language: picture(answer, language)  # type: ignore[misc]


def _others(graph: Published, base: str) -> Iterator[Entry]:
    for path, body in files.static_files().items():
        yield path, lambda body=body: body  # type: ignore[misc]
    for name in ("names.json", "editor.json"):
        yield name, lambda name=name: files.generated(graph.pages)[name]  # type: ignore[misc]
    for name in downloads(graph):
        yield f"{graph.release.path}/{name}", lambda name=name: (graph.folder / name).read_bytes()  # type: ignore[misc]
    for path, body in changes(graph).items():
        yield path, lambda body=body: body  # type: ignore[misc]
    yield CONTEXT, lambda: context(graph)
    yield ".well-known/void", lambda: (graph.folder / VOID_FILE).read_bytes()
    yield "sitemap.xml", lambda: sitemap(graph, base)
    yield "robots.txt", lambda: robots(base)
    yield ".nojekyll", lambda: b""
    yield "w3id/.htaccess", lambda: w3id.rules(base)
