"""The share done within the limit, year by year, with its likely range and its counts."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import (
    Row,
    bare_axis,
    label,
    layer,
    likely,
    of,
    percent,
    rows_of,
    said,
    tidy,
    tips,
    y,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish

columns = {
    "year": "name of the year, such as 2025-26, oldest first",
    "done": "done within the limit; empty where hidden",
    "of": "all done; empty where hidden",
    "share": "done of all, a fraction of 1; empty where too few or hidden",
    "low": "lower end of the likely range (95%)",
    "high": "upper end of the likely range (95%)",
    "symbol": "why a count is missing, such as c (may be left out)",
}


def shape(_frame: pd.DataFrame, *, height: int = 260, **_: object) -> dict[str, int]:
    """What the drawing depends on: its height in pixels alone."""
    return {"height": height}


@lru_cache(maxsize=8)
def spec(ink: Ink, *, height: int) -> Spec:
    """The drawing, the same for all figures."""
    told = tips(year="Year", note="Within the limit", percent="Share", likely="Likely range (95%)")
    span = layer("rule", "year", aria=False, strokeWidth=3, color=ink.grey)
    dot = layer("point", "year", filled=True, size=130, opacity=1, color=ink.blue)
    return finish(
        ink,
        height,
        label("year", dy=-12, fontWeight=600).encode(y=y("high")),
        label("few", color=ink.muted, lineBreak="\n", lineHeight=16, dy=-22),
        span.encode(y=y("low"), y2=alt.Y2(field="high")),
        dot.encode(tooltip=told, description=said()),
        shared=_axes(ink),
    )


def _axes(ink: Ink) -> Channels:
    axis = bare_axis(labelAngle=0, labelColor=ink.ink, labelOverlap="greedy")
    year = alt.X(field="year", type="nominal", sort=None, title=None, axis=axis)
    up = bare_axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    return {"x": year, "y": y("share", title=None, scale=alt.Scale(domain=[0, 1.12], nice=False), axis=up)}


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """A dot with its range for each year, or its counts where a share would mislead. Frame: `columns`."""
    drawn = map(_year, rows_of(frame, columns, optional=["symbol"]))
    text = ("year", "note", "percent", "likely", "said")
    return tidy(drawn, text=text, number=("share", "low", "high"))


def _year(row: Row) -> Row:
    said_row = {"said": f"{row['year']}: {_words(row)}"}
    if row["share"] is None:
        counts = of(row["done"], row["of"])
        note = f"{counts}\ntoo few" if counts else row["symbol"] or "none"
        return {"part": "few", "year": row["year"], "share": 0, "note": note} | said_row
    told = {"note": of(row["done"], row["of"]), "percent": percent(row["share"])}
    return row | told | said_row | {"part": "year", "likely": likely(row["low"], row["high"])}


def _words(row: Row) -> str:
    counts = of(row["done"], row["of"])
    if row["share"] is None:
        return f"{counts}, too few for a percentage" if counts else row["symbol"] or "none"
    return f"{counts}, {percent(row['share'])}, likely range {likely(row['low'], row['high'])}"


def alt_text(frame: pd.DataFrame, *, title: str = "Within the limit", **_: object) -> str:
    """Each year's counts and share, oldest first."""
    rows = rows_of(frame, columns, optional=["symbol"])
    return f"{title}. " + "; ".join(f"{row['year']}: {_words(row)}" for row in rows) + "."
