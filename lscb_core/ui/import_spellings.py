"""Words for a source of referral that a reader did not understand: the board says what they mean."""

from collections.abc import Sequence

import streamlit as st

from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCE_GROUPS, SOURCES
from lscb_core.domain.numbers import plural
from lscb_core.domain.permissions import Act
from lscb_core.imports.reading import Spelling
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.import_saving import save_words, spelling_key
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import plain

AT_ONCE = 20


def ask_about_words(page: Page, spellings: Sequence[Spelling]) -> None:
    """One box for each spelling, what it could be first; the choice is remembered for the board."""
    many = f"{plural(len(spellings), 'way')} of writing {'is' if len(spellings) == 1 else 'are'} not known"
    st.markdown(
        f"**Before it can be taken in: who made the referrals? {many}.** "
        "Say once what each means; the board remembers it."
    )
    asked = spellings[:AT_ONCE]
    if not page.person.may(Act.IMPORT, board_id=page.view.board_id):
        show.note("The board manager settles what these words mean.")
        return
    with st.form("spellings", border=False):
        grid = st.grid(2, min_column_width=300)
        for one in asked:
            with grid.cell():
                _box(one)
        if len(spellings) > AT_ONCE:
            show.note(f"These are the first {AT_ONCE}; {len(spellings) - AT_ONCE} more follow.")
        st.form_submit_button(
            "Remember these and read the file again",
            type=main_button(),
            on_click=save_words,
            args=(page.view.board_id, page.person.id, {one.key: one.words for one in asked}),
        )


def _box(one: Spelling) -> None:
    st.selectbox(
        f"“{plain(one.words)}” ({plural(one.records, 'record')})",
        choices(one.suggested),
        index=None,
        format_func=meaning,
        placeholder="Choose what it means",
        key=spelling_key(one.key),
    )


def choices(suggested: Sequence[str] = ()) -> list[str]:
    """All groups and the single sources within them, the suggested ones first."""
    every = [
        word
        for group in SOURCE_GROUP_LABELS
        for word in (group, *(code for code, its in SOURCE_GROUPS.items() if its == group))
    ]
    single = {code for code, group in SOURCE_GROUPS.items() if list(SOURCE_GROUPS.values()).count(group) == 1}
    first = [word for word in suggested if word in every]
    return [*first, *(word for word in every if word not in single and word not in first)]


def meaning(word: str) -> str:
    """A group or a source code in words: 'Health services' or 'Health services: GP (3A)'."""
    if word in SOURCE_GROUP_LABELS:
        return SOURCE_GROUP_LABELS[word]
    return f"{SOURCE_GROUP_LABELS[SOURCE_GROUPS[word]]}: {SOURCES[word]} ({word})"
