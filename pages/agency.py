"""What does the board hold about one agency: promises, referrals, audits, presence?"""

import streamlit as st

from lscb_core.ui.agency_parts import all_agencies, figures, held_about, missing, open_actions, opening
from lscb_core.ui.agency_record import months_and_measures, moves
from lscb_core.ui.agency_rest import the_rest
from lscb_core.ui.context import open_page

with open_page(agency_first=True) as page:
    if page.view.agency_id is None:
        all_agencies(page)
    else:
        held = held_about(page)
        opening(page, held)
        figures(page, held)
        if moves(page):
            left, right = st.columns([3, 2], gap="medium")
            with left:
                open_actions(page)
            with right:
                months_and_measures(page)
        else:
            open_actions(page)
        the_rest(page)
        missing(page, held)
