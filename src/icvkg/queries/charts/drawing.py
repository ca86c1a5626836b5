"""Charts as files: SVG and PNG by vl-convert, which needs no browser, and HTML that needs no network."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.charts.chart import FONT, chart

FONTS = "ICVKG_FONTS"
"""A folder with fonts, searched before those of the system."""
PICTURES = (".svg", ".png", ".html")
_HAN = re.compile(r"[\u3400-\u9fff]")
_COUNTED = re.compile(r"\b(gradient_|clip)(\d+)\b")
_SCALE = 2.0


def drawn(answer: Answer, suffix: str, language: str) -> bytes:
    """The picture in the form that the ending names.

    Raises IcvkgError for another ending, for what cannot be drawn, and for a PNG with Chinese text where no font has
    its characters; SVG and HTML are shown in the fonts of whoever reads them.
    """
    if suffix.lower() not in PICTURES:
        raise IcvkgError(f"A chart is drawn into a file that ends in {', '.join(PICTURES)}; {suffix!r} was given.")
    document = chart(answer, language).to_dict()
    import vl_convert

    if fonts := os.environ.get(FONTS):
        vl_convert.register_font_directory(str(Path(fonts).absolute()))
    if suffix.lower() == ".html":
        return str(vl_convert.vegalite_to_html(document, bundle=True)).encode()
    svg = _with_about(_numbered(vl_convert.vegalite_to_svg(document)), document)
    if suffix.lower() == ".svg":
        return svg.encode()
    if _HAN.search(svg) and not has_chinese_font():
        raise IcvkgError(
            f"No font here has Chinese characters: install one (Debian: fonts-noto-cjk), name its folder in ${FONTS}, "
            "or draw .svg or .html, which readers see in their own fonts."
        )
    return bytes(vl_convert.svg_to_png(svg, scale=_SCALE))


@cache
def has_chinese_font() -> bool:
    """Whether two Chinese characters are drawn differently: where no font has them, both are the same empty box."""
    import vl_convert

    frame = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="16" font-family="{}">{}</text></svg>'
    )
    return bool(vl_convert.svg_to_png(frame.format(FONT, "中")) != vl_convert.svg_to_png(frame.format(FONT, "国")))


def _numbered(svg: str) -> str:
    """The picture with its gradients and clips counted from 0; they come counted over all that was drawn before."""
    order = {name: number for number, name in enumerate(dict.fromkeys(_COUNTED.findall(svg)))}
    return _COUNTED.sub(lambda match: f"{match[1]}{order[match.groups()]}", svg)


def _with_about(svg: str, document: dict[str, Any]) -> str:
    """The picture with what it says of itself, for tools that read metadata."""
    said = json.dumps(document["usermeta"]["about"], ensure_ascii=False).replace("&", "&amp;").replace("<", "&lt;")
    head, rest = svg.split(">", 1)
    return f'{head}><metadata id="about">{said}</metadata>{rest}'
