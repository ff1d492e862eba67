"""What the panel learned, and beside each lesson the action that followed."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.findings import deaths as finds
from lscb_core.queries.panel import LESSONS, lessons
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MOST_SHOWN = 6
BESIDE = [2, 3]


def lesson_list(page: Page) -> None:
    """Lessons whose action is late first, then those without an action; the rest in the table."""
    learned = page.ask(lessons)
    if learned.empty:
        _none(page)
        return
    show.finding(page.keep("lessons/title", lambda: finds.lessons(learned)), _about(learned))
    if page.view != page.view.without():
        show.note("Only lessons whose action fits the filters. The counts above are of the whole area.")
    for row in page.keep("lessons/rows", lambda: show.rows_of(learned.head(MOST_SHOWN))):
        _lesson(row, source="" if page.choices.is_invented else row["source"])
    show.twin(page, learned, LESSONS, "lessons")


def _none(page: Page) -> None:
    show.finding("No lesson of the panel is recorded", "Nothing that it learned was known on this day.")
    if page.view != page.view.without():
        show.empty(page, "Lessons are picked by their action: none of them fits these filters.")


def _about(learned: pd.DataFrame) -> str:
    said = "What the panel learned, and the action that followed. Late ones first."
    many = len(learned)
    return said if many <= MOST_SHOWN else f"{said} {MOST_SHOWN} of {many} are shown; all are in the table."


def _lesson(row: dict[str, Any], *, source: str) -> None:
    left, right = st.columns(BESIDE, gap="xsmall")  # one above the other on a phone, close together
    about = ". ".join(words for words in (row["theme"], source) if words)
    left.markdown(f"{plain(row['lesson'])}  \n:small[:gray[{plain(about)}]]")
    if not row["now"]:
        right.markdown(":orange-badge[No action] **No action is recorded for this lesson**")
        return
    with right.container(gap=None):
        show.action_line(row)
        show.go("actions", f"Open action {row['number']}", action=str(row["number"]))
