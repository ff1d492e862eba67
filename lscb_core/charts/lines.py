"""A measure year by year: the council, England, and the range of the statistical neighbours."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from textwrap import wrap

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import (
    Row,
    alike,
    bare_axis,
    label,
    layer,
    reach,
    rows_of,
    runs,
    said,
    tidy,
    tips,
    x,
    y,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish

columns = {
    "year": "year in which the period ends, such as 2024, without gaps, oldest first",
    "board": "the council's value, percentages as 22.4; empty where a symbol stands",
    "england": "England's value; empty where there is none",
    "low": "lowest value among the neighbours; empty where there is none",
    "high": "highest value among the neighbours; empty where there is none",
    "symbol": "why the council has no value, such as c or x; empty where it has one",
}
HEIGHT, PLOT, LINE, ROOM, GAP = 260, 226, 15, 92, 2
Write = Callable[[float], str]


def shape(frame: pd.DataFrame, *, unit: str = "", **_: object) -> dict[str, float | bool]:
    """The reach of the values, rounded, and whether they are percentages."""
    low, high = _reach(frame)
    return {"low": low, "high": high, "percent": unit == "%"}


def _reach(frame: pd.DataFrame) -> tuple[float, float]:
    values = frame[["board", "england", "low", "high"]].to_numpy().ravel()
    return reach([float(value) for value in values if not pd.isna(value)])


@lru_cache(maxsize=128)
def spec(ink: Ink, *, low: float, high: float, percent: bool) -> Spec:
    """The drawing; `low` and `high` are the ends of the vertical axis."""
    run = alt.Detail(field="run", type="nominal")
    told = tips(when="Year to 31 March", name="Area", shown="Value")
    styles = {"england": (ink.ink, 1.5, 24), "board": (ink.blue, 2.5, 50)}
    drawn = []
    for part, (hue, width, size) in styles.items():
        line = layer("line", part, aria=False, color=hue, strokeWidth=width).encode(detail=run)
        dots = layer("point", part, filled=True, color=hue, size=size, opacity=1)
        style: Row = {"align": "left", "baseline": "top", "dx": 8, "dy": {"expr": "datum.dy"}}
        name = label(f"{part}_name", color=hue, fontWeight=600, lineBreak="\n", lineHeight=LINE, **style)
        drawn += [line, dots.encode(tooltip=told, description=said()), name]
    band = layer("area", "band", aria=False, color=ink.band, opacity=1).encode(
        y2=alt.Y2(field="high"), detail=run
    )
    symbol = label("symbol", color=ink.muted, dy=-8).encode(y=alt.value("height"))
    return finish(ink, HEIGHT, band, *drawn, symbol, shared=_axes(low, high, percent))


def _axes(low: float, high: float, percent: bool) -> Channels:
    years = alt.Axis(format="d", tickCount=6, tickMinStep=1, grid=False, labelOverlap="greedy")
    room = alt.Scale(zero=False, nice=False, range=[12, {"expr": f"width - {ROOM}"}])
    sign = "datum.label + '%'" if percent else "datum.label"
    up = bare_axis(tickCount=5, labelExpr=sign)
    value = y("value", title=None, axis=up, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    return {"x": x("year", title=None, axis=years, scale=room), "y": value}


def table(frame: pd.DataFrame, *, board: str, unit: str = "", **_: object) -> pa.Table:
    """Band, lines, symbols and the names at the lines' ends. Frame: `columns`."""
    rows = rows_of(frame, columns)
    write = _writing(rows, unit)
    drawn = [*_band(rows), *_line(rows, "england", "England", write), *_line(rows, "board", board, write)]
    drawn += [
        {"part": "symbol", "year": row["year"], "note": row["symbol"]}
        for row in rows
        if row["board"] is None and row["symbol"]
    ]
    drawn += _names(rows, {"board": board, "england": "England"}, write, *_reach(frame))
    return tidy(
        drawn, text=("run", "when", "name", "shown", "note", "said"), number=("year", "value", "high", "dy")
    )


def _band(rows: list[Row]) -> Iterator[Row]:
    for row, run in zip(rows, runs(row["low"] is None for row in rows), strict=True):
        if row["low"] is not None:
            yield {"part": "band", "year": row["year"], "value": row["low"], "high": row["high"], "run": run}


def _line(rows: list[Row], part: str, name: str, write: Write) -> Iterator[Row]:
    for row, run in zip(rows, runs(row[part] is None for row in rows), strict=True):
        if row[part] is not None:
            shown = write(row[part])
            yield {"part": part, "year": row["year"], "value": row[part], "run": run, "name": name,
                   "when": f"{row['year']:.0f}", "shown": shown,
                   "said": f"{name}, {row['year']:.0f}: {shown}"}  # fmt: skip


def _names(rows: list[Row], names: dict[str, str], write: Write, low: float, high: float) -> Iterator[Row]:
    """Each line's name and last value at the right, moved apart where they would touch."""
    last = {part: [row for row in rows if row[part] is not None][-1:] for part in names}
    ends = sorted(((row[0][part], part) for part, row in last.items() if row), reverse=True)
    notes = [
        [*wrap(names[part], 11), write(value), *_in_year(last[part][0], rows[-1])] for value, part in ends
    ]
    at = [(high - value) / (high - low) * PLOT for value, _ in ends]
    tops = _apart(at, [len(note) * LINE for note in notes])
    for (value, part), note, middle, top in zip(ends, notes, at, tops, strict=True):
        yield {"part": f"{part}_name", "year": rows[-1]["year"], "value": value, "dy": top - middle,
               "note": "\n".join(note)}  # fmt: skip


def _apart(middles: list[float], heights: list[int]) -> list[float]:
    """Where names begin, in pixels from the top: down until none touch, then up until all are inside."""
    tops: list[float] = []
    free, end = 0.0, float(PLOT)
    for middle, height in zip(middles, heights, strict=True):
        tops.append(max(middle - height / 2, free))
        free = tops[-1] + height + GAP
    for name in reversed(range(len(tops))):
        tops[name] = min(tops[name], end - heights[name])
        end = tops[name] - GAP
    return tops


def _writing(rows: list[Row], unit: str) -> Write:
    return alike((row[part] for row in rows for part in ("board", "england")), unit)


def _in_year(last: Row, latest: Row) -> list[str]:
    """The year of a line that ends before the others."""
    return [] if last["year"] == latest["year"] else [f"in {last['year']:.0f}"]


def alt_text(frame: pd.DataFrame, *, board: str, title: str = "Measure", unit: str = "", **_: object) -> str:
    """First and last values of the council and of England, and the years without a figure."""
    rows = rows_of(frame, columns)
    write = _writing(rows, unit)
    told = []
    for part, name in (("board", board), ("england", "England")):
        known = [row for row in rows if row[part] is not None]
        if known:
            ends = [f"{write(row[part])} in {row['year']:.0f}" for row in (known[0], known[-1])]
            told.append(f"{name} {' to '.join(ends)}")
    gaps = [f"{row['year']:.0f} ({row['symbol']})" for row in rows if row["board"] is None and row["symbol"]]
    told += [f"no figure for {board} in {', '.join(gaps)}"] if gaps else []
    return f"{title}. {'; '.join(told)}."
