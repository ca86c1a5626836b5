"""Typed links between a thing, its documents and the release (FAIR Signposting 1 and 2, RFC 8288, RFC 9264)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from icvkg.namespaces import BASE
from icvkg.publish.description import LICENCE
from icvkg.publish.representations import FORMS
from icvkg.publish.resources import Published, Resource, address

LINKSET = "application/linkset+json"
_ABOUT = "https://schema.org/AboutPage"
_DATASET = "https://schema.org/Dataset"


@dataclass(frozen=True)
class Link:
    """A link: what it is to the document, where it leads (absolute, or a path under the base), its media type."""

    rel: str
    target: str
    media: str = ""

    def header(self) -> str:
        """The link as it stands in a Link header, paths from the root of the site."""
        here = self.target if "://" in self.target else address(self.target)
        return f'<{here}>; rel="{self.rel}"' + (f'; type="{self.media}"' if self.media else "")

    def absolute(self) -> str:
        """The address that lasts."""
        return self.target if "://" in self.target else BASE + address(self.target)[1:]


def links(graph: Published, resource: Resource, suffix: str) -> list[Link]:
    """The links of a document in one form: the other forms, the thing, licence, types, and the release it is of."""
    others = [form for form in FORMS.values() if form.suffix != suffix]
    found = [Link("alternate", resource.document(form.suffix), form.media) for form in others]
    data = [form for form in others if form.suffix != "html"]
    found += [Link("describedby", resource.document(form.suffix), form.media) for form in data]
    found += [Link("cite-as", resource.iri), Link("describes", resource.iri), Link("license", LICENCE)]
    found += [Link("type", each) for each in types(graph, resource)]
    found += _parts(graph) if resource == graph.release else [Link("collection", graph.release.iri)]
    return [*found, Link("linkset", linkset_path(resource), LINKSET)]


def types(graph: Published, resource: Resource) -> list[str]:
    """What a document is: a page about something, and of the release a dataset."""
    return [_ABOUT, _DATASET] if resource == graph.release else [_ABOUT]


def _parts(graph: Published) -> Iterable[Link]:
    """The files of the release."""
    for name in downloads(graph):
        yield Link("item", f"{graph.release.path}/{name}", media_of(name))


def downloads(graph: Published) -> list[str]:
    """The names of the files that can be downloaded."""
    return sorted(file.name for file in graph.folder.iterdir() if file.is_file())


def media_of(name: str) -> str:
    """The media type of a file by its name."""
    return _FILES.get(name.rpartition(".")[2], "text/plain")


_FILES = {form.suffix: form.media for form in FORMS.values()} | {
    "gz": "application/gzip",
    "zip": "application/zip",
    "json": "application/json",
}


def linkset_path(resource: Resource) -> str:
    """The path of the document of all links."""
    return f"linkset/{resource.path}.json"


def linkset(graph: Published, resource: Resource) -> bytes:
    """All links of all documents about a resource (RFC 9264, in JSON)."""
    contexts = [{"anchor": resource.iri, **_targets([Link("describedby", resource.document("html"), "text/html")])}]
    for form in FORMS.values():
        anchor = BASE + address(resource.document(form.suffix))[1:]
        contexts.append({"anchor": anchor, **_targets(links(graph, resource, form.suffix))})
    return (json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1) + "\n").encode()


def _targets(found: Iterable[Link]) -> dict[str, list[dict[str, str]]]:
    targets: dict[str, list[dict[str, str]]] = {}
    for link in found:
        typed = {"type": link.media} if link.media else {}
        targets.setdefault(link.rel, []).append({"href": link.absolute(), **typed})
    return targets
