"""The pages: their addresses, their names in the bar, and links between them that keep the view."""

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from lscb_core.config import ROOT
from lscb_core.db.access import Person
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Role

PAGES_FOLDER = ROOT / "pages"


USE_FILES = frozenset({Role.CHAIR, Role.MANAGER, Role.AGENCY_LEAD})
"""Who sends files, or asks others why theirs have not come."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: file and address, short name, icon."""

    key: str
    title: str
    icon: str


PLACES = (
    Place("overview", "Overview", ":material/home:"),
    Place("threshold_usage", "Thresholds", ":material/filter_alt:"),
    Place("audit_outcomes", "Audits", ":material/fact_check:"),
    Place("child_deaths", "Child deaths", ":material/favorite:"),
    Place("actions", "Actions", ":material/checklist:"),
    Place("agency", "Agency", ":material/groups:"),
    Place("measures", "Measures", ":material/monitoring:"),
    Place("about", "About", ":material/info:"),
    Place("import_data", "Import", ":material/upload:"),
    Place("history", "History", ":material/history:"),
    Place("accounts", "Accounts", ":material/manage_accounts:"),
)


def place(key: str, *, in_bar: bool = True) -> StreamlitPage:
    """The page of that key, for the bar and for links. By absolute path: the main script is elsewhere."""
    found = next(each for each in PLACES if each.key == key)
    return st.Page(
        PAGES_FOLDER / f"{key}.py",
        title=found.title,
        icon=found.icon,
        url_path="" if key == "overview" else key,
        default=key == "overview",
        visibility="visible" if in_bar else "hidden",
    )


@lru_cache(maxsize=1)
def keys() -> tuple[str, ...]:
    """The pages that are there, in the order of the bar."""
    return tuple(each.key for each in PLACES if (PAGES_FOLDER / f"{each.key}.py").exists())


def not_for(who: Person | None) -> set[str]:
    """Pages on which this person has nothing: the bar leaves them out. What may be seen is asked by each."""
    if who is None:
        return set()
    uses_files = any(grant.role in USE_FILES for grant in who.grants)
    sees_history = any(who.may(Act.SEE_HISTORY, board_id=grant.board_id) for grant in who.grants)
    left_out = {"import_data": not uses_files, "history": not sees_history}
    left_out["accounts"] = not who.may(Act.MANAGE_ACCOUNTS, board_id=None)
    return {key for key, is_left_out in left_out.items() if is_left_out}
