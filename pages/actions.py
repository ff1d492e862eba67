"""Which actions are late, and what is each one's story?"""

import streamlit as st

from lscb_core.queries.actions import action_counts, without_owner
from lscb_core.ui.action_drawer import open_chosen_action
from lscb_core.ui.action_list import action_list, by_agency_and_source, headline, standings
from lscb_core.ui.context import open_page
from lscb_core.ui.show import heading

with open_page() as page:
    counts = page.ask(action_counts)
    heading(headline(counts))
    st.markdown(
        "Late means: past the agreed date and not closed. The first date is kept, so an action that is "
        "always moved still shows."
    )
    shown = standings(counts, page.ask(without_owner))
    action_list(page, shown)
    by_agency_and_source(page)
    open_chosen_action(page)
