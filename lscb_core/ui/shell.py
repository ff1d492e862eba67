"""The main script: runs on every visit, asks who it is, and hands over to one page."""

from pathlib import Path

import streamlit as st

from lscb_core.db.engine import reading
from lscb_core.ui.places import keys, place
from lscb_core.ui.signin import sign_in_page, signed_in

ICON = Path(__file__).parent / "static" / "icon.png"
LOGO = Path(__file__).parent / "static" / "logo.svg"


def main() -> None:
    """Draw the bar and the page; for a visitor who is not signed in the sign-in, at whatever address."""
    st.set_page_config(page_title="Board dashboard", page_icon=str(ICON), layout="wide")
    st.logo(str(LOGO), size="large")
    with reading() as session:
        who = signed_in(session)
    # Every page stays registered while nobody is signed in, or a link to one would lose its address.
    here = st.navigation([place(key) for key in keys()], position="top" if who else "hidden")
    if who is None:
        sign_in_page()
    else:
        here.run()


main()
