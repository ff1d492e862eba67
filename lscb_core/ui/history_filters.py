"""The filters of the history, kept in the address: kind of record, act, author, words, days, number."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from lscb_core.domain.history import Kind, act_words
from lscb_core.domain.periods import parse_day
from lscb_core.errors import BadInput
from lscb_core.queries.history import Counted
from lscb_core.queries.history_scope import Asked
from lscb_core.ui import address
from lscb_core.ui.context import Page
from lscb_core.ui.filters import Width
from lscb_core.ui.notices import show_error

NAMES = ("kind", "act", "by", "since", "until", "number", "words")
SHEET = "sheet"
WIDTHS = {"kind": 220, "act": 200, "by": 160, "words": 150}
"""Pixels: the longest words fit, and all filters stand in one row."""


def asked() -> Asked:
    """What the address asks for; what cannot be read is told and taken off."""
    number = address.word("number")
    return Asked(
        kind=address.word("kind") if address.word("kind") in set(Kind) else "",
        act=address.word("act")[:40],
        by=address.word("by"),
        since=_day("since"),
        until=_day("until"),
        number=int(number) if number.isdecimal() and len(number) < 12 else None,
        words=address.word("words")[:200],
    )


def _day(name: str) -> date | None:
    said = address.word(name)
    try:
        return parse_day(said) if said else None
    except BadInput as refused:
        address.keep(name, None)
        show_error(refused)
        return None


def filters(page: Page, found: Counted, now: Asked) -> None:
    """Draw them. A change goes into the address; the page then reads the address."""
    kinds = {kind.value: f"{kind.label} ({found.kinds.get(kind, 0):,})" for kind in _kinds(found, now)}
    acts = {act: f"{act_words(act)} ({found.acts.get(act, 0):,})" for act in _with(now.act, found.acts)}
    people = {who: who for who in _with(now.by, found.people)}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _choose("kind", "Kind of record", {"": "All kinds of record", **kinds}, now.kind)
        _choose("act", "What was done", {"": "Anything done", **acts}, now.act)
        _choose("by", "By whom", {"": "By anybody", **people}, now.by)
        _type("words", "Words in the note", now.words, width=WIDTHS["words"], placeholder="Words in the note")
        _days_and_number(page, now)
        if now.is_narrowed:
            st.button("All events", on_click=clear, icon=":material/filter_alt_off:", key="clear_history")


def _kinds(found: Counted, now: Asked) -> list[Kind]:
    return [kind for kind in Kind if found.kinds.get(kind) or kind == now.kind]


def _with(chosen: str, there: Iterable[str]) -> list[str]:
    """What there is to choose, in order, and what the address asks for, also where there is none of it."""
    return sorted({*there, chosen} - {""})


def _days_and_number(page: Page, now: Asked) -> None:
    count = sum(value is not None for value in (now.since, now.until, now.number))
    label = f"Days and number ({count})" if count else "Days and number"
    opened = st.popover(label, icon=":material/date_range:", key="history_days", on_change="rerun")
    if not opened.open:
        return
    with opened:
        for name, words, day in (("since", "From this day", now.since), ("until", "To this day", now.until)):
            key = f"history_{name}"
            st.session_state[key] = day
            st.date_input(
                words,
                key=key,
                format="DD/MM/YYYY",
                max_value=max(each for each in (page.view.as_at, day) if each),
                min_value=date(2000, 1, 1) if day is None else min(day, date(2000, 1, 1)),
                on_change=_changed,
                args=(name, key, _iso),
            )
        _type("number", "Number of the action, file or account", str(now.number or ""), width="stretch")


def _choose(name: str, label: str, words: Mapping[str, str], now: str) -> None:
    key = f"history_{name}"
    st.session_state[key] = now  # the address rules; the widget only shows it
    st.selectbox(
        label,
        list(words),
        key=key,
        format_func=words.__getitem__,
        on_change=_changed,
        args=(name, key, str),
        label_visibility="collapsed",
        width=WIDTHS[name],
    )


def _type(name: str, label: str, now: str, *, width: Width, placeholder: str = "") -> None:
    key = f"history_{name}"
    st.session_state[key] = now
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        on_change=_changed,
        args=(name, key, str.strip),
        label_visibility="collapsed" if placeholder else "visible",
        width=width,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _changed(name: str, key: str, written: Callable[..., str]) -> None:
    address.keep(name, written(st.session_state[key]))
    address.keep(SHEET, None)


def clear() -> None:
    """Take every filter of the history off (a button's callback)."""
    for name in (*NAMES, SHEET):
        address.keep(name, None)


def skipped(most: int) -> int:
    """How many events stand before the sheet that the address asks for."""
    sheet = address.word(SHEET)
    return (max(int(sheet), 1) - 1) * most if sheet.isdecimal() and len(sheet) < 7 else 0


def turn(most: int, skip: int, listed: int, total: int) -> None:
    """Buttons to the sheet before and after, where there is one."""
    if not skip and listed >= total:
        return
    here = skip // most + 1
    with st.container(horizontal=True):
        for words, sheet, there in (
            ("Newer", here - 1, skip > 0),
            ("Older", here + 1, skip + listed < total),
        ):
            st.button(words, key=f"sheet_{words}", disabled=not there, on_click=_turn, args=(sheet,))


def _turn(sheet: int) -> None:
    address.keep(SHEET, str(sheet) if sheet > 1 else None)
