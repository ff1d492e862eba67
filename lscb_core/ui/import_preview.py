"""A file that was read: what it is, what it would change, its problems and its open questions."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.commands.imports import Taken
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day
from lscb_core.errors import BoardError
from lscb_core.imports.reading import Reading
from lscb_core.queries.sent_scopes import would_replace
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.import_kinds import FileKind
from lscb_core.ui.import_lists import list_notes, list_problems, listing
from lscb_core.ui.import_memory import Seen
from lscb_core.ui.import_reading import note_refused, read_upload, worked_out
from lscb_core.ui.import_saving import REFUSED, leave, take_in
from lscb_core.ui.import_spellings import ask_about_words
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import plain, show_error

HIDDEN = " A c stands for a number so small that it is hidden."


def look_at(page: Page, kind: FileKind, upload: Any) -> None:
    """Read the upload and show what came of it; an error is shown in its place."""
    with st.container(border=True):
        if refused := st.session_state.pop(REFUSED, None):
            show_error(refused)
        try:
            seen, made = read_upload(page, kind.key, upload)
            _show(page, seen, made)
        except BoardError as problem:
            show_error(problem)


def _show(page: Page, seen: Seen, made: Reading) -> None:
    _what_it_is(seen, made)
    if made.problems:
        _problems(page, seen, made)
    elif made.spellings:
        ask_about_words(page, made.spellings)
    elif not made.scopes:
        st.warning(
            "**There is nothing in this file that could be taken in.** Check that it is the right one."
        )
    else:
        _preview(page, seen, made)
        return
    list_notes(page, made)
    _buttons(seen, may_take=False)


def _what_it_is(seen: Seen, made: Reading) -> None:
    with st.container(gap=None):
        st.markdown(f"### {plain(made.title or seen.file.name)}", anchors=False)
        counted = "; ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in made.counts.items())
        as_at = f" As at {day(made.as_at)}." if made.as_at else ""
        found = f" Counted: {counted}." if counted else ""
        show.note(plain(f"File “{seen.file.name}”, {_size(seen.file.size)}.{as_at}{found}"))


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1):,} kB"


def _preview(page: Page, seen: Seen, made: Reading) -> None:
    seen, taken = worked_out(seen, made)
    if taken.again:
        st.info(f"**This file is here already, so nothing would change.** {plain(taken.again)}")
    else:
        _replaced(page, made)
        _changes(page, taken)
    list_notes(page, made)
    _buttons(seen, may_take=not taken.again)


def _replaced(page: Page, made: Reading) -> None:
    """The earlier returns whose figures would go."""
    held = would_replace(page.session, view=page.view, keys=[scope.key for scope in made.scopes])
    for row in show.rows_of(held.head(3)):
        pieces = row["pieces"]
        more = f" and {len(pieces) - 2:,} more" if len(pieces) > 2 else ""
        st.markdown(
            f":orange-badge[Replaces] what **{plain(row['who'])}** sent on {day(row['at'].date())} "
            f"(file “{plain(row['file'])}”): {plain('; '.join(pieces[:2]))}{more}."
        )
    if len(held) > 3:
        show.note(f"… and {plural(len(held) - 3, 'earlier file')} more. What was sent before is kept.")


def _changes(page: Page, taken: Taken) -> None:
    if not taken.changes:
        st.markdown("**No figure would change.** What was sent is the same as what is held.")
        return
    new = sum(not change.before for change in taken.changes)
    parts = [f"{new:,} new"] * bool(new) + [f"{len(taken.changes) - new:,} other than before"] * (
        new < len(taken.changes)
    )
    st.markdown(
        f"**{plural(len(taken.changes), 'figure or record', 'figures and records')} would change:** "
        f"{', '.join(parts)}.{HIDDEN if _hides(taken) else ''}"
    )
    # The short columns first: on a phone they would be out of sight behind the long one.
    rows = [(change.before or "–", change.now or "–", change.what) for change in taken.changes]
    listed = pd.DataFrame(rows, columns=["Before", "Now", "What"])
    listing(page, listed, "changes", "What would change")


def _hides(taken: Taken) -> bool:
    return any("c" in (change.before, change.now) for change in taken.changes)


def _problems(page: Page, seen: Seen, made: Reading) -> None:
    if note_refused(seen, made):
        st.rerun()  # the lists below tell of it too
    total = len(made.problems) + made.more_problems
    st.error(
        f"**Nothing was taken in: the file has {plural(total, 'problem')}.** "
        "Correct what is listed, save the file, then send it again.",
        icon=":material/error:",
    )
    list_problems(page, made, file=seen.file.name)


def _buttons(seen: Seen, *, may_take: bool) -> None:
    with st.container(horizontal=True):
        if may_take:
            st.button(
                "Take it in", type=main_button(), icon=":material/check:", on_click=take_in, args=(seen,)
            )
        st.button("Leave it", on_click=leave, args=(seen,))
