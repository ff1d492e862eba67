"""Whatever else is held of one agency, part by part, in two columns."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lscb_core.queries.board_work import challenges, section_11, training
from lscb_core.queries.coverage import coverage
from lscb_core.queries.one_agency import audit_answers
from lscb_core.queries.reports import reports
from lscb_core.ui.agency_record import audits, challenged, courses, owed_reports, self_check
from lscb_core.ui.context import Page
from lscb_core.ui.import_coverage import of_agency

PARTS: tuple[tuple[Callable[..., pd.DataFrame], Callable[[Page], None]], ...] = (
    (audit_answers, audits),
    (section_11, self_check),
    (challenges, challenged),
    (training, courses),
    (reports, owed_reports),
    (coverage, of_agency),
)
"""Each part with the question whose empty answer leaves it out."""


def the_rest(page: Page) -> None:
    """The parts of which something is held, in two columns by turns."""
    held = [draw for query, draw in PARTS if not page.ask(query).empty]
    columns = st.columns(2, gap="medium")
    for place, draw in enumerate(held):
        with columns[place % 2]:
            draw(page)
