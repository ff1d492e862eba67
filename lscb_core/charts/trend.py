"""A share month by month with its likely range, before and since each threshold document."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from math import ceil, floor
from textwrap import wrap

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import parts
from lscb_core.charts.parts import (
    Row,
    bare_axis,
    iso,
    label,
    layer,
    likely,
    rows_of,
    said,
    tidy,
    tips,
    x_date,
    y,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.numbers import percent
from lscb_core.domain.periods import day, month_label, month_start

columns = {
    "month": "any day of the month",
    "era": "name of the stretch between documents, such as Before or Since",
    "below": "referrals below the threshold; empty where hidden",
    "referrals": "referrals sent; empty where hidden",
    "share": "below of referrals, a fraction of 1; empty where too few or not sent",
    "low": "lower end of the likely range (95%)",
    "high": "upper end of the likely range (95%)",
}
Document = tuple[str, date]  # title, and the day it came into use
Era = tuple[str, float | None]  # name of the stretch, and its share over all its months
HEIGHT = 280
WHAT = "Below the threshold"
TICKS = {6: 1, 12: 3, 10_000: 6}
"""Up to so many months -> a name on the axis for each so many."""


def shape(
    frame: pd.DataFrame, *, documents: Sequence[Document] = (), what: str = WHAT, **_: object
) -> dict[str, float | str]:
    """The reach of the shares, in tenths, with room above for the documents' names; `what` is counted.

    `every` is how many months lie between two names on the axis.
    """
    known = frame.dropna(subset=["share"])
    low, high = (known["low"].min(), known["high"].max()) if len(known) else (0.0, 1.0)
    room = 0.28 if documents else 0.1
    top = high + (high - low) * room
    ends = {"low": max(floor(low * 10), 0) / 10, "high": ceil(round(top * 10, 6)) / 10}
    return {**ends, "what": what, "every": next(step for most, step in TICKS.items() if len(frame) <= most)}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, low: float, high: float, what: str = WHAT, every: int = 6) -> Spec:
    """The drawing; `low` and `high` are the ends of the vertical axis, fractions of 1."""
    run = alt.Detail(field="run", type="nominal")
    told = tips(month="Month", counts=what, percent="Share", likely="Likely range (95%)")
    band = layer("area", "month", aria=False, color=ink.band, opacity=1)
    line = layer("line", "month", aria=False, color=ink.blue, strokeWidth=2)
    points = layer("point", "month", filled=True, size=34, color=ink.blue, opacity=1)
    level = layer("rule", "era", aria=False, color=ink.muted, strokeDash=[4, 3])
    return finish(
        ink,
        HEIGHT,
        band.encode(y=y("low"), y2=alt.Y2(field="high"), detail=run),
        level.encode(x2=alt.X2(field="until")),
        label("era_name", align="left", baseline="bottom", dx=4, dy=-6, color=ink.muted),
        line.encode(detail=run),
        points.encode(tooltip=told, description=said()),
        *_documents(ink),
        shared=_axes(low, high, every),
    )


def _axes(low: float, high: float, every: int) -> Channels:
    months = alt.Axis(
        format="%b %Y", tickCount=alt.TimeIntervalStep("month", every), grid=False, labelOverlap="parity"
    )
    if every == 1:  # a name for each month stands under the whole of it, the first one too
        months.labelAlign = "left"
        months.labelExpr = "datum.value < domain('x')[1] ? datum.label : ''"
    up = bare_axis(format=".0%", tickCount=4)
    inset = {"range": [2, {"expr": "width - 4"}], "nice": "month" if every == 1 else False}
    share = y("share", title=None, axis=up, scale=alt.Scale(domain=[low, high], nice=False))
    return {"x": x_date("on", title=None, axis=months, scale=inset), "y": share}


def _documents(ink: Ink) -> list[alt.Chart]:
    rule = layer("rule", "document", aria=False, color=ink.ink, strokeWidth=1.5)
    style: Row = {"baseline": "top", "fontWeight": 600, "lineBreak": "\n", "lineHeight": 16}
    style["fontSize"] = parts.when("width < 400", 12, 13)
    names = [
        label("document", also=f"datum.side === '{side}'", align=side, dx=dx, **style).encode(y=alt.value(0))
        for side, dx in (("left", 6), ("right", -6))
    ]
    return [rule.encode(y=alt.value(0), y2=alt.value("height")), *names]


def table(
    frame: pd.DataFrame, *, eras: Sequence[Era] = (), documents: Sequence[Document] = (), **_: object
) -> pa.Table:
    """Months, level lines and documents. Frame: `columns`, oldest first."""
    rows = rows_of(frame, columns)
    drawn = [*_months(rows), *_eras(rows, eras), *_rules(rows, documents)]
    text = ("on", "until", "run", "month", "counts", "percent", "likely", "side", "note", "said")
    return tidy(drawn, text=text, number=("share", "low", "high"))


def _months(rows: list[Row]) -> Iterator[Row]:
    unbroken = parts.runs(row["share"] is None for row in rows)
    for row, run in zip(rows, unbroken, strict=True):
        if row["share"] is not None:
            yield _month(row) | {"part": "month", "run": f"{row['era']} {run}"}


def _month(row: Row) -> Row:
    told = {
        "month": month_label(row["month"]),
        "counts": parts.of(row["below"], row["referrals"]),
        "percent": percent(row["share"]),
        "likely": likely(row["low"], row["high"]),
    }
    figures = {name: row[name] for name in ("share", "low", "high")}
    return (
        figures | told | {"on": _middle(row["month"]), "said": "{month}: {counts}, {percent}".format(**told)}
    )


def _eras(rows: list[Row], eras: Sequence[Era]) -> Iterator[Row]:
    for era, share in eras:
        own = [row for row in rows if row["era"] == era]
        if own and share is not None and not pd.isna(share):
            on, until = _middle(own[0]["month"]), _middle(own[-1]["month"])
            yield {"part": "era", "on": on, "until": until, "share": share}
            # The name stands on top of the range of the months it would otherwise cover.
            tops = [row["high"] for row in own[: max(len(own) // 2, 6)] if row["high"] is not None]
            note = f"{era}: {percent(share)}"
            yield {"part": "era_name", "on": on, "share": max(tops, default=share), "note": note}


def _middle(month: date) -> str:
    """A month's figure stands in its middle, so that a document of its first day stands before it."""
    return iso(month.replace(day=15))


def _rules(rows: list[Row], documents: Sequence[Document]) -> Iterator[Row]:
    first, last = (rows[0]["month"], rows[-1]["month"]) if rows else (date.max, date.min)
    for title, since in documents:
        if month_start(first) <= since <= last:
            note = "\n".join([*wrap(title, 22), f"in use, {day(since)}"])
            side = "right" if (since - first) > (last - first) * 0.5 else "left"
            yield {"part": "document", "on": iso(since), "side": side, "note": note}


def alt_text(
    frame: pd.DataFrame,
    *,
    eras: Sequence[Era] = (),
    documents: Sequence[Document] = (),
    title: str = "Share below the threshold each month",
    **_: object,
) -> str:
    """The level of each stretch, the documents between, and the latest month."""
    levels = ", ".join(f"{era} {percent(share)}" for era, share in eras if share is not None)
    known = [row for row in rows_of(frame, columns) if row["share"] is not None]
    told = [f"{title}.", *([f"{levels}."] if levels else [])]
    told += [f"{title} in use since {day(since)}." for title, since in documents]
    if known:
        last = known[-1]
        told.append(f"Latest, {_month(last)['said']}.")
    return " ".join(told)
