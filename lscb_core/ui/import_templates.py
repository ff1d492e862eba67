"""Empty returns to take away: workbooks that the dashboard writes, ready to be filled in."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from lscb_core.config import today
from lscb_core.db.engine import reading
from lscb_core.domain.periods import day, month_end, month_start, months_back
from lscb_core.domain.returns import OF_A_DAY
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.queries.choices import Named
from lscb_core.queries.import_asking import asked_for
from lscb_core.queries.rows_to_fill import open_actions
from lscb_core.queries.view import View
from lscb_core.ui.context import Page

MONTHS = 15
WHOLE_BOARD = "The whole board"


def empty_returns(page: Page, agencies: Sequence[Named], *, whole_board: bool) -> None:
    """Choose a return, for whom and for which period, and take the workbook away."""
    opened = st.popover(
        "Empty return to fill in", icon=":material/description:", key="empty-return", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        names: list[Named | None] = [None] * whole_board + list(agencies)
        whose = names[0]
        if len(names) > 1:
            whose = st.selectbox("For whom?", names, format_func=_name, key="empty-whose")
        offered = [key for key, one in TEMPLATES.items() if one.forms_for(whose.key if whose else "")]
        template = st.selectbox("Which return?", offered, format_func=_title, key="empty-template")
        period = today()
        if template not in OF_A_DAY:
            period = st.selectbox(
                "For the period that ends on", _ends(template), format_func=day, key="empty-period"
            )
        download(page, template, whose, period, label="Download the workbook")


def _name(agency: Named | None) -> str:
    return agency.title if agency else WHOLE_BOARD


def _title(template: str) -> str:
    return TEMPLATES[template].title


def _ends(template: str) -> list[date]:
    """The ends of months, the last complete one first; of child deaths the ends of years."""
    last = month_start(today())
    ends = [month_end(months_back(last, back)) for back in range(1, MONTHS + 1)]
    return [end for end in ends if end.month == 3] if template == "deaths" else ends


def download(page: Page, template: str, agency: Named | None, period: date, *, label: str) -> None:
    """A button that gives the workbook, written when it is pressed."""
    # The page's own session is closed by then; the view's agency says whose actions are written into it.
    view = page.seen_as(agency_id=agency.id if agency else None).view
    whose, board_name = agency.key if agency else view.board, page.choices.board_name
    st.download_button(
        label,
        lambda: _written(view, template, agency, period, board_name=board_name),
        f"{view.board}-{template}-{whose}-{period}.xlsx",
        key=f"template-{template}-{whose}-{period}",
        icon=":material/download:",
        on_click="ignore",
    )


def _written(view: View, template: str, agency: Named | None, period: date, *, board_name: str) -> bytes:
    from lscb_core.imports.templates.writing import workbook

    with reading() as session:
        asked = asked_for(session, board_id=view.board_id, file="", today=today())
        rows = open_actions(session, view=view) if template == "actions" else []
    return workbook(
        TEMPLATES[template],
        board=view.board,
        agency=(agency.key, agency.title) if agency else None,
        agencies=asked.agencies,
        known=asked.known,
        period=period,
        prefill=rows,
        board_name=board_name,
    )
