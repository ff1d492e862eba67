"""A council beside England and its statistical neighbours: a dot for each, no league table."""

from collections.abc import Callable
from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, alike, bare_axis, in_order, label, layer, rows_of, said, tidy, tips, x
from lscb_core.charts.theme import Channels, Ink, Spec, finish

columns = {
    "area": "name of the council, or England",
    "kind": "board, neighbour or england",
    "value": "the measure's value, percentages as 22.4; empty where a symbol stands",
    "symbol": "why there is no value, such as c; empty where there is one",
}
ROW_HEIGHT, ENGLAND = 26, 24


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int | str]:
    """What the drawing depends on: the number of councils, and the name of the board's own."""
    councils = frame[frame["kind"] != "england"]
    own = frame.loc[frame["kind"] == "board", "area"]
    return {"rows": len(councils), "board": own.iloc[0] if len(own) else ""}


@lru_cache(maxsize=128)
def spec(ink: Ink, *, rows: int, board: str) -> Spec:
    """The drawing: the board filled and bold, neighbours outlined in grey, England a line."""
    told = tips(area="Area", shown="Value")
    own = layer("point", "board", filled=True, size=150, color=ink.blue, opacity=1)
    others = layer("point", "neighbour", filled=True, size=80, fill=ink.page, stroke=ink.grey, strokeWidth=2)
    dots = [
        dot.encode(tooltip=told, description=said()) for dot in (others.encode(opacity=alt.value(1)), own)
    ]
    england = layer("rule", "england", aria=False, color=ink.ink, strokeWidth=1.2)
    name = label("england", baseline="bottom", dy=-3, fontWeight=600)
    right = {"x": alt.value("width")}
    return finish(
        ink,
        ROW_HEIGHT * rows + ENGLAND,
        in_order("area"),
        england.encode(y=alt.value(0), y2=alt.value("height")),
        name.encode(y=alt.value(0)),
        *dots,
        label("board", align="right", fontWeight=600).encode(**right),
        label("neighbour", align="right", color=ink.muted).encode(**right),
        label("missing", align="left", color=ink.muted, dx=4).encode(x=alt.value(0)),
        shared=_axes(ink, board),
    ) | {"padding": {"left": 0, "right": 6, "top": ENGLAND, "bottom": 2}}


def _axes(ink: Ink, board: str) -> Channels:
    own = f"datum.value === {board!r}"
    axis = bare_axis(grid=True, labelColor=ink.ink, labelLimit=160,
        labelFontWeight={"condition": {"test": own, "value": 700}, "value": 400})  # fmt: skip
    area = alt.Y(field="area", type="nominal", sort=None, title=None, axis=axis)
    scale = alt.Scale(zero=False, nice=False, range=[16, {"expr": "width - 64"}])
    return {"y": area, "x": x("value", title=None, scale=scale, axis=None)}


def table(frame: pd.DataFrame, *, unit: str = "", **_: object) -> pa.Table:
    """A dot or a symbol for each council in the frame's order, and England's line. Frame: `columns`."""
    rows = rows_of(frame, columns)
    write = alike((row["value"] for row in rows), unit)
    drawn = [_area(row, write) for row in rows]
    return tidy(drawn, text=("area", "shown", "note", "said"), number=("value",))


def _area(row: Row, write: Callable[[float], str]) -> Row:
    if row["value"] is None:
        return {"part": "missing", "area": row["area"], "note": row["symbol"] or "no figure"}
    shown = write(row["value"])
    if row["kind"] == "england":
        return {"part": "england", "value": row["value"], "note": f"{row['area']} {shown}"}
    return {
        "part": row["kind"], "area": row["area"], "value": row["value"],
        "shown": shown, "note": shown, "said": f"{row['area']}: {shown}",
    }  # fmt: skip


def alt_text(frame: pd.DataFrame, *, title: str = "Measure", unit: str = "", **_: object) -> str:
    """The board's value, England's, and the neighbours' range with how many lie above and below."""
    rows = rows_of(frame, columns)
    known = [row for row in rows if row["value"] is not None]
    write = alike((row["value"] for row in known), unit)
    told = [f"{row['area']} {write(row['value'])}" for row in known if row["kind"] != "neighbour"]
    values = [row["value"] for row in known if row["kind"] == "neighbour"]
    own = next((row["value"] for row in known if row["kind"] == "board"), None)
    if values:
        told.append(f"neighbours {write(min(values))} to {write(max(values))}")
    if values and own is not None:
        told.append(f"{sum(value > own for value in values)} of {len(values)} neighbours are higher")
    return f"{title}. {'; '.join(told)}."
