"""The web application: `streamlit run app.py` finds `app` here and serves it.

The main script stands in lscb_core/ui, away from pages/: Streamlit would otherwise run a page for anybody
who asks for its address, before the sign-in (docs/decisions.md).
"""

import streamlit as st

from lscb_core.ui import directory, entering
from lscb_core.ui.faults import answer_fault, report_fault
from lscb_core.ui.server_log import take_over_log
from lscb_core.ui.serving import lifespan, middleware

take_over_log()
app = st.App(
    "lscb_core/ui/shell.py",
    lifespan=lifespan,
    middleware=middleware(),
    routes=[*entering.routes(), *directory.routes()],
    secrets=directory.secrets(),
    on_script_error=report_fault,
    exception_handlers={Exception: answer_fault},
)
