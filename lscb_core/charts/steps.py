"""From contact to protection plan: how many at each step, and the share of the step before.

With other words for `of` also any whole in its parts, such as plans by category of abuse.
"""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import (
    Row,
    bare_axis,
    in_order,
    label,
    layer,
    percent,
    rows_of,
    said,
    tidy,
    tips,
    x,
)
from lscb_core.charts.theme import Ink, Spec, finish
from lscb_core.domain.numbers import whole

columns = {
    "step": "name of the step, first step first",
    "n": "how many in the year; empty where hidden or not held",
    "share": "share of the step before, a fraction of 1; empty where there is none",
    "was": "the same share a year earlier, a fraction of 1; empty where there is none",
    "symbol": "why a number is missing, such as c (may be left out)",
}
ROW_HEIGHT = 44


OF = "Of the step before"


def shape(frame: pd.DataFrame, *, of: str = OF, **_: object) -> dict[str, int | str | bool]:
    """What the drawing depends on: the number of steps, what a share is `of`, and whether any has a bar."""
    return {"rows": len(frame), "of": of, "is_blank": not (frame["n"].fillna(0) > 0).any()}


@lru_cache(maxsize=32)
def spec(ink: Ink, *, rows: int, of: str = OF, is_blank: bool = False) -> Spec:
    """The drawing: bars from the left; a phone leaves out the year before."""
    axis = bare_axis(labelColor=ink.ink, labelLimit=190, grid=False)
    step = alt.Y(field="step", type="nominal", sort=None, title=None, axis=axis)
    phone = "width < 320"
    reach = {"expr": f"max(20, width - ({phone} ? 100 : 175))"}
    # Without any bar the scale would have no length, and would put all letters into the middle.
    room = alt.Scale(nice=False, range=[0, reach], domain=[0, 1] if is_blank else alt.Undefined)
    told = tips(step="Step", shown="Number", percent=of, before="A year earlier")
    bars = layer("bar", "step", height=20, color=ink.blue, cornerRadiusEnd=1)
    note = label("step", align="left", dx=7, text={"expr": f"{phone} ? datum.short : datum.note"})
    missing = label("missing", align="left", dx=4, color=ink.muted)
    shared = {"y": step, "x": x("n", scale=room, axis=None, stack=None)}
    drawn = [note, missing, bars.encode(tooltip=told, description=said())]
    return finish(ink, ROW_HEIGHT * rows, in_order("step"), *drawn, shared=shared)


def table(frame: pd.DataFrame, *, of: str = OF, **_: object) -> pa.Table:
    """Bars and notes, in the frame's order. Frame: `columns`."""
    drawn = [_step(row, of) for row in rows_of(frame, columns, optional=["symbol"])]
    text = ("step", "shown", "percent", "before", "short", "note", "said")
    return tidy(drawn, text=text, number=("n",))


def _step(row: Row, of: str) -> Row:
    if row["n"] is None:
        return {"part": "missing", "step": row["step"], "n": 0, "note": row["symbol"] or "not held"}
    shown, share, was = whole(row["n"]), percent(row["share"]), percent(row["was"])
    short = f"{shown} · {share}" if share else shown
    note = f"{short} (was {was})" if share and was else short
    return {
        "part": "step", "step": row["step"], "n": row["n"], "shown": shown, "percent": share, "before": was,
        "short": short, "note": note, "said": f"{row['step']}: {_words(row, of)}",
    }  # fmt: skip


def _words(row: Row, of: str) -> str:
    if row["n"] is None:
        return row["symbol"] or "not held"
    told = [whole(row["n"])]
    told += [f"{percent(row['share'])} {of.lower()}"] if row["share"] is not None else []
    told += [f"{percent(row['was'])} a year earlier"] if row["was"] is not None else []
    return ", ".join(told)


def alt_text(frame: pd.DataFrame, *, of: str = OF, title: str = "From step to step", **_: object) -> str:
    """Each step, or part of a whole, with its number and shares."""
    rows = rows_of(frame, columns, optional=["symbol"])
    return f"{title}. " + "; ".join(f"{row['step']} {_words(row, of)}" for row in rows) + "."
