"""Counts over time, one strip of bars for each level or outcome, all on one scale.

Strips under each other, not stacked: each has a level base to be read from, its name stands on it
instead of a colour key, and a phone shows it whole.
"""

from collections.abc import Iterator
from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, bare_axis, label, layer, rows_of, said, tidy, tips, y
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.numbers import whole

columns = {
    "group": "name of the level or outcome, groups in the order in which they are drawn",
    "period": "name of the period, such as 2025-26 or March 2026, oldest first",
    "count": "how many; empty where hidden",
    "symbol": "why it is hidden, such as c (may be left out)",
}
STRIP, BARS, AXIS = 70, 40, 28


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the number of groups."""
    return {"groups": frame["group"].nunique()}


@lru_cache(maxsize=32)
def spec(ink: Ink, *, groups: int) -> Spec:
    """The drawing: name and latest figure above each strip."""
    told = tips(group="Group", period="Period", shown="Number")
    bars = layer("bar", "count", color=ink.blue, width={"expr": "clamp(0.78 * bandwidth('x'), 1, 40)"})
    base = layer("rule", "name", aria=False, color=ink.faint).encode(x=alt.value(0), x2=alt.value("width"))
    above: Row = {"baseline": "bottom", "dy": -BARS - 6}
    return finish(
        ink,
        STRIP * groups + AXIS,
        bars.encode(y2=alt.Y2(field="top"), tooltip=told, description=said()),
        base,
        label("name", align="left", field="group", fontWeight=600, **above).encode(x=alt.value(0)),
        label("name", align="right", color=ink.muted, **above).encode(x=alt.value("width")),
        label("hidden", color=ink.muted, dy=-7, fontSize=12),
        shared=_axes(STRIP * groups),
    )


def _axes(height: int) -> Channels:
    # Among many narrow bars the first and last names would reach out of the picture.
    end = (
        "bandwidth('x') > 40 ? 'center' : datum.index === 0 ? 'left' : datum.index === 1 ? 'right' : 'center'"
    )
    axis = bare_axis(labelAngle=0, labelOverlap="greedy", labelSeparation=12, labelAlign={"expr": end})
    period = alt.X(field="period", type="nominal", sort=None, title=None, axis=axis)
    return {"x": period, "y": y("down", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)}


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Bars, hidden counts and the strips' names. Frame: `columns`."""
    rows = rows_of(frame, columns, optional=["symbol"])
    tallest = max((row["count"] for row in rows if row["count"] is not None), default=0) or 1
    strips = {group: STRIP * (at + 1) for at, group in enumerate(dict.fromkeys(row["group"] for row in rows))}
    drawn = [_bar(row, strips[row["group"]], tallest) for row in rows]
    text = ("group", "period", "shown", "note", "said")
    return tidy([*drawn, *_names(rows, strips)], text=text, number=("down", "top"))


def _bar(row: Row, base: int, tallest: float) -> Row:
    at = {"group": row["group"], "period": row["period"], "down": base}
    if row["count"] is None:
        return at | {"part": "hidden", "note": row["symbol"] or "–"}
    shown = whole(row["count"])
    told = {"shown": shown, "said": f"{row['group']}, {row['period']}: {shown}"}
    return at | told | {"part": "count", "top": base - BARS * row["count"] / tallest}


def _names(rows: list[Row], strips: dict[str, int]) -> Iterator[Row]:
    for group, base in strips.items():
        latest = [row for row in rows if row["group"] == group][-1]
        yield {"part": "name", "group": group, "period": latest["period"], "down": base,
               "note": f"{_count(latest)} in {latest['period']}"}  # fmt: skip


def _count(row: Row) -> str:
    return (row["symbol"] or "–") if row["count"] is None else whole(row["count"])


def alt_text(frame: pd.DataFrame, *, title: str = "Counts", **_: object) -> str:
    """First and latest count of each group."""
    rows = rows_of(frame, columns, optional=["symbol"])
    told = []
    for group in dict.fromkeys(row["group"] for row in rows):
        own = [row for row in rows if row["group"] == group]
        ends = [f"{_count(row)} in {row['period']}" for row in (own[0], own[-1])]
        told.append(f"{group} {', '.join(dict.fromkeys(ends))}")
    return f"{title}. {'; '.join(told)}."
