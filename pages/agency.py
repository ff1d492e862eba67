"""What does the board hold about one agency: promises, referrals, audits, presence?"""

import streamlit as st

from lscb_core.ui import agency_record as record
from lscb_core.ui.agency_parts import all_agencies, figures, held_about, missing, open_actions, opening
from lscb_core.ui.context import open_page

with open_page(agency_first=True) as page:
    if page.view.agency_id is None:
        all_agencies(page)
    else:
        held = held_about(page)
        opening(page, held)
        figures(page, held)
        left, right = st.columns([3, 2], gap="medium")
        with left:
            open_actions(page)
        with right:
            record.by_month(page)
            record.measures(page)
        left, right = st.columns(2, gap="medium")
        with left:
            record.audits(page)
            record.challenged(page)
        with right:
            record.self_check(page)
            record.courses(page)
            record.owed_reports(page)
        missing(page, held)
