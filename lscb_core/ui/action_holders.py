"""Who holds the late actions, and where the open ones came from."""

import pandas as pd
import streamlit as st

from lscb_core.charts import late_bars
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day
from lscb_core.domain.vocab import ActionSource
from lscb_core.queries.actions import BY_AGENCY, by_source, late_by_agency
from lscb_core.ui import show
from lscb_core.ui.context import Page

KEY = "Filled: over 28 days late. Outlined: up to 28 days."


def by_agency_and_source(page: Page) -> None:
    """Who holds the late actions, and where the open ones came from."""
    held, came = page.ask(late_by_agency), page.ask(by_source)
    if held.empty:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        late = held[held["over_28"] + held["up_to_28"] > 0]
        key = KEY if len(late) else ""
        show.finding(
            _who_is_late(late), f"Open actions past the agreed date on {day(page.view.as_at)}. {key}"
        )
        if len(late):
            show.chart(page, late_bars, late, key="late-by-agency")
        show.twin(page, held, {key: BY_AGENCY[key] for key in BY_AGENCY if key != "agency_slug"}, "by agency")
    with right:
        show.finding(
            "Where the open actions came from",
            "Most late first." if int(came["late"].sum()) else "Most first.",
        )
        said = page.keep("actions/by-source", lambda: show.arrow(_sources(came)))
        st.table(said, border="horizontal", hide_index=True)


def _who_is_late(late: pd.DataFrame) -> str:
    if late.empty:
        return "No agency has a late action"
    first = late.iloc[0]
    total = int((late["over_28"] + late["up_to_28"]).sum())
    return f"{first['agency']}: {first['over_28'] + first['up_to_28']} of {plural(total, 'late action')}"


def _sources(came: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "From": [ActionSource.of(each).label for each in came["source_kind"]],
            "Open": came["open"].astype(str),
            "Late": came["late"].astype(str),
        }
    )
