"""The row above every page: board, day, priority (or agency), further filters, and the own account."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import streamlit as st

from lscb_core.db.access import Person
from lscb_core.domain.periods import day
from lscb_core.queries.choices import Choices, Named
from lscb_core.queries.view import View
from lscb_core.ui import address
from lscb_core.ui.own_account import account_menu

Width = int | Literal["stretch"]
WIDTH = 168
BOARD_WIDTH = 150
DAY_WIDTH = 190  # "30 September 2026" in full; on a phone both stand in one row
EVERY = {
    "priority": "All priorities",
    "sub_group": "All sub-groups",
    "agency": "All agencies",
}
LABELS = {"priority": "Priority", "sub_group": "Sub-group", "agency": "Agency"}
INVENTED = "This board is made up, to try the dashboard. None of its figures is real."
PUBLISHED = "What published reports say of this board. Each figure names its source."


def filter_row(
    boards: dict[str, str], view: View, offered: Choices, who: Person, *, agency_first: bool
) -> None:
    """Draw the row. A change goes into the address; the page then reads the address."""
    first, *others = (
        ("agency", "priority", "sub_group") if agency_first else ("priority", "sub_group", "agency")
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _select("board", list(boards), view.board, boards.__getitem__, "Board", width=BOARD_WIDTH)
        _days(view, offered)
        _filter(first, view, offered, width=WIDTH)
        _more_filters(others, view, offered)
        _badge(offered)
        account_menu(who)


def _more_filters(names: Sequence[str], view: View, offered: Choices) -> None:
    """The filters that are less often used; drawn when they are asked for."""
    count = sum(getattr(view, f"{name}_id") is not None for name in names)
    label = f"More filters ({count})" if count else "More filters"
    opened = st.popover(label, icon=":material/tune:", key="more_filters", on_change="rerun")
    if opened.open:
        for name in names:
            with opened:
                _filter(name, view, offered, width="stretch", show_label=True)


def _days(view: View, offered: Choices) -> None:
    days = sorted({*offered.days, view.as_at}, reverse=True)
    by_key = {each.isoformat(): each for each in days}
    _select(
        "as_at", list(by_key), view.as_at.isoformat(), lambda key: day(by_key[key]), "As at", width=DAY_WIDTH
    )


def _filter(name: str, view: View, offered: Choices, *, width: Width, show_label: bool = False) -> None:
    named = _named(name, offered)
    words = {"": EVERY[name], **{each.key: each.title for each in named}}
    now = next((each.key for each in named if each.id == getattr(view, f"{name}_id")), "")
    _select(name, list(words), now, words.__getitem__, LABELS[name], width=width, show_label=show_label)


def _named(name: str, offered: Choices) -> Iterable[Named]:
    return {"priority": offered.priorities, "sub_group": offered.sub_groups, "agency": offered.agencies}[name]


def _select(
    name: str,
    options: list[str],
    now: str,
    words: Callable[[str], str],
    label: str,
    *,
    width: Width = WIDTH,
    show_label: bool = False,
) -> None:
    key = f"filter_{name}"
    st.session_state[key] = now  # the address rules; the widget only shows it
    st.selectbox(
        label,
        options,
        key=key,
        format_func=words,
        on_change=_changed,
        args=(name, key),
        label_visibility="visible" if show_label else "collapsed",
        width=width,
    )


def _changed(name: str, key: str) -> None:
    address.change(name, st.session_state[key])


def clear(*names: str) -> None:
    """Take filters off (a button's callback)."""
    for name in names or tuple(EVERY):
        address.change(name, None)


def _badge(offered: Choices) -> None:
    if offered.is_invented:
        st.markdown(":orange-badge[:material/science: Invented board]", width="content", help=INVENTED)
    else:
        st.markdown(":blue-badge[:material/menu_book: Published reports]", width="content", help=PUBLISHED)
