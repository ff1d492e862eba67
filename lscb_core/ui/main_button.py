"""How the one button of a form looks."""

from typing import Literal

import streamlit as st


def main_button() -> Literal["primary", "secondary"]:
    """Filled on a light screen; on a dark one outlined like the others.

    Streamlit writes white on it, whatever its colour. On the light blue that chosen words need on a dark
    screen, that has a contrast of 2 to 1, where 4.5 to 1 is wanted (WCAG 2.2, 1.4.3).
    """
    return "secondary" if st.context.theme.type == "dark" else "primary"
