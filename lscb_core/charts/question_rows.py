"""The frame that question charts share: each question stands above its own line, so nothing is cut.

Rows are placed in pixels, since a question may need more lines of text on a phone.
"""

from collections.abc import Iterable, Iterator
from textwrap import wrap

import altair as alt

from lscb_core.charts.parts import Row, bare_axis, label, x, y
from lscb_core.charts.theme import Channels, Ink

ROW, LINE, AXIS = 48, 16, 28
# A question wider than the chart is broken into lines of so many characters, which a phone can hold.
PHONE_LINE = 46
CHARACTER = 6.9  # pixels of an average character at 13 pixels


def height(questions: Iterable[str]) -> int:
    """Pixels that all rows take."""
    return sum(_row(question) for question in questions)


def placed(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Each row with `down`, the pixels from the top to its marks, and the row of its text."""
    top = 0
    for row in rows:
        broken = wrap(row["question"], PHONE_LINE)
        top += _row(row["question"])
        at = {"question": row["question"], "down": top - 12}
        yield row | at, at | {"part": "question", "broken": "\n".join(broken), "lines": len(broken)}


def beside(height: int, *, room: int) -> Channels:
    """Rows down, shares across, with `room` pixels at the right for the counts."""
    axis = bare_axis(format=".0%", values=[0, 0.5, 1], grid=True, orient="top",
        labelAlign={"expr": "datum.index === 0 ? 'left' : 'center'"})  # fmt: skip
    share = alt.Scale(domain=[0, 1], range=[2, {"expr": f"width - {room}"}])
    pixels = alt.Scale(domain=[height, 0], nice=False)
    return {"y": y("down", scale=pixels, axis=None), "x": x("share", title=None, scale=share, axis=axis)}


def texts(ink: Ink) -> alt.Chart:
    """The questions, each ending just above its marks."""
    too_wide = f"length(datum.question) * {CHARACTER} > width"
    text = label(
        "question", align="left", baseline="top", color=ink.ink, lineHeight=LINE, lineBreak="\n",
        limit={"expr": "width"},
        text={"expr": f"{too_wide} ? datum.broken : datum.question"},
        dy={"expr": f"-25 - {LINE} * ({too_wide} ? datum.lines - 1 : 0)"},
    )  # fmt: skip
    return text.encode(x=alt.value(2))


def _row(question: str) -> int:
    return ROW + LINE * (len(wrap(question, PHONE_LINE)) - 1)
