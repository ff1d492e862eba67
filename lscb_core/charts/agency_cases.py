"""Who met the standard in which case, where every agency audited the same cases."""

from collections.abc import Iterator
from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, bare_axis, colour, label, layer, of, rows_of, said, tidy, tips
from lscb_core.charts.theme import Channels, Ink, Spec, finish

columns = {
    "agency": "who audited the case",
    "case": "name of the case without anything that could point to a child, such as Case 1",
    "answer": "met, not_met or not_applicable",
}
ANSWERS = {"met": ("Y", "met"), "not_met": ("N", "not met"), "not_applicable": ("–", "did not apply")}
ROW_HEIGHT, AXIS = 32, 28


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the number of agencies and of cases."""
    return {"rows": frame["agency"].nunique(), "cases": frame["case"].nunique()}


@lru_cache(maxsize=32)
def spec(ink: Ink, *, rows: int, cases: int) -> Spec:
    """The drawing: a lettered tile for each agency and case, and '3 of 5' at the right."""
    fills = dict(zip(ANSWERS, (ink.grades[3], ink.grades[0], ink.grades[2]), strict=True))
    inks = (ink.on_grades[3], ink.on_grades[0], ink.muted)
    on_tile = alt.Scale(domain=list(ANSWERS), range=list(inks))
    told = tips(agency="Agency", case="Case", words="Standard")
    tiles = layer("rect", "tile", cornerRadius=4)
    # Where many cases leave narrow tiles, the letters shrink with them.
    size = {"expr": "clamp(0.8 * bandwidth('x'), 6, 13)"}
    letters = label("tile", fontWeight=600, fontSize=size).encode(
        fill=alt.Fill(field="answer", type="nominal", scale=on_tile, legend=None)
    )
    return finish(
        ink,
        ROW_HEIGHT * rows + AXIS,
        tiles.encode(color=colour("answer", fills), tooltip=told, description=said()),
        letters,
        label("total", align="left", dx=8, fontWeight=600).encode(x=alt.value({"expr": _reach(cases)})),
        shared=_axes(ink, cases),
    )


def _axes(ink: Ink, cases: int) -> Channels:
    over = bare_axis(orient="top", labelAngle=0, labelOverlap="greedy", labelSeparation=8, grid=False)
    beside = bare_axis(labelColor=ink.ink, labelLimit=150, grid=False)
    room = alt.Scale(range=[0, {"expr": _reach(cases)}], paddingInner=0.07, paddingOuter=0)
    return {
        "x": alt.X(field="case", type="nominal", sort=None, title=None, scale=room, axis=over),
        "y": alt.Y(
            field="agency",
            type="nominal",
            sort=None,
            title=None,
            axis=beside,
            scale=alt.Scale(paddingInner=0.1),
        ),
    }


def _reach(cases: int) -> str:
    """Where the tiles end: wide enough to be read, with room for the counts at the right."""
    return f"min(width - 62, 64 * {cases})"


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """Tiles and each agency's count, in the frame's order. Frame: `columns`."""
    rows = rows_of(frame, columns)
    drawn = [*map(_tile, rows), *_totals(rows)]
    return tidy(drawn, text=("agency", "case", "answer", "words", "note", "said"))


def _tile(row: Row) -> Row:
    letter, words = ANSWERS[row["answer"]]
    return row | {
        "part": "tile",
        "note": letter,
        "words": words,
        "said": f"{row['agency']}, {row['case']}: {words}",
    }


def _totals(rows: list[Row]) -> Iterator[Row]:
    for agency in dict.fromkeys(row["agency"] for row in rows):
        answers = [row["answer"] for row in rows if row["agency"] == agency]
        applied = len(answers) - answers.count("not_applicable")
        yield {"part": "total", "agency": agency, "note": of(answers.count("met"), applied)}


def alt_text(frame: pd.DataFrame, **_: object) -> str:
    """How many of the cases each agency met, in the frame's order."""
    told = [f"{row['agency']} {row['note']}" for row in _totals(rows_of(frame, columns))]
    return f"Cases in which each agency met the standard: {'; '.join(told)}."
