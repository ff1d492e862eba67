"""Who holds the late actions: one bar for each agency, filled for long late, outlined for newly late."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, bare_axis, label, layer, rows_of, said, tidy, tips, x
from lscb_core.charts.theme import Ink, Spec, finish
from lscb_core.domain.numbers import plural, whole

columns = {
    "agency": "lead agency",
    "over_28": "actions late by more than 28 days",
    "up_to_28": "actions late by 28 days or fewer",
    "longest": "days late of its longest late action",
}
ROW_HEIGHT = 30


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the number of agencies."""
    return {"rows": len(frame)}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, rows: int) -> Spec:
    """The drawing: bars end where the words beside them still fit, on a phone too."""
    axis = bare_axis(labelColor=ink.ink, labelLimit=150, grid=False)
    agency = alt.Y(field="agency", type="nominal", sort=None, title=None, axis=axis)
    room = alt.Scale(range=[0, {"expr": "max(20, min(width * 0.6, width - 145))"}], nice=False)
    shared = {"y": agency, "x": x("start", scale=room, axis=None)}
    tip = tips(agency="Agency", how="How late", count="Actions late")
    inks = {"over_28": (ink.orange, ink.orange), "up_to_28": (ink.page, ink.grey)}
    bars = [
        layer("bar", part, height=17, fill=fill, stroke=stroke, strokeWidth=1.5).encode(
            x2=alt.X2(field="end"), tooltip=tip, description=said()
        )
        for part, (fill, stroke) in inks.items()
    ]
    # The notes come first: they name every agency, and so settle the order of the rows.
    return finish(ink, ROW_HEIGHT * rows + 8, label("note", align="left", dx=7), *bars, shared=shared)


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """The bars and their notes, in the frame's order. Frame: `columns`."""
    drawn = [row for agency in rows_of(frame, columns) for row in _agency(agency)]
    return tidy(drawn, text=("agency", "how", "count", "note", "said"), number=("start", "end"))


def _agency(row: Row) -> list[Row]:
    over, upto = row["over_28"], row["up_to_28"]
    agency, total = row["agency"], over + upto
    bars = [
        ("over_28", 0, over, "more than 28 days"),
        ("up_to_28", over, total, "28 days or fewer"),
    ]
    drawn = [
        {"part": name, "agency": agency, "start": start, "end": end, "how": how, "count": f"{end - start:,}",
         "said": f"{agency}: {end - start:,} late by {how}"}
        for name, start, end, how in bars
        if end > start
    ]  # fmt: skip
    return [*drawn, {"part": "note", "agency": agency, "start": total, "note": _note(row)}]


def _note(row: Row) -> str:
    return f"{whole(row['over_28'] + row['up_to_28'])}, longest {plural(row['longest'], 'day')}"


def alt_text(frame: pd.DataFrame, **_: object) -> str:
    """The bars in words, most late first as the frame has it."""
    if frame.empty:
        return "No action is late."
    said_rows = "; ".join(f"{row['agency']} {_note(row)}" for row in rows_of(frame, columns))
    return f"Late actions by agency. {said_rows}."
