"""Lists of what a file would change, of its problems and its notes: the first ones, the rest to take away."""

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from lscb_core.domain.numbers import plural
from lscb_core.imports.reading import Problem, Reading
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

SHOWN = 200
FIRST = ("Row or record", "What is wrong", "What to do")
"""What a phone should show of a problem without scrolling aside."""
WIDTHS = {
    "Before": st.column_config.TextColumn(width=80),
    "Now": st.column_config.TextColumn(width=80),
    "What": st.column_config.TextColumn(width=890),
    "Sheet": st.column_config.TextColumn(width=90),
    "Row or record": st.column_config.TextColumn(width=105),
    "Field": st.column_config.TextColumn(width=115),
    "What is wrong": st.column_config.TextColumn(width=280),
    "What to do": st.column_config.TextColumn(width=470),
}
PROBLEMS = {
    "file": "File",
    "sheet": "Sheet",
    "row": "Row or record",
    "field": "Field",
    "problem": "What is wrong",
    "advice": "What to do",
}
IN_FULL = 3
"""So many problems are said in full above the table, whose cells do not wrap."""
FEW_NOTES = 5


def list_problems(page: Page, made: Reading, *, file: str) -> None:
    """The first problems in full, and all of them in a table where there are more."""
    _say(made.problems[:IN_FULL], st.markdown)
    rows = [
        {name: getattr(one, name) for name in PROBLEMS} | {"file": one.file or file} for one in made.problems
    ]
    listed = pd.DataFrame(rows, columns=list(PROBLEMS)).rename(columns=PROBLEMS)
    listing(
        page, listed, "problems", "Problems in the file",
        more=made.more_problems, as_table=len(listed) > IN_FULL,
    )  # fmt: skip


def list_notes(page: Page, made: Reading) -> None:
    """What was noticed and stops nothing."""
    if not made.notes:
        return
    st.markdown(f"**{plural(len(made.notes) + made.more_notes, 'note')}** on how the file was read:")
    _say(made.notes[:FEW_NOTES], show.note)
    if len(made.notes) > FEW_NOTES:
        names = ("sheet", "row", "field", "problem", "advice")
        rows = [{PROBLEMS[name]: getattr(one, name) for name in names} for one in made.notes]
        with st.popover("All notes", type="tertiary", icon=":material/table_view:"):
            listing(page, pd.DataFrame(rows), "notes", "Notes on the file", more=made.more_notes)


def _say(problems: Iterable[Problem], say: Callable[[str], object]) -> None:
    with st.container(gap="xsmall"):
        for one in problems:
            row = f"row {one.row}" if one.row.isdecimal() else one.row
            where = ", ".join(part for part in (one.sheet, row, one.field) if part)
            place = f"**{plain(where[:1].upper() + where[1:])}:** " if where else ""
            say(f"{place}{plain(f'{one.problem} {one.advice}')}")


def listing(
    page: Page, listed: pd.DataFrame, name: str, alt: str, *, more: int = 0, as_table: bool = True
) -> None:
    """The first rows of a table, how many more there are, and all of it to take away."""
    if as_table:
        _table(listed, name, alt)
    left = max(len(listed) - SHOWN, 0)
    said = [f"The first {SHOWN} are shown; {left:,} more are in the download."] * bool(left)
    said += [f"{more:,} more are not listed."] * bool(more)
    if said:
        show.note(" ".join(said))
    show.downloads(page, listed, name)


def _table(listed: pd.DataFrame, name: str, alt: str) -> None:
    # All lines are of one file: its name stands in the download alone. Columns without a word are left out.
    order = [*(each for each in FIRST if each in listed), *(each for each in listed if each not in FIRST)]
    shown = listed.loc[:, [each for each in order if each != "File" and (listed[each] != "").any()]]
    height = min(422, 36 * (min(len(shown), SHOWN) + 1) + 2)
    rows = shown.head(SHOWN)
    st.dataframe(rows, hide_index=True, height=height, alt=alt, column_config=WIDTHS, key=f"import-{name}")
