"""Curated queries as an OpenAPI 3.1 description: a path each, parameters with the values that the graph knows."""

import json
from collections.abc import Sequence
from typing import Any

from icvkg.queries.catalogue import CuratedQuery, Parameter
from icvkg.queries.values import values
from icvkg.store.asking import AskableStore

MOST = 100
"""A parameter with more values than this lists none: they are asked for by `icvkg queries NAME --values PARAMETER`."""
PATH = "/queries/{name}.{{form}}"
"""Where a site answers a query; the form is the ending of the address."""
MEDIA = {
    "json": ("application/json", "SPARQL 1.1 Query Results JSON"),
    "csv": ("text/csv", "SPARQL 1.1 Query Results CSV"),
    "tsv": ("text/tab-separated-values", "SPARQL 1.1 Query Results TSV"),
}
"""What each form is sent as."""
_FORM = {
    "name": "form",
    "in": "path",
    "required": True,
    "description": "The form of the answer",
    "schema": {"type": "string", "enum": list(MEDIA), "default": "json"},
}
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_SCHEMAS: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date", "pattern": _DATE},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "text": {"type": "string"},
}


def description(queries: Sequence[CuratedQuery], store: AskableStore, version: str, url: str | None) -> bytes:
    """The description as JSON; `url` is the site that answers."""
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "icvkg: curated questions",
            "version": version,
            "summary": "China's intelligent connected vehicle industry as a knowledge graph",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "tags": [{"name": theme} for theme in dict.fromkeys(each.theme for each in queries)],
        "paths": {PATH.format(name=each.name): {"get": _operation(each, store)} for each in queries},
        "components": {"responses": _responses()},
    }
    document |= {"servers": [{"url": url}]} if url else {}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _operation(query: CuratedQuery, store: AskableStore) -> dict[str, Any]:
    columns = "\n".join(f"- `{name}`: {said} ({query.holds(name, 'zh')})" for name, said in query.columns.items())
    meanings = f"{query.meaning('en')}\n\n{query.meaning('zh')}"
    media: dict[str, Any] = {kind: {"schema": {"type": "string", "description": said}} for kind, said in MEDIA.values()}
    media["application/json"]["schema"] = {"type": "object", "required": ["head", "results"]}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": f"{query.summary_zh}\n\n{meanings}\n\nColumns:\n{columns}",
        "tags": [query.theme],
        "parameters": [_FORM, *(_parameter(each, store) for each in query.parameters)],
        "responses": {
            "200": {"description": "The rows, each with its claim and source where it has one", "content": media},
            "400": {"$ref": "#/components/responses/wrong"},
        },
    }


def _parameter(parameter: Parameter, store: AskableStore) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": f"{parameter.description} ({parameter.meaning('zh')})",
        "schema": _schema(parameter, store),
    }


def _schema(parameter: Parameter, store: AskableStore) -> dict[str, Any]:
    schema = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    if parameter.is_listed:
        known = [each.written for each in values(store, parameter)]
        schema |= {"enum": known} if len(known) <= MOST else {"examples": known[:3]}
    if parameter.default:
        number = {"integer": int, "decimal": float}.get(parameter.type, str)
        schema["default"] = number(parameter.default)
    return schema


def _responses() -> dict[str, Any]:
    schema = {"type": "object", "properties": {"title": {"type": "string"}, "detail": {"type": "string"}}}
    media = {"application/problem+json": {"schema": schema}}
    return {"wrong": {"description": "A parameter that is not there or a wrong value (RFC 9457)", "content": media}}
