"""What has been sent: one line for each partner, a lettered tile for each month in which a return was due."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts.parts import Row, bare_axis, colour, iso, label, layer, rows_of, said, tidy, tips, when
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import month_label
from lscb_core.domain.returns import Sending

columns = {
    "agency": "partner (empty: all the others)",
    "month": "last day of the month in which its returns were due",
    "state": "what became of them, the worst of several: a code of Sending",
    "told": "each of them in words",
}
ROW_HEIGHT = 34
OTHERS = "All others"
# Where there is room the year too; on a phone the first letter of each month.
MONTH = (
    "width > 860 ? utcFormat(toDate(datum.value), '%b %Y') : width > 500 ? "
    "utcFormat(toDate(datum.value), '%b') : slice(utcFormat(toDate(datum.value), '%b'), 0, 1)"
)


def shape(frame: pd.DataFrame, **_: object) -> dict[str, int]:
    """What the drawing depends on: the number of partners."""
    return {"rows": frame["agency"].nunique()}


@lru_cache(maxsize=64)
def spec(ink: Ink, *, rows: int) -> Spec:
    """The drawing: tiles that shrink on a phone, months along the top."""
    tile = when("width < 420", 260, 560)
    told = tips(partner="Partner", month="Due in", label="What came", told="Returns")
    fills, letters_on = _inks(ink)
    tiles = layer(
        "point", "month", shape="square", filled=True, opacity=1, size=tile, stroke=ink.page, strokeWidth=1
    ).encode(color=colour("state", fills), tooltip=told, description=said())
    # Fill, not colour: the letters need a scale of their own beside that of the tiles.
    scale = alt.Scale(domain=list(letters_on), range=list(letters_on.values()))
    letters = label("month", field="letter", fontSize=when("width < 420", 10, 12), fontWeight=600)
    letters = letters.encode(fill=alt.Fill(field="state", type="nominal", scale=scale, legend=None))
    return finish(ink, ROW_HEIGHT * rows + 28, tiles, letters, shared=_axes(ink))


def _inks(ink: Ink) -> tuple[dict[str, str], dict[str, str]]:
    """The colour of each tile, and of the letter on it."""
    fills, letters = ink.grades, ink.on_grades
    return (
        {
            Sending.NOTHING.value: fills[0],
            Sending.REJECTED.value: ink.plum,
            Sending.LATE.value: fills[1],
            Sending.NOT_DUE.value: fills[2],
            Sending.SENT.value: fills[3],
        },
        {
            Sending.NOTHING.value: letters[0],
            Sending.REJECTED.value: ink.page,
            Sending.LATE.value: letters[1],
            Sending.NOT_DUE.value: letters[2],
            Sending.SENT.value: letters[3],
        },
    )


def _axes(ink: Ink) -> Channels:
    months = bare_axis(orient="top", labelAngle=0, labelExpr=MONTH, labelOverlap=False)
    # As strings from the year to the day, months stand in their order.
    month = alt.X(field="on", type="ordinal", sort="ascending", title=None, axis=months)
    partners = bare_axis(labelColor=ink.ink, grid=True, labelLimit=when("width < 420", 130, 190))
    return {"x": month, "y": alt.Y(field="partner", type="nominal", sort=None, title=None, axis=partners)}


def table(frame: pd.DataFrame, **_: object) -> pa.Table:
    """A tile for each partner and month, in the order of the frame. Frame: `columns`."""
    text = ("partner", "on", "month", "state", "letter", "label", "told", "said")
    return tidy(map(_tile, rows_of(frame, columns)), text=text)


def _tile(row: Row) -> Row:
    state, partner, month = Sending.of(row["state"]), row["agency"] or OTHERS, month_label(row["month"])
    return {
        "part": "month", "partner": partner, "on": iso(row["month"]), "month": month, "state": state.value,
        "letter": state.letter, "label": state.label, "told": row["told"],
        "said": f"{partner}, due in {month}: {state.label.lower()}",
    }  # fmt: skip


def alt_text(frame: pd.DataFrame, **_: object) -> str:
    """How many months each partner missed, those that missed most first."""
    counts: dict[str, dict[Sending, int]] = {}
    for row in rows_of(frame, columns):
        told = counts.setdefault(row["agency"] or OTHERS, {})
        state = Sending.of(row["state"])
        told[state] = told.get(state, 0) + 1
    lines = "; ".join(f"{partner} {_counted(told)}" for partner, told in counts.items())
    return f"Returns of {plural(len(counts), 'partner')} by month{': ' if lines else ''}{lines}."


def _counted(told: dict[Sending, int]) -> str:
    return ", ".join(f"{state.label.lower()} {told[state]}" for state in Sending if state in told)
