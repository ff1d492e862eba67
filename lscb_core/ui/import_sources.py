"""Whose the sources of referral are, and what words for them mean: two of the board's settings."""

import streamlit as st
from sqlmodel import Session

from lscb_core.config import today
from lscb_core.db.access import Person
from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCE_GROUPS
from lscb_core.queries.choices import choices
from lscb_core.queries.import_settings import likely_agencies, remembered_words, source_agencies
from lscb_core.queries.view import View
from lscb_core.ui import import_settings_saving as saving
from lscb_core.ui import show
from lscb_core.ui.import_spellings import choices as meanings
from lscb_core.ui.import_spellings import meaning
from lscb_core.ui.main_button import main_button


def sources(session: Session, view: View, who: Person) -> None:
    """Which agency stands for which source of referral."""
    agencies = {each.id: each.title for each in choices(session, view=view, today=today()).agencies}
    held = source_agencies(session, view=view)
    likely = {} if held else likely_agencies(session, view=view)
    st.markdown(
        "Files on single children say who made a referral, not which agency that is. "
        "Counts by agency are added up from what you choose here."
    )
    if likely:
        show.note("Suggested by the kind of each agency. **Nothing is saved yet.**")
    every = [*SOURCE_GROUP_LABELS, *(code for code in held if code not in SOURCE_GROUP_LABELS)]
    with st.form("sources"):
        for source in every:
            nobody = "Nobody's" if source in SOURCE_GROUP_LABELS else "As its group"
            now = held.get(source) or likely.get(source)
            _agency(meaning(source), agencies, saving.source_key(source), now=now, nobody=nobody)
        st.markdown("A single source that belongs to another agency than its group:")
        more = [code for code in SOURCE_GROUPS if code not in held and code != "UN"]
        st.selectbox("Source", more, index=None, format_func=meaning, placeholder="None", key="source-more")
        _agency("Its agency", agencies, "source-more-agency", nobody="Choose an agency")
        st.form_submit_button(
            "Save", type=main_button(), on_click=saving.save_sources, args=(view.board_id, who.id, every)
        )


def _agency(label: str, agencies: dict[int, str], key: str, *, nobody: str, now: int | None = None) -> None:
    st.selectbox(
        label,
        list(agencies),
        index=_place(list(agencies), now),
        format_func=agencies.__getitem__,
        placeholder=nobody,
        key=key,
    )


def _place(options: list[int], wanted: int | None) -> int | None:
    return options.index(wanted) if wanted in options else None


def words(session: Session, view: View, who: Person) -> None:
    """Words of sources that were mapped, to be changed or forgotten."""
    held = remembered_words(session, view=view)
    if held.empty:
        st.markdown("**No words are remembered yet.** They are asked for when a file holds unknown ones.")
        return
    listed = held.assign(means=held["means"].map(meaning))[["words", "means"]]
    listed.columns = ["Words", "They mean"]
    st.dataframe(listed, hide_index=True, alt="Words that are remembered", key="remembered")
    _words_form(view, who, {row["key"]: row["words"] for row in show.rows_of(held)})


def _words_form(view: View, who: Person, said: dict[str, str]) -> None:
    with st.form("words", clear_on_submit=True):
        st.selectbox(
            "Change or forget",
            list(said),
            index=None,
            format_func=said.__getitem__,
            placeholder="Choose the words",
            key="words-key",
        )
        st.selectbox(
            "They mean now",
            meanings(),
            index=None,
            format_func=meaning,
            placeholder="Forget them: ask again",
            key="words-means",
        )
        st.form_submit_button(
            "Save", type=main_button(), on_click=saving.change_words, args=(view.board_id, who.id, said)
        )
