"""The dashboard as it is served, with one empty page more, for measuring; nobody has to sign in here."""

import streamlit as st

from lscb_core.ui.serving import lifespan, middleware

app = st.App("shell.py", lifespan=lifespan, middleware=middleware())
