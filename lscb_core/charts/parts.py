"""What the charts share: layers, channels, rows and the way figures are written beside marks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import accumulate, repeat
from math import ceil, floor, isnan, log10
from typing import Any, Literal

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.domain import numbers

Row = dict[str, Any]
Mark = Literal["area", "bar", "line", "point", "rect", "rule", "text"]


def layer(mark: Mark, part: str, *, also: str = "", **style: Any) -> alt.Chart:
    """A layer of bars, points, rules… that draws the table's rows of one part.

    `also` is a further test on a row; layers that say nothing to a screen reader pass `aria=False`.
    """
    drawn = alt.Chart(mark=alt.MarkDef(type=mark, **style))
    return drawn.transform_filter(f"datum.part === '{part}'" + (f" && {also}" if also else ""))


def label(part: str, *, also: str = "", field: str = "note", **style: Any) -> alt.Chart:
    """A layer of text from one column, or what the expression `text` says. Screen readers hear the marks."""
    style.setdefault("text", {"expr": f"datum.{field}"})
    return layer("text", part, also=also, aria=False, **style)


def in_order(field: str) -> alt.Chart:
    """An unseen layer of all rows with this field: drawn first, it keeps groups in the table's order.

    Without it groups would come in the order of the layers, those with bars before those without.
    """
    # Rows without a number count as well: by default they would be dropped before the order is taken.
    unseen = alt.Chart(mark=alt.MarkDef(type="text", aria=False, text="", invalid="show"))
    return unseen.transform_filter(f"datum.{field} !== null")


def x(field: str, **options: Any) -> alt.X:
    """A horizontal position by number. Explicit channels: shorthand costs a schema search each time."""
    return alt.X(field=field, type="quantitative", **options)


def y(field: str, **options: Any) -> alt.Y:
    """A vertical position by number."""
    return alt.Y(field=field, type="quantitative", **options)


def x_date(field: str, **options: Any) -> alt.X:
    """A horizontal position by day. Read as UTC, or a reader's summer time would move the month."""
    scale = options.pop("scale", {})
    return alt.X(field=field, type="temporal", scale=alt.Scale(type="utc", **scale), **options)


def said(field: str = "said") -> alt.Description:
    """What a screen reader says at a mark."""
    return alt.Description(field=field, type="nominal")


def tips(**titles: str) -> list[alt.Tooltip]:
    """A tooltip of text columns: column=title."""
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]


def bare_axis(**options: Any) -> alt.Axis:
    """Labels alone, without a line or ticks."""
    return alt.Axis(domain=False, ticks=False, **options)


def colour(field: str, inks: dict[str, str]) -> alt.Color:
    """Colour by the value of a column; keys in words stand in the note, never in a legend."""
    scale = alt.Scale(domain=list(inks), range=list(inks.values()))
    return alt.Color(field=field, type="nominal", scale=scale, legend=None)


def shapes(field: str, by_value: dict[str, str]) -> alt.Shape:
    """The second cue beside colour."""
    scale = alt.Scale(domain=list(by_value), range=list(by_value.values()))
    return alt.Shape(field=field, type="nominal", scale=scale, legend=None)


def when(test: str, then: object, otherwise: object) -> Row:
    """A value that depends on the drawn width or on the row: an expression for a mark's property."""
    return {"expr": f"{test} ? {_literal(then)} : {_literal(otherwise)}"}


def _literal(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) and not value.startswith("datum.") else str(value)


def tidy(rows: Iterable[Row], *, text: Sequence[str] = (), number: Sequence[str] = ()) -> pa.Table:
    """One table for all layers: `part` and the text columns as words, the others as numbers or empty."""
    fields = [pa.field(name, pa.string()) for name in ("part", *text)]
    fields += [pa.field(name, pa.float64()) for name in number]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))


def rows_of(frame: pd.DataFrame, columns: dict[str, str], *, optional: Sequence[str] = ()) -> list[Row]:
    """The frame's rows as plain values, missing ones as None. Raises KeyError when a column is missing."""
    left_out = set(optional) - set(frame.columns)
    held = {name: repeat(None) if name in left_out else frame[name].tolist() for name in columns}
    numbered = zip(range(len(frame)), *held.values(), strict=False)
    return [dict(zip(held, map(_plain, values), strict=True)) for _, *values in numbered]


def _plain(value: Any) -> Any:
    """Nothing is None, whatever the frame had for it; a day is a day, whether held as a day or a moment."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and isnan(value)):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def iso(day: date) -> str:
    """A day as the drawing reads it: 2026-03-31, at midnight UTC."""
    return day.strftime("%Y-%m-%d")


def percent(share: float | None) -> str:
    """0.4375 as 44%; nothing for nothing."""
    return "" if share is None else numbers.percent(share, places=0)


def say(value: float, unit: str = "") -> str:
    """52%, 11.2 weeks, 12,345: one decimal place where there is one. `unit` is put behind as it is."""
    return f"{value:,.1f}".removesuffix(".0") + unit


def alike(values: Iterable[float | None], unit: str = "") -> Callable[[float], str]:
    """A way to say values that stand beside each other: all with a decimal place, or none."""
    places = int(any(value is not None and round(value, 1) % 1 for value in values))
    return lambda value: f"{value:,.{places}f}{unit}"


def likely(low: float | None, high: float | None) -> str:
    """A range as 23% to 67%; nothing for nothing."""
    return "" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def of(met: float | None, applicable: float | None) -> str:
    """7 of 16; a count that is hidden or unknown stays unsaid."""
    return "" if met is None or applicable is None else numbers.of(int(met), int(applicable))


def reach(values: Sequence[float]) -> tuple[float, float]:
    """Round ends of an axis that holds all values: a new figure seldom changes the drawing."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    step = 10.0 ** floor(log10((high - low) or abs(high) or 1)) / 2
    return round(floor(low / step) * step, 6), round(ceil(high / step) * step or step, 6)


def runs(gaps: Iterable[bool]) -> list[str]:
    """A name for each unbroken stretch, so that no line is drawn across a gap."""
    return [str(broken) for broken in accumulate(int(gap) for gap in gaps)]
