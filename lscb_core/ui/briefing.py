"""The briefing's answers for a page: put together from what the page has asked already."""

from dataclasses import replace

import pandas as pd

from lscb_core.queries import briefing
from lscb_core.queries.asking import Ask
from lscb_core.ui.context import Page


def briefing_figures(page: Page) -> pd.DataFrame:
    """The key figures, put together from what the page has asked already."""
    return page.keep(
        "briefing/figures", lambda: briefing.figures(page.session, view=page.view, ask=_asking(page))
    )


def briefing_changes(page: Page) -> pd.DataFrame:
    """What happened since the last meeting, put together likewise."""
    return page.keep(
        "briefing/changes", lambda: briefing.changes(page.session, view=page.view, ask=_asking(page))
    )


def _asking(page: Page) -> Ask:
    return lambda query, view: replace(page, view=view).ask(query)
