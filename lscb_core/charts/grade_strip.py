"""The grades of audits over time, one line for each subject, a lettered tile for each audit."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import (
    Row,
    bare_axis,
    colour,
    iso,
    label,
    layer,
    rows_of,
    said,
    tidy,
    tips,
    when,
    x_date,
)
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import month_label
from lscb_core.domain.vocab import Grade

columns = {
    "theme": "subject of the audit",
    "month": "any day of the month of the audit",
    "grade": "outstanding, good, adequate, requires_improvement or inadequate",
    "cases": "cases read; empty where it is not known",
}
GRADES = {grade.value: grade for grade in reversed(Grade)}  # weakest first, as the inks are
ROW_HEIGHT = 34


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the number of subjects."""
    return {"rows": frame["theme"].nunique()}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, rows: int) -> Spec:
    """The drawing: tiles that shrink on a phone, years along the top."""
    tile = when("width < 420", 280, 560)
    letter = when("width < 420", 9, 12)
    told = tips(theme="Audit", month="Month", label="Grade", cases="Cases read")
    tiles = layer(
        "point", "audit", shape="square", filled=True, opacity=1, size=tile, stroke=ink.page, strokeWidth=1
    ).encode(
        color=colour("grade", dict(zip(GRADES, ink.grades, strict=True))), tooltip=told, description=said()
    )
    # Fill, not colour: the letters need a scale of their own beside that of the tiles.
    inks = alt.Scale(domain=list(GRADES), range=list(ink.on_grades))
    letters = label("audit", field="letter", fontSize=letter, fontWeight=600)
    letters = letters.encode(fill=alt.Fill(field="grade", type="nominal", scale=inks, legend=None))
    return finish(ink, ROW_HEIGHT * rows + 28, tiles, letters, shared=_axes(ink))


def _axes(ink: Ink) -> Channels:
    years = bare_axis(format="%Y", tickCount="year", orient="top", grid=True)
    inset = {"range": [16, {"expr": "width - 16"}], "nice": False}
    axis = bare_axis(labelColor=ink.ink, grid=True, labelLimit=130)
    theme = alt.Y(field="theme", type="nominal", sort=None, title=None, axis=axis)
    return {"x": x_date("on", title=None, axis=years, scale=inset), "y": theme}


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Tiles, the subject with the weakest latest grade first. Frame: `columns`."""
    rows = sorted(rows_of(frame, columns), key=lambda row: row["month"])
    order = weakest_first(frame)
    rows.sort(key=lambda row: order.index(row["theme"]))
    text = ("theme", "on", "month", "grade", "letter", "label", "cases", "said")
    return tidy(map(_tile, rows), text=text)


def weakest_first(frame: pd.DataFrame) -> list[str]:
    """The subjects by their latest grade, weakest first; of equals the one audited longest ago first."""
    latest = _latest(frame)
    return sorted(latest, key=lambda theme: (GRADES[latest[theme]["grade"]].rank, latest[theme]["month"]))


def _latest(frame: pd.DataFrame) -> dict[str, Row]:
    return {row["theme"]: row for row in sorted(rows_of(frame, columns), key=lambda row: row["month"])}


def _tile(row: Row) -> Row:
    grade, month = GRADES[row["grade"]], month_label(row["month"])
    cases = f"{row['cases']:.0f}" if row["cases"] is not None else "not stated"
    return {
        "part": "audit", "theme": row["theme"], "on": iso(row["month"]), "month": month, "grade": grade.value,
        "letter": grade.letter, "label": grade.label, "cases": cases,
        "said": f"{row['theme']}, {month}: {grade.label.lower()}",
    }  # fmt: skip


def alt_text(frame: pd.DataFrame, **_: object) -> str:
    """Each subject's latest grade, weakest first."""
    latest = _latest(frame)
    told = [f"{theme} {_words(latest[theme])}" for theme in weakest_first(frame)]
    return f"Grades of {plural(len(frame), 'audit')}. Latest, weakest first: {'; '.join(told)}."


def _words(row: Row) -> str:
    return f"{GRADES[row['grade']].label.lower()}, {month_label(row['month'])}"
