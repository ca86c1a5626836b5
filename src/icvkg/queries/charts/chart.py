"""The chart of an answer: what the header of its query asks for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from icvkg.errors import IcvkgError
from icvkg.queries.answers import Answer
from icvkg.queries.charts.records import records
from icvkg.queries.exports.export import Shape, make_export

if TYPE_CHECKING:
    import altair as alt

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Arial, sans-serif"
_KEYS = {
    "series": {
        "en": "Hollow points: sources differ about that day; the line goes through their mean.",
        "zh": "空心点:该日各来源不一致;折线取其平均值。",
    },
    "map": {
        "en": "Pale dots: other places of the graph. Borders are not drawn; positions are approximate.",
        "zh": "浅色点:图谱中的其他地点。不绘制边界,位置为近似值。",
    },
    "sankey": {"en": "Width: number of claims, not a sum of money.", "zh": "宽度为主张数,而非金额。"},
}
_MISSING = "Charts need Altair and vl-convert: pip install 'icvkg[charts]'."


def chart(answer: Answer, language: str) -> "alt.TopLevelMixin":
    """The chart, titled by its question, with release and parameters under it.

    Raises IcvkgError for an answer without rows or of a query whose header asks for no chart, and when Altair is not
    installed.
    """
    spec = _spec(answer)
    try:
        import altair as alt
    except ImportError:
        raise IcvkgError(_MISSING) from None
    export = make_export(answer, Shape(language=language), "chart")
    drawn = _drawn(spec, answer, language)
    title = alt.TitleParams(
        export.title,
        subtitle=_subtitle(spec, export.source_line, language),
        anchor="start",
        fontSize=15,
        subtitleFontSize=10,
        offset=14,
    )
    shown: alt.TopLevelMixin = (
        drawn.properties(title=title, usermeta={"about": dict(export.about)})
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_legend(labelLimit=280)
        .configure_axis(labelLimit=320, titleFontWeight="normal")
    )
    return shown


def _subtitle(spec: Mapping[str, Any], line: str, language: str) -> list[str]:
    """Release and question on two lines, and how the picture is to be read where it does not say so itself."""
    parts = line.split(", ")
    key = _KEYS.get(spec.get("layout", ""))
    return [", ".join(parts[:2]), ", ".join(parts[2:]), *([key[language]] if key else [])]


def _spec(answer: Answer) -> Mapping[str, Any]:
    query = answer.origin.query if answer.origin else None
    if query is None or query.chart is None:
        drawn = [each.name for each in _with_charts()]
        raise IcvkgError(f"No chart is laid down for this answer. Queries with one: {', '.join(drawn)}.")
    if not answer.rows:
        raise IcvkgError(f"There is nothing to draw: the answer has no rows. {answer.note}".strip())
    return query.chart


def _with_charts() -> list[Any]:
    from icvkg.queries.catalogue import catalogue

    return [each for each in catalogue() if each.chart]


def _drawn(spec: Mapping[str, Any], answer: Answer, language: str) -> Any:  # noqa: ANN401 - one of Altair's charts
    from icvkg.queries.charts.flows import flows
    from icvkg.queries.charts.map import place_map
    from icvkg.queries.charts.plain import plain
    from icvkg.queries.charts.rivals import rivals
    from icvkg.queries.charts.series import series
    from icvkg.queries.charts.timeline import timeline

    layout = spec.get("layout")
    if layout == "map":
        return place_map(spec, answer, language)
    layouts = {"timeline": timeline, "network": flows, "sankey": flows, "rivals": rivals, "series": series, None: plain}
    return layouts[layout](spec, records(answer, language), language)
