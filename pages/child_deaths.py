"""What is learned from the deaths of children?"""

import streamlit as st

from lscb_core.queries.death_table import is_series
from lscb_core.queries.deaths import death_counts
from lscb_core.ui.context import open_page
from lscb_core.ui.death_grid import grid
from lscb_core.ui.death_parts import (
    exact_switch,
    figures,
    in_time,
    late_report,
    left_out,
    nothing_known,
    published,
)
from lscb_core.ui.lesson_parts import lesson_list
from lscb_core.ui.show import heading

with open_page() as page:
    heading(
        "What is learned from the deaths of children?",
        "The panel reviews the death of every child who lived here. This page shows yearly totals for the "
        "whole area, never a child.",
    )
    exact = exact_switch(page)
    counts = page.ask(death_counts, exact=exact)
    figures(page, exact=exact)
    if counts.empty:
        nothing_known(page)
    elif is_series(counts):
        left, right = st.columns([2, 3], gap="large")
        with left:
            in_time(page, exact=exact)
            late_report(page)
        with right:
            grid(page, exact=exact)
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            published(page)
        with right:
            left_out(page)
            late_report(page)
    lesson_list(page)
