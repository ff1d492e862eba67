"""An audit question by question: how many cases met it, of those it applied to, and the likely range."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import question_rows
from lscb_core.charts.parts import Row, label, layer, likely, of, percent, rows_of, said, tidy, tips
from lscb_core.charts.theme import Ink, Spec, finish

columns = {
    "question": "what was asked of each case",
    "met": "cases that met it; empty where it is not known",
    "applicable": "cases it applied to",
    "share": "met of applicable, a fraction of 1; empty where they are too few or cannot be right",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "note": "said instead of a percentage, for instance as reported with its doubt (may be left out)",
}
ROOM = 84


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the pixels that all questions take."""
    return {"height": question_rows.height(frame["question"])}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, height: int) -> Spec:
    """The drawing: the question, under it a grey line with a dot, and '7 of 16' at its right."""
    told = tips(question="Question", note="Met", percent="Share", likely="Likely range (95%)")
    span = layer("rule", "span", aria=False, strokeWidth=3, color=ink.grey)
    dot = layer("point", "span", filled=True, size=130, color=ink.blue, opacity=1)
    counts = label("span", align="left", dx=14, fontWeight=600)
    too_few = label("few", align="left", color=ink.muted)
    return finish(
        ink,
        height + question_rows.AXIS,
        question_rows.texts(ink),
        span.encode(x=alt.X(field="low", type="quantitative"), x2=alt.X2(field="high")),
        dot.encode(tooltip=told, description=said()),
        counts.encode(x=alt.datum(1)),
        too_few.encode(x=alt.value(2)),
        shared=question_rows.beside(height, room=ROOM),
    )


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Questions, dots and counts, in the frame's order. Frame: `columns`."""
    found = question_rows.placed(rows_of(frame, columns, optional=["note"]))
    drawn = [part for row, text in found for part in (text, _answer(row))]
    text = ("question", "broken", "note", "percent", "likely", "said")
    return tidy(drawn, text=text, number=("down", "lines", "share", "low", "high"))


def _answer(row: Row) -> Row:
    part = "few" if row["share"] is None else "span"
    told = {"percent": percent(row["share"]), "likely": likely(row["low"], row["high"])}
    return row | told | {"part": part, "note": _note(row), "said": f"{row['question']} {_said(row)}"}


def _note(row: Row) -> str:
    counts = of(row["met"], row["applicable"])
    if row["share"] is not None:
        return counts
    return row["note"] or f"{counts}: too few for a percentage"


def _said(row: Row) -> str:
    if row["share"] is None:
        return _note(row)
    return f"{_note(row)}, {percent(row['share'])}, likely range {likely(row['low'], row['high'])}"


def alt_text(frame: pd.DataFrame, **_: object) -> str:
    """Every question with its counts, in the frame's order."""
    found = rows_of(frame, columns, optional=["note"])
    return "Cases that met each question. " + "; ".join(f"{r['question']} {_said(r)}" for r in found) + "."
