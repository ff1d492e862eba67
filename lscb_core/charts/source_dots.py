"""Who refers: each source's share in one council with its likely range, England's as a stroke beside it."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import parts
from lscb_core.charts.parts import (
    Row,
    bare_axis,
    in_order,
    label,
    layer,
    likely,
    rows_of,
    said,
    tidy,
    tips,
    x,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.numbers import percent, whole

columns = {
    "group": "who referred",
    "count": "referrals from this source; empty where hidden",
    "referrals": "all referrals; empty where hidden",
    "share": "count of referrals, a fraction of 1; empty where hidden or too few",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "england": "England's share, a fraction of 1; empty where there is none",
    "position": "against England: within where chance explains the difference",
    "symbol": "why the count is missing, such as c",
}
ROW_HEIGHT, AXIS = 32, 28


def shape(frame: pd.DataFrame, **_: object) -> dict[str, float]:
    """The number of sources, and how far the shares reach, in tenths."""
    ends = frame[["high", "england"]].astype("Float64").max().max()
    reach = 0.1 if pd.isna(ends) else min(-(-float(ends) // 0.1) / 10, 1.0)
    return {"rows": len(frame), "reach": reach}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, rows: int, reach: float) -> Spec:
    """The drawing: the council's dot is filled where it differs from England by more than chance."""
    told = tips(
        group="Who referred",
        counts="Referrals",
        percent="Share",
        likely="Likely range (95%)",
        there="England",
    )
    span = layer("rule", "source", aria=False, strokeWidth=3, color=ink.grey)
    dot = layer(
        "point", "source", filled=True, size=110, opacity=1, strokeWidth=2,
        fill=parts.when("datum.differs === 'yes'", ink.blue, ink.page),
        stroke=parts.when("datum.differs === 'yes'", ink.blue, ink.grey),
    )  # fmt: skip
    england = layer(
        "point", "england", aria=False, shape="stroke", angle=90, size=320, strokeWidth=2, opacity=1
    )
    return finish(
        ink,
        ROW_HEIGHT * rows + AXIS,
        in_order("group"),
        span.encode(x=x("low"), x2=alt.X2(field="high")),
        england.encode(color=alt.value(ink.ink)),
        dot.encode(tooltip=told, description=said()),
        label("source", align="right").encode(x=alt.value("width")),
        label("missing", align="right", color=ink.muted).encode(x=alt.value("width")),
        shared=_axes(ink, reach),
    )


def _axes(ink: Ink, reach: float) -> Channels:
    group = alt.Y(field="group", type="nominal", sort=None, title=None, axis=bare_axis(
        labelColor=ink.ink, labelLimit=150, grid=False))  # fmt: skip
    across = bare_axis(format=".0%", tickCount=3, grid=True, orient="top")
    room = alt.Scale(domain=[0, reach], nice=False, range=[4, {"expr": "max(40, width - 104)"}])
    return {"y": group, "x": x("share", title=None, scale=room, axis=across)}


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Dots, England's strokes and the counts at the right, in the frame's order. Frame: `columns`."""
    rows = rows_of(frame, columns)
    drawn = [_source(row) for row in rows]
    drawn += [
        {"part": "england", "group": row["group"], "share": row["england"]}
        for row in rows
        if row["england"] is not None
    ]
    text = ("group", "differs", "counts", "percent", "likely", "there", "note", "said")
    return tidy(drawn, text=text, number=("share", "low", "high"))


def _source(row: Row) -> Row:
    there = percent(row["england"])
    if row["share"] is None:
        note = row["symbol"] or "too few"
        return {"part": "missing", "group": row["group"], "share": 0.0, "note": note, "there": there}
    shares = {name: row[name] for name in ("group", "share", "low", "high")}
    counts = parts.of(row["count"], row["referrals"])
    told = {"counts": counts, "percent": percent(row["share"]), "likely": likely(row["low"], row["high"])}
    return shares | told | {
        "part": "source", "there": there, "differs": "no" if row["position"] == "within" else "yes",
        "note": f"{whole(row['count'])} · {parts.percent(row['share'])}",
        "said": f"{row['group']}: {counts}, {told['percent']}; England {there}",
    }  # fmt: skip


def alt_text(frame: pd.DataFrame, *, board: str = "Council", **_: object) -> str:
    """Every source with the council's counts and England's share."""
    told = []
    for row in rows_of(frame, columns):
        own = row["symbol"] or "too few"
        if row["share"] is not None:
            own = f"{parts.of(row['count'], row['referrals'])}, {percent(row['share'])}"
        told.append(f"{row['group']} {own}, England {percent(row['england'])}")
    return f"Who refers in {board}, beside England. {'; '.join(told)}."
