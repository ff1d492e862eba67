"""Are the thresholds used the same way by everyone, and how does the council compare?"""

import streamlit as st

from lscb_core.queries.thresholds import months_held
from lscb_core.ui import threshold_parts as own
from lscb_core.ui.context import open_page
from lscb_core.ui.published_parts import beside_others
from lscb_core.ui.referral_years import over_the_years
from lscb_core.ui.show import heading
from lscb_core.ui.threshold_document import document_and_findings, nobody_can_check

with open_page() as page:
    heading(
        "Are the thresholds used the same way by everyone?",
        "A referral is *below the threshold* when it needs no social work: it ends in no further action, "
        "advice or early help.",
    )
    if page.ask(months_held):
        own.by_agency(page)
        left, right = st.columns(2, gap="large")
        with left:
            own.since_the_document(page)
        with right:
            own.from_step_to_step(page)
        over_the_years(page)
    else:
        nobody_can_check(page)
    document_and_findings(page)
    beside_others(page)
