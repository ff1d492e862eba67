"""Under a chart: which files its figures came in, and when these were taken in."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from lscb_core.findings.file_origins import came_from, months_in_part
from lscb_core.findings.words import rows_of
from lscb_core.queries.file_origins import files_behind
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain


def whole_board(page: Page) -> str:
    """Said where an agency is chosen and a part cannot be told by agency; else nothing."""
    return "" if page.view.agency_id is None else "Whole board: not counted by agency."


def where_from(page: Page, steps: Collection[str], since: date = date.min, until: date = date.max) -> None:
    """A short note of the files behind the counts of these steps between two days; none without a file."""
    files = page.ask(files_behind)
    words = page.keep("where-from", lambda: _words(files, steps, since, until), *steps, since, until)
    if words:
        show.note(plain(words))


def _words(files: pd.DataFrame, steps: Collection[str], since: date, until: date) -> str:
    behind = [
        row
        for row in rows_of(files)
        if row["step"] in steps and row["first"] <= until and row["last"] >= since
    ]
    return f"{came_from(behind)} {months_in_part(behind, since, until)}".strip()
