"""The questions to ask: cards with whom, the question, the figures behind it, and where they stand."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from lscb_core.findings.question import Facts, Question
from lscb_core.findings.questions import questions
from lscb_core.queries.actions import overdue_actions
from lscb_core.queries.audits import audits
from lscb_core.queries.board_work import challenges
from lscb_core.queries.loose_ends import held_by_nobody, most_moved, not_heard_of
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.queries.panel import lessons
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.re_audits import re_audits
from lscb_core.queries.reports import reports
from lscb_core.queries.thresholds import below_threshold_by_agency, whole_board
from lscb_core.ui import show
from lscb_core.ui.briefing import briefing_figures
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain


def to_ask(page: Page) -> None:
    """The questions that the figures raise, each with its evidence."""
    show.finding("Questions to ask")
    asked = page.keep("overview/questions", lambda: questions(_facts(page)))
    if not asked:
        show.empty(
            page, "**No question follows from the figures.** Nothing is late, missing or out of the ordinary."
        )
    for place, question in enumerate(asked):
        with st.container(border=True, gap="xxsmall", key=f"question-{place}"):
            _card(question)


def _facts(page: Page) -> Facts:
    return Facts(
        figures=briefing_figures(page),
        late=page.ask(overdue_actions),
        moved=page.ask(most_moved),
        nobodys=page.ask(held_by_nobody),
        below=_of_the_board(page, below_threshold_by_agency),
        board_below=_of_the_board(page, whole_board),
        cards=page.ask(measure_cards),
        reports=page.ask(reports),
        lessons=page.ask(lessons),
        re_audits=page.ask(re_audits),
        audits=page.ask(audits),
        partners=_of_the_board(page, partner_returns),
        challenges=_of_the_board(page, challenges),
        unheard=page.ask(not_heard_of),
    )


def _of_the_board(page: Page, query: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Records without priority or sub-group: none of them where one is chosen, they do not belong to it."""
    found: pd.DataFrame = page.ask(query)
    return found.head(0) if page.view.is_part else found


def _card(question: Question) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f":blue-badge[{plain(question.whom)}]", width="content")
        if question.page:
            show.go(question.page, "Evidence", **question.changes)
    st.markdown(f"**{plain(question.asks)}**")
    show.note(plain(question.because))
