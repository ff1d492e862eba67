"""What every visit begins with: the bar of pages, and the sign-in for whoever is not signed in."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lscb_core.db.engine import reading
from lscb_core.ui.places import keys, not_for, place
from lscb_core.ui.signin import ACTOR, sign_in_page, signed_in
from lscb_core.ui.uploads import leave_uploads

STATIC = Path(__file__).parent / "static"


def visit(*more: StreamlitPage) -> None:
    """Draw the bar and the page asked for (of the product's and `more`), or the sign-in."""
    st.set_page_config(page_title="Board dashboard", page_icon=str(STATIC / "icon.png"), layout="wide")
    st.logo(str(STATIC / "logo.svg"), size="large")
    inside = ACTOR in st.session_state  # whether that still holds is asked by the page, in the database
    # Every page stays registered while nobody is signed in, or a link to one would lose its address.
    left_out = _not_for_whoever_asks() if inside else set()
    pages = [place(key, in_bar=key not in left_out) for key in keys()]
    here = st.navigation(pages + list(more), position="top" if inside else "hidden")
    if not inside or here.url_path != "import_data":
        leave_uploads()
    if inside:
        here.run()
    else:
        sign_in_page()


def _not_for_whoever_asks() -> set[str]:
    with reading() as session:
        return not_for(signed_in(session))
