"""Which actions are late, and what is each one's story?"""

import streamlit as st

from lscb_core.findings.overview import NOT_PUBLISHED
from lscb_core.queries.actions import action_counts, without_owner
from lscb_core.queries.loose_ends import told_until
from lscb_core.ui.action_drawer import open_chosen_action
from lscb_core.ui.action_holders import by_agency_and_source
from lscb_core.ui.action_list import action_list, headline, standings
from lscb_core.ui.context import open_page
from lscb_core.ui.show import heading, note

with open_page() as page:
    counts = page.ask(action_counts)
    heading(headline(counts))
    st.markdown(
        "Late means: past the agreed date and not closed. The first date is kept, so an action that is "
        "always moved still shows."
    )
    if page.ask(told_until):
        note(NOT_PUBLISHED)
    shown = standings(counts, page.ask(without_owner))
    action_list(page, shown)
    by_agency_and_source(page)
    open_chosen_action(page)
