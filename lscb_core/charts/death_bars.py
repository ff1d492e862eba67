"""Deaths by year, or by another line of the protected grid: a hidden count stays a letter, never a bar."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, bare_axis, in_order, label, layer, rows_of, said, tidy, tips, y
from lscb_core.charts.theme import Ink, Spec, finish
from lscb_core.domain.numbers import whole
from lscb_core.domain.vocab import SYMBOLS

columns = {
    "label": "name of the year or group, in order",
    "count": "deaths as the protected grid shows them; empty where hidden",
    "symbol": "why it is hidden, such as c; empty where a count is shown",
}


def shape(_frame: pd.DataFrame, *, height: int = 200, **_: object) -> dict[str, int]:
    """What the drawing depends on: its height in pixels alone."""
    return {"height": height}


@lru_cache(maxsize=8)
def spec(ink: Ink, *, height: int) -> Spec:
    """The drawing, the same for all figures."""
    axis = bare_axis(labelAngle=0, labelColor=ink.ink, labelOverlap="greedy")
    group = alt.X(field="label", type="nominal", sort=None, title=None, axis=axis)
    room = alt.Scale(nice=False, zero=True, range=[{"expr": "height"}, 24])
    thick = {"expr": "min(40, 0.6 * bandwidth('x'))"}
    bars = layer("bar", "count", color=ink.blue, width=thick, cornerRadiusEnd=1)
    counts = label("count", dy=-9, fontWeight=600)
    hidden = label("hidden", dy=-9, color=ink.muted)
    told = tips(label="Group", note="Deaths")
    ground = layer("rule", "ground", aria=False, color=ink.faint).encode(
        x=alt.value(0), x2=alt.value("width")
    )
    return finish(
        ink,
        height,
        in_order("label"),
        ground,
        bars.encode(tooltip=told, description=said()),
        counts,
        hidden,
        shared={"x": group, "y": y("count", axis=None, scale=room, stack=None)},
    )


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Bars for shown counts, letters for hidden ones, in the frame's order. Frame: `columns`."""
    drawn = [*map(_bar, rows_of(frame, columns)), {"part": "ground", "count": 0}]
    return tidy(drawn, text=("label", "note", "said"), number=("count",))


def _bar(row: Row) -> Row:
    hidden = row["count"] is None
    note = row["symbol"] if hidden else whole(row["count"])
    return {
        "part": "hidden" if hidden else "count", "label": row["label"], "count": row["count"] or 0,
        "note": note, "said": f"{row['label']}: {_words(row)}",
    }  # fmt: skip


def _words(row: Row) -> str:
    if row["count"] is None:
        return SYMBOLS.get(row["symbol"], "not shown")
    return whole(row["count"])


def alt_text(frame: pd.DataFrame, *, title: str = "Deaths notified", **_: object) -> str:
    """Each count, or why it is not shown."""
    rows = rows_of(frame, columns)
    return f"{title}. " + "; ".join(f"{row['label']}: {_words(row)}" for row in rows) + "."
