"""One file at the side of the page: where its figures come from, what it replaced, and the undoing of it."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st
from sqlmodel import Session

from lscb_core.config import today
from lscb_core.db.access import Person
from lscb_core.db.engine import reading
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.errors import BoardError
from lscb_core.queries.one_import import OneImport, Piece, one_import, sent_rows
from lscb_core.queries.view import View
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.history_story import story_link
from lscb_core.ui.import_files import close
from lscb_core.ui.import_saving import FILE, REFUSED, WHOLE_PAGE, undo
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import forget_refusals, plain, show_error
from lscb_core.ui.signin import who_asks
from lscb_core.ui.staying import at_side

STATES = {"saved": ("green", "Taken in"), "undone": ("gray", "Undone"), "refused": ("red", "Refused")}
MOST_LINES = 3


def open_chosen_file(page: Page) -> None:
    """Open the file that the address names; one that is not there is told."""
    asked = st.query_params.get(FILE)
    if not asked:
        return
    number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    try:
        one = one_import(page.session, view=page.view, who=page.person, number=number)
    except BoardError as refused:
        close()
        show_error(refused)
        return
    title = f"File {one.number}: {plain(one.title or one.kind)}"
    at_side(title, _drawer, page.view, number, on_dismiss=close)


def _drawer(view: View, number: int) -> None:
    """Drawn again by itself after an undoing that was refused, so it reads everything anew."""
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()  # the whole page: the list behind has changed too
    with reading() as session:
        try:
            who = who_asks(session)
            one = one_import(session, view=view, who=who, number=number)
            _provenance(one)
            _pieces(session, view, who, one)
            _undoing(view, who, one)
            story_link(who, view.board_id, f"import/{one.number}")
        except BoardError as refused:
            forget_refusals()
            show_error(refused)


def _provenance(one: OneImport) -> None:
    colour, state = STATES[one.status]
    st.markdown(f":{colour}-badge[{state}] :gray-badge[{plain(one.kind)}]")
    verb = "Refused" if one.status == "refused" else "Taken in"
    at = one.at.astimezone()
    st.markdown(f"{verb} on **{day(at.date())}** at {at:%H:%M}. Sent by **{plain(one.who)}**.")
    _undone(one)
    counted = "; ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in one.counts.items())
    found = plural(one.rows, "row") if one.status != "refused" else plural(one.problems, "problem")
    as_at = f" As at {day(one.as_at)}." if one.as_at else ""
    size = f"{one.size:,} bytes, " if one.size else ""
    show.note(plain(f"File “{one.file}”, {size}{found}.{as_at}"))
    if counted:
        show.note(plain(f"Counted: {counted}."))
    show.note(f"SHA-256 of the file: {one.sha256}")
    for note in one.notes[:5]:
        show.note(plain(f"Note: {note}"))


def _undone(one: OneImport) -> None:
    who, at, why = one.undone
    if at is not None:
        st.markdown(f"Undone on **{day(at.astimezone().date())}** by {plain(who)}: {plain(why)}")


def _pieces(session: Session, view: View, who: Person, one: OneImport) -> None:
    if not one.pieces:
        return
    st.markdown("## What it holds", anchors=False)
    if len(one.pieces) > MOST_LINES:
        _piece_table(one)
    for piece in one.pieces if len(one.pieces) <= MOST_LINES else ():
        with st.container(gap=None):
            st.markdown(f"**{plain(piece.words)}**")
            show.note(f"{plural(piece.rows, 'row')}. {_standing(one, piece)}.")
    if one.template and one.status != "refused":
        _sent_before(session, view, who, one)


def _piece_table(one: OneImport) -> None:
    rows = [(piece.words, piece.rows, _standing(one, piece)) for piece in one.pieces]
    st.dataframe(
        pd.DataFrame(rows, columns=["What", "Rows", "Now"]),
        hide_index=True,
        height=min(260, 36 * (len(rows) + 1) + 2),
        column_config={"What": st.column_config.TextColumn(width=270)},
        alt="What the file holds, piece by piece",
        key="pieces",
    )


def _standing(one: OneImport, piece: Piece) -> str:
    if one.status == "undone":
        return "Undone"
    if piece.by:
        return f"Replaced by file {piece.by}"
    return f"Stands, in place of file {piece.before}" if piece.before else "Stands"


def _sent_before(session: Session, view: View, who: Person, one: OneImport) -> None:
    """The rows of one piece, old and new side by side."""
    words = {piece.key: piece.words for piece in one.pieces}
    key = next(iter(words))
    if len(words) > 1:
        key = st.selectbox("Show the rows of", list(words), format_func=words.__getitem__, key="piece")
    sent = sent_rows(session, view=view, who=who, number=one.number, scope=key)
    before = next(piece.before for piece in one.pieces if piece.key == key)
    names = {"what": "What", "field": "Part", "before": "Sent before", "now": "In this file"}
    names = names if before else {name: said for name, said in names.items() if name != "before"}
    shown = sent[list(names)].rename(columns=names)
    st.dataframe(
        shown,
        hide_index=True,
        height=min(300, 36 * (len(shown) + 1) + 2),
        alt=f"Rows sent before and in this file: {words[key]}",
        key="sent-before",
    )
    differ, entries = int(sent["changed"].sum()), plural(len(sent), "entry", "entries")
    show.note(
        f"{differ:,} of {entries} differ from file {before}." if before else "Nothing was sent for it before."
    )


def _undoing(view: View, who: Person, one: OneImport) -> None:
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)
    if one.status != "saved" or not who.may(Act.UNDO_IMPORT, board_id=view.board_id):
        return
    if view.as_at != today():
        show.note(f"You are looking at {day(view.as_at)}. A file is undone as things stand today.")
        return
    st.markdown("## Undo it", anchors=False)
    for line in after_undo(one.pieces):
        st.markdown(line)
    reason = f"undo-{one.number}"
    with st.form(f"undoing-{one.number}"):
        st.text_area("Why is it undone?", placeholder="In a sentence, for the history", key=reason)
        st.form_submit_button(
            "Undo this file", type=main_button(), on_click=undo, args=(one.number, who.id, reason)
        )


def after_undo(pieces: Iterable[Piece]) -> list[str]:
    """What will stand once the file is undone, in sentences (markdown)."""
    stands = [piece for piece in pieces if piece.by is None]
    if not stands:
        return ["Other files have replaced all that it holds, so no figure will change."]
    back: dict[int, int] = {}
    for piece in stands:
        back[piece.before or 0] = back.get(piece.before or 0, 0) + 1
    lines = [
        f"**File {number} will stand again** for {plural(count, 'piece')} of it."
        for number, count in sorted(back.items())
        if number
    ]
    if nothing := back.get(0):
        lines.append(f"**For {plural(nothing, 'piece')} of it nothing will stand:** none was sent before.")
    return lines
