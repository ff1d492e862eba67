"""What every visit begins with: the bar of pages, and the sign-in for whoever is not signed in."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lscb_core.db.access import Person
from lscb_core.db.engine import reading
from lscb_core.ui.places import keys, not_for, place
from lscb_core.ui.signin import sign_in_page, signed_in
from lscb_core.ui.staying import watch
from lscb_core.ui.uploads import leave_uploads

STATIC = Path(__file__).parent / "static"


def visit(*more: StreamlitPage) -> None:
    """Draw the bar and the page asked for (of the product's and `more`), or the sign-in."""
    st.logo(str(STATIC / "logo.svg"), size="large")
    who = _who()
    # Every page stays registered while nobody is signed in, or a link to one would lose its address.
    left_out = not_for(who) if who else set()
    pages = [place(key, in_bar=key not in left_out) for key in keys()]
    here = st.navigation(pages + list(more), position="top" if who else "hidden")
    # Tabs and screen readers tell pages apart by their titles.
    title = f"{here.title if who else 'Sign in'} – Board dashboard"
    st.set_page_config(page_title=title, page_icon="/app/static/icon.png", layout="wide")
    if not who or here.url_path != "import_data":
        leave_uploads()
    if who:
        watch("page")
        here.run()
    else:
        sign_in_page()


def _who() -> Person | None:
    """Whoever is signed in; asking for a page counts as use."""
    with reading() as session:
        return signed_in(session, is_use=True)
