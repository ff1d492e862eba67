"""The web application: `streamlit run app.py` finds `app` here and serves it.

The main script stands in lscb_core/ui, away from pages/: Streamlit would otherwise run a page for anybody
who asks for its address, before the sign-in (docs/decisions.md).
"""

import streamlit as st

from lscb_core.ui.serving import lifespan, middleware, report_fault

app = st.App(
    "lscb_core/ui/shell.py",
    lifespan=lifespan,
    middleware=middleware(),
    on_script_error=report_fault,
)
