"""What do the audits find, and does it get better?"""

import streamlit as st

from lscb_core.queries.audits import audits
from lscb_core.ui import show
from lscb_core.ui.audit_parts import grades, lead
from lscb_core.ui.audit_programme import programme_part, repeats_part
from lscb_core.ui.context import open_page
from lscb_core.ui.one_audit import audit_part

with open_page() as page:
    there_are = not page.ask(audits).empty
    show.heading("What do the audits find, and does it get better?", lead(page) if there_are else "")
    if there_are:
        grades(page)
        audit_part(page)
        left, right = st.columns(2, gap="large")
        with left:
            programme_part(page)
        with right:
            repeats_part(page)
    else:
        show.empty(page, "**No audit to show.** None of this board's audits fits these filters on this day.")
