"""What a page may load: its own stylesheet and scripts, nothing inline, nothing from another host."""

STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
EDITOR = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The query editor sets styles of its own."""


def policy(path: str) -> str:
    """The policy of the page with that path (in English)."""
    return EDITOR if path == "sparql.html" else STRICT
