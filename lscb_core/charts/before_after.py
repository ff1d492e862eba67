"""The same questions in an audit and its re-audit: what has changed by more than chance."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import parts, question_rows
from lscb_core.charts.parts import Row, colour, label, layer, of, percent, rows_of, said, tidy, tips
from lscb_core.charts.theme import Ink, Spec, finish

columns = {
    "question": "what was asked of each case in both audits",
    "met_before": "cases that met it in the first audit",
    "applicable_before": "cases it applied to in the first audit",
    "share_before": "met of applicable in the first audit, a fraction of 1; empty where too few",
    "met": "cases that met it in the re-audit",
    "applicable": "cases it applied to in the re-audit",
    "share": "met of applicable in the re-audit, a fraction of 1; empty where too few",
    "change": "better, worse, or chance where the likely difference may be none; empty where too few",
}
SAID = {
    "better": "better than chance explains",
    "worse": "worse than chance explains",
    "chance": "may be chance",
}
ROOM = 112


def shape(
    frame: pd.DataFrame, *, before: str = "Before", after: str = "After", **_: object
) -> dict[str, int | str]:
    """What the drawing depends on: the pixels that all questions take, and the names of the two audits."""
    return {"height": question_rows.height(frame["question"]), "before": before, "after": after}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, height: int, before: str, after: str) -> Spec:
    """The drawing: ○ then, ▶ or ◀ now."""
    inks = colour("change", {"better": ink.blue, "worse": ink.orange, "chance": ink.grey})
    shapes = parts.shapes("way", {"up": "triangle-right", "down": "triangle-left", "same": "circle"})
    told = tips(question="Question", was=before, now=after, how="Against chance")
    line = layer("rule", "change", aria=False, strokeWidth=3)
    then = layer(
        "point", "change", aria=False, filled=True, fill=ink.page, stroke=ink.grey, strokeWidth=2, size=90
    )
    now = layer("point", "change", filled=True, size=140, opacity=1)
    start = alt.X(field="share_before", type="quantitative")
    return finish(
        ink,
        height + question_rows.AXIS,
        question_rows.texts(ink),
        line.encode(x=start, x2=alt.X2(field="share"), color=inks, tooltip=told),
        then.encode(x=start, opacity=alt.value(1), tooltip=told),
        now.encode(color=inks, shape=shapes, tooltip=told, description=said()),
        label("change", align="left", dx=12).encode(x=alt.datum(1)),
        label("few", align="left", color=ink.muted).encode(x=alt.value(2)),
        shared=question_rows.beside(height, room=ROOM),
    )


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Questions and arrows, in the frame's order. Frame: `columns`."""
    found = question_rows.placed(rows_of(frame, columns))
    drawn = [part for row, text in found for part in (text, _change(row))]
    text = ("question", "broken", "change", "way", "was", "now", "how", "note", "said")
    return tidy(drawn, text=text, number=("down", "lines", "share_before", "share"))


def _change(row: Row) -> Row:
    was, now = of(row["met_before"], row["applicable_before"]), of(row["met"], row["applicable"])
    told = {"was": was, "now": now, "said": f"{row['question']} {_said(row)}"}
    if row["change"] is None:
        return row | told | {"part": "few", "note": f"{was}, then {now}: too few to compare"}
    note = " → ".join(counts.replace(" of ", "/") for counts in (was, now))
    return row | told | {"part": "change", "way": _way(row), "how": SAID[row["change"]], "note": note}


def _way(row: Row) -> str:
    if row["share"] == row["share_before"]:
        return "same"
    return "up" if row["share"] > row["share_before"] else "down"


def _said(row: Row) -> str:
    was, now = of(row["met_before"], row["applicable_before"]), of(row["met"], row["applicable"])
    if row["change"] is None:
        return f"{was}, then {now}: too few to compare"
    shares = f"{percent(row['share_before'])} to {percent(row['share'])}"
    return f"{was}, then {now}: {shares}, {SAID[row['change']]}"


def alt_text(
    frame: pd.DataFrame, *, before: str = "first audit", after: str = "re-audit", **_: object
) -> str:
    """Every question then and now, in the frame's order."""
    told = "; ".join(f"{row['question']} {_said(row)}" for row in rows_of(frame, columns))
    return f"Each question in the {before} and the {after}. {told}."
