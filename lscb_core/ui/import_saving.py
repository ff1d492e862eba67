"""What is decided about a file, each in its button's callback: take it in, leave it, undo it; its words."""

from collections.abc import Callable, Mapping

import streamlit as st
from sqlmodel import Session

from lscb_core.commands.import_settings import map_spellings
from lscb_core.commands.imports import undo_import
from lscb_core.commands.seen_imports import save_seen
from lscb_core.config import now
from lscb_core.domain.numbers import plural
from lscb_core.errors import BadInput, BoardError
from lscb_core.ui import address
from lscb_core.ui import import_memory as memory
from lscb_core.ui.acting import acting
from lscb_core.ui.import_memory import Seen
from lscb_core.ui.notices import plain, say
from lscb_core.ui.uploads import drop_upload

ROUND = "import-round"
REFUSED, WHOLE_PAGE = "refused-import", "draw_the_whole_page"
FILE = "file"


def take_in(seen: Seen) -> None:
    """Take the file in as it was shown (a button's callback)."""
    made = memory.reading_of(seen.key)
    if made is None:
        st.session_state[REFUSED] = BadInput(
            "Nothing was taken in yet: it is too long ago that the file was read.",
            advice="It has been read again: look at what it would change, then take it in.",
        )
        return
    try:
        with acting() as session:
            taken = save_seen(
                session,
                actor=seen.actor,
                board_id=seen.key.board_id,
                file=seen.file,
                reading=made,
                seen=seen.revision,
                at=now(),
            )
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return
    _done(seen)
    changed = plural(len(taken.changes), "figure or record", "figures and records")
    say(f"**Taken in.** {plain(made.title or seen.file.name)}: {changed} changed. It can be undone below.")


def leave(seen: Seen) -> None:
    """Take the file out of memory; nothing of it is kept."""
    _done(seen)
    say(f"**Left.** Nothing of “{plain(seen.file.name)}” was kept.")


def _done(seen: Seen) -> None:
    memory.drop(seen)
    drop_upload(seen.file_id)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1  # a new uploader, without the file


def spelling_key(key: str) -> str:
    """The name under which the choice for one spelling is kept."""
    return f"spelling-{key}"


def save_words(board_id: int, actor: int, words: Mapping[str, str]) -> None:
    """Remember what was chosen for these spellings (key -> words); the file is then read again."""
    means = {
        said: str(chosen)
        for key, said in words.items()
        if (chosen := st.session_state.get(spelling_key(key)))
    }
    if not means:
        st.session_state[REFUSED] = BadInput("Nothing was chosen yet.", advice="Choose what the words mean.")
        return
    carry_out(lambda session: map_spellings(session, actor=actor, board_id=board_id, means=means, at=now()))


def undo(number: int, actor: int, reason_key: str) -> None:
    """Undo what a file has brought, with the reason that was typed."""
    why = str(st.session_state.get(reason_key) or "")
    if carry_out(lambda session: undo_import(session, actor=actor, import_id=number, why=why, at=now())):
        say(f"**Undone.** File {number} stands no longer; what it had replaced stands again.")
        address.keep(FILE, None)
        st.session_state.pop(reason_key, None)
        st.session_state[WHOLE_PAGE] = True


def carry_out(command: Callable[[Session], object]) -> bool:
    """Run a command; whether it was done. A refusal is kept for the page to show."""
    try:
        with acting() as session:
            command(session)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return False
    return True
