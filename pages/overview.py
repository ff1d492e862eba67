"""What changed since the board last met, what is late, and what is to be asked of whom?"""

import streamlit as st

from lscb_core.ui.context import open_page
from lscb_core.ui.history_chain import warn_of_chain
from lscb_core.ui.overview_parts import judgements, key_figures, late_actions, opening, what_changed
from lscb_core.ui.overview_questions import to_ask

with open_page() as page:
    opening(page)
    warn_of_chain(page)
    key_figures(page)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        to_ask(page)
    with right:
        late_actions(page)
        what_changed(page)
        judgements(page)
