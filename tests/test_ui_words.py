"""What people type reaches the register and its history as it was typed, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import select

from lscb_core.commands.actions import Seen, update_status
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.commands.words import LONGEST, required_text, short_text
from lscb_core.db.tables import Action, ActionState, Event
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import BadInput
from lscb_core.queries.actions import action_history
from tests import make
from tests.naughty import FORMULAS, MARKED, NOT_TEXT, WORDS

EVERYTHING = [*WORDS, *FORMULAS, *MARKED, *NOT_TEXT]


def as_kept(text: str) -> str:
    """Without NUL, half characters and outer spaces; otherwise letter by letter."""
    return "".join(
        "?" if "\ud800" <= letter <= "\udfff" else letter for letter in text if letter != "\0"
    ).strip()


@pytest.fixture
def town(session):
    board = make.board(session)
    manager = make.account(session, Role.MANAGER, board)
    action = make.action(session, board, owner=make.agency(session, board))
    session.commit()
    return board, manager, action


def test_every_note_is_kept_in_the_state_in_the_history_and_on_the_page(session, town):
    board, manager, action = town
    typed = [text for text in EVERYTHING if as_kept(text)]
    for version, text in enumerate(typed, start=1):
        words = {"to": Status.IN_PROGRESS, "note": text, "evidence": text}
        update_status(session, actor=manager, seen=Seen(action.id, version), **words, at=make.NOW)
    kept = [as_kept(text) for text in typed]
    session.expire_all()
    states = session.exec(select(ActionState).order_by(ActionState.version)).all()[1:]
    assert [(state.note, state.evidence) for state in states] == [(text, text) for text in kept]
    told = session.exec(select(Event).order_by(Event.id)).all()
    assert [event.note for event in told] == kept
    assert [event.after["note"] for event in told if "note" in event.after] == _changed(kept)
    shown = action_history(session, view=make.view(board), action_id=action.id)
    assert set(kept) <= set(shown["note"])


def _changed(kept: list[str]) -> list[str]:
    """The history holds a field only where it differs from before."""
    return [now for before, now in zip(["", *kept], kept, strict=False) if now != before]


def test_every_title_is_kept_too(session, town):
    board, manager, _ = town
    typed = [text for text in EVERYTHING if as_kept(text)]
    for text in typed:
        new = NewAction(title=text, detail=text, source_kind=ActionSource.AUDIT)
        add_action(session, actor=manager, board_id=board.id, new=new, at=make.NOW)
    session.expire_all()
    added = session.exec(select(Action).order_by(Action.id)).all()[1:]
    assert [(each.title, each.detail) for each in added] == [(as_kept(text), as_kept(text)) for text in typed]


@given(some.text(some.characters(exclude_categories=[]), max_size=80))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_kept_letter_by_letter(text):
    assert short_text(text, "the note") == as_kept(text)
    short_text(text, "the note").encode("utf-8")


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\x00", " \x00 ", "\u00a0"])
def test_what_has_to_be_said_has_to_be_said(text):
    with pytest.raises(BadInput, match="say what is promised"):
        required_text(text, "what is promised")


def test_the_longest_text_that_fits_and_one_letter_more():
    assert short_text(f"  {'🙂' * LONGEST}\n", "the note") == "🙂" * LONGEST
    with pytest.raises(BadInput, match="the note has 2,001 characters; 2,000 fit"):
        short_text("x" * (LONGEST + 1), "the note")
