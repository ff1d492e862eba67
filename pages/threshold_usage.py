"""Are the thresholds used the same way by everyone, and how does the council compare?"""

import streamlit as st

from lscb_core.queries.thresholds import months_held
from lscb_core.ui import threshold_parts as own
from lscb_core.ui.census_plans import plans
from lscb_core.ui.census_published import own_file_beside_published
from lscb_core.ui.census_shares import again_and_in_time
from lscb_core.ui.context import open_page
from lscb_core.ui.published_parts import beside_others
from lscb_core.ui.referral_years import over_the_years
from lscb_core.ui.show import heading
from lscb_core.ui.threshold_document import document_and_findings, nobody_can_check
from lscb_core.ui.who_refers import who_refers

with open_page() as page:
    heading(
        "Are the thresholds used the same way by everyone?",
        "A referral is *below the threshold* when it needs no social work: it ends in no further action, "
        "advice or early help.",
    )
    if page.ask(months_held):
        who_refers(page)
        left, right = st.columns(2, gap="large")
        with left:
            own.since_the_document(page)
        with right:
            own.from_step_to_step(page)
        over_the_years(page)
    else:
        nobody_can_check(page)
    again_and_in_time(page)
    plans(page)
    document_and_findings(page)
    own_file_beside_published(page)
    beside_others(page)
