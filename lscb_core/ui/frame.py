"""What every visit begins with: the bar of pages, and the sign-in for whoever is not signed in."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lscb_core.ui.places import keys, place
from lscb_core.ui.signin import ACTOR, sign_in_page

STATIC = Path(__file__).parent / "static"


def visit(*more: StreamlitPage) -> None:
    """Draw the bar and the page asked for (of the product's and `more`), or the sign-in."""
    st.set_page_config(page_title="Board dashboard", page_icon=str(STATIC / "icon.png"), layout="wide")
    st.logo(str(STATIC / "logo.svg"), size="large")
    inside = ACTOR in st.session_state  # whether that still holds is asked by the page, in the database
    # Every page stays registered while nobody is signed in, or a link to one would lose its address.
    here = st.navigation([place(key) for key in keys()] + list(more), position="top" if inside else "hidden")
    if inside:
        here.run()
    else:
        sign_in_page()
