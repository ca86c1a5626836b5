"""The templates: Jinja, everything escaped unless it is markup already."""

from functools import cache
from typing import Any

import jinja2

from icvkg.publish.pages.view import View


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("icvkg.publish.pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def render(template: str, view: View, **content: Any) -> bytes:  # noqa: ANN401
    """A page from its template; lone surrogates, which UTF-8 cannot hold, become question marks."""
    return _environment().get_template(template).render(v=view, t=view.t, **content).encode("utf-8", "replace")
