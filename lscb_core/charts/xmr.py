"""A series against its ordinary ups and downs: band, limits, average, target, and the signals."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import parts
from lscb_core.charts.parts import (
    Row,
    bare_axis,
    colour,
    iso,
    layer,
    rows_of,
    said,
    say,
    tidy,
    tips,
    x_date,
    y,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.charts.xmr_words import KINDS, alt_text, columns, is_recent
from lscb_core.domain.periods import month_label
from lscb_core.domain.spc import Kind

__all__ = ["alt_text", "columns", "shape", "spec", "table"]


SHAPES = dict(zip(KINDS, ("circle", "square", "diamond", "triangle-up", "triangle-down"), strict=True))
SMALL, LARGE = 18, 60


def shape(_frame: pd.DataFrame, *, unit: str = "", height: int = 150, **_: object) -> dict[str, int | bool]:
    """What the drawing depends on: no figure at all, so that a page of measures draws one drawing often."""
    return {"percent": unit == "%", "height": height}


@lru_cache(maxsize=16)
def spec(ink: Ink, *, percent: bool = False, height: int = 150) -> Spec:
    """The drawing; the same for every measure but for the % sign and its height in pixels."""
    inks = dict(zip(KINDS, (ink.grey, ink.blue, ink.orange, ink.plum, ink.plum), strict=True))
    told = tips(month="Month", shown="Value", how="Against chance")
    size = alt.Size(field="size", type="quantitative", scale=None)
    line = layer("line", "point", aria=False, color=ink.grey, strokeWidth=1.2, opacity=0.7)
    points = layer("point", "point", filled=True, opacity=1).encode(
        color=colour("type", inks),
        shape=parts.shapes("type", SHAPES),
        size=size,
        tooltip=told,
        description=said(),
    )
    drawn = line.encode(detail=alt.Detail(field="run", type="nominal"))
    return finish(ink, height, *_limits(ink), drawn, points, shared=_axes(percent))


def _limits(ink: Ink) -> list[alt.Chart]:
    until = alt.X2(field="until")
    band = layer("rect", "band", aria=False, color=ink.band).encode(x2=until, y2=alt.Y2(field="upper"))
    edge = layer("rule", "limit", aria=False, color=ink.grey, strokeWidth=1, opacity=0.8).encode(x2=until)
    mean = layer("rule", "mean", aria=False, color=ink.muted, strokeWidth=1).encode(x2=until)
    target = layer("rule", "target", aria=False, color=ink.ink, strokeDash=[2, 3]).encode(x2=until)
    return [band, edge, mean, target]


def _axes(percent: bool) -> Channels:
    sign = "datum.label + '%'" if percent else "datum.label"
    up = bare_axis(tickCount=3, labelFontSize=12, labelExpr=sign)
    # Three dates, wherever the series begins and ends: first, middle, last.
    first_last = "[domain('x')[0], (+domain('x')[0] + +domain('x')[1]) / 2, domain('x')[1]]"
    end = "datum.index === 0 ? 'left' : datum.index === 1 ? 'right' : 'center'"
    across = bare_axis(
        format="%b %y", values={"expr": first_last}, grid=False, labelFontSize=12, labelAlign={"expr": end}
    )
    inset = {"range": [4, {"expr": "width - 8"}], "nice": False}
    value = y("value", title=None, axis=up, scale=alt.Scale(zero=False, nice=False, padding=10))
    return {"x": x_date("on", title=None, axis=across, scale=inset), "y": value}


def table(frame: pd.DataFrame, *, target: float | None = None, unit: str = "", **_: object) -> pa.Table:
    """Limits and points. Frame: `columns`, oldest first; `unit` is put behind values, as '%' or ' weeks'."""
    rows = rows_of(frame, columns, optional=["stretch"])
    drawn = [*_stretches(rows), *_target(rows, target), *_points(rows, unit)]
    text = ("on", "until", "type", "run", "month", "shown", "how", "said")
    return tidy(drawn, text=text, number=("value", "upper", "size"))


def _stretches(rows: list[Row]) -> list[Row]:
    """One band with its lines for each stretch that has limits."""
    drawn: list[Row] = []
    for name in dict.fromkeys(row["stretch"] for row in rows if row["mean"] is not None):
        own = [row for row in rows if row["stretch"] == name]
        across = {"on": iso(own[0]["period"]), "until": iso(own[-1]["period"])}
        drawn.append(across | {"part": "band", "value": own[0]["lower"], "upper": own[0]["upper"]})
        levels = {"lower": "limit", "upper": "limit", "mean": "mean"}
        drawn += [across | {"part": part, "value": own[0][level]} for level, part in levels.items()]
    return drawn


def _target(rows: list[Row], target: float | None) -> list[Row]:
    if target is None or not rows:
        return []
    across = {"on": iso(rows[0]["period"]), "until": iso(rows[-1]["period"])}
    return [across | {"part": "target", "value": target}]


def _points(rows: list[Row], unit: str) -> list[Row]:
    unbroken = parts.runs(row["value"] is None for row in rows)
    return [
        _point(row, unit, recent=is_recent(row["period"], rows[-1]["period"])) | {"run": run}
        for row, run in zip(rows, unbroken, strict=True)
        if row["value"] is not None
    ]


def _point(row: Row, unit: str, *, recent: bool) -> Row:
    signal = row["type"] != Kind.COMMON_CAUSE
    month, shown, how = month_label(row["period"]), say(row["value"], unit), KINDS[row["type"]]
    return {
        "part": "point", "on": iso(row["period"]), "value": row["value"], "type": row["type"],
        "size": LARGE if signal and recent else SMALL,
        "month": month, "shown": shown, "how": how, "said": f"{month}: {shown}, {how}",
    }  # fmt: skip
