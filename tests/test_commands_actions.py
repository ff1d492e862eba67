"""What people may do to actions, and that nothing is kept when they may not."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from lscb_core.commands.actions import Seen, assign, redate, update_status
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.db.base import FOREVER
from lscb_core.db.tables import Account, Action, ActionState, DataRevision, Event
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import BadInput, BoardError, MoveNotAllowed, NotPermitted, StaleRecord
from tests import make


@pytest.fixture
def town(session):
    """A board with police and health, one action of the police, and everybody who may want to touch it."""
    board = make.board(session)
    police, health = make.agency(session, board, "police"), make.agency(session, board, "health")
    other = make.board(session, "elsewhere")
    make.agency(session, other, "police")
    people = {
        "chair": make.account(session, Role.CHAIR, board, label="Independent chair"),
        "manager": make.account(session, Role.MANAGER, board, label="Board manager"),
        "police": make.account(session, Role.AGENCY_LEAD, board, leads=police, label="Police lead"),
        "health": make.account(session, Role.AGENCY_LEAD, board, leads=health, label="Health lead"),
        "police elsewhere": make.account(session, Role.AGENCY_LEAD, other, leads=police),
        "manager elsewhere": make.account(session, Role.MANAGER, other),
        "subgroup": make.account(session, Role.SUBGROUP, board, sits_in=make.sub_group(session, board)),
        "lay": make.account(session, Role.LAY, board),
        "admin": make.account(session, Role.ADMIN, None),
    }
    action = make.action(session, board, owner=police, due=date(2025, 4, 20))
    session.commit()
    return {"board": board, "police": police, "health": health, "people": people, "action": action}


def seen(action: Action, version: int = 1) -> Seen:
    return Seen(action.id, version)


def now_of(session: Session, action: Action) -> ActionState:
    session.expire_all()
    return session.exec(
        select(ActionState).where(ActionState.action_id == action.id, ActionState.until_on == FOREVER)
    ).one()


def step(session, town, who, to=Status.IN_PROGRESS, *, version=1, note="Two of three done.", evidence=""):
    update_status(
        session,
        actor=town["people"][who],
        seen=seen(town["action"], version),
        to=to,
        note=note,
        evidence=evidence,
        at=make.NOW,
    )


def test_a_lead_updates_an_action_of_the_own_agency_and_history_says_so(session, town):
    step(session, town, "police", Status.COMPLETE, note="Signed off.", evidence="Minutes, page 4")
    state = now_of(session, town["action"])
    assert (state.status, state.note, state.evidence) == (Status.COMPLETE, "Signed off.", "Minutes, page 4")
    assert (state.version, state.from_on, state.changed_by) == (2, make.TODAY, "Police lead")
    [event] = session.exec(select(Event)).all()
    assert (event.actor, event.act, event.record_id) == ("Police lead", "update_action", town["action"].id)
    assert event.before["status"] == "in_progress"
    assert event.after["status"] == "complete"


def test_the_state_before_ends_where_the_new_one_begins(session, town):
    step(session, town, "police")
    first, second = session.exec(select(ActionState).order_by(ActionState.version)).all()
    assert first.until_on == second.from_on == make.TODAY
    assert second.until_on == FOREVER


@pytest.mark.parametrize(
    "who", ["chair", "health", "police elsewhere", "manager elsewhere", "subgroup", "lay", "admin"]
)
def test_nobody_else_updates_it_and_nothing_is_kept(session, town, who):
    with pytest.raises(NotPermitted):
        step(session, town, who)
    session.rollback()
    assert now_of(session, town["action"]).version == 1
    assert [event.act for event in session.exec(select(Event))] == ["refused"]


def test_a_disabled_account_may_do_nothing(session, town):
    session.get(Account, town["people"]["police"]).disabled_at = make.NOW
    session.commit()
    with pytest.raises(NotPermitted):
        step(session, town, "police")


def test_a_role_taken_away_counts_at_once(session, town):
    step(session, town, "police")
    for grant in (
        session.get(Account, town["people"]["police"])
        and session.exec(
            select(make.RoleGrant).where(make.RoleGrant.account_id == town["people"]["police"])
        ).all()
    ):
        session.delete(grant)
    session.commit()
    with pytest.raises(NotPermitted):
        step(session, town, "police", version=2)


def test_whoever_saves_second_is_told_who_was_first_and_what_they_wrote(session, town):
    step(session, town, "police", note="Protocol signed by two of three units.")
    with pytest.raises(StaleRecord) as refused:
        step(session, town, "manager", note="Reminder sent.")
    assert "Police lead" in refused.value.why
    assert "“Protocol signed by two of three units”" in refused.value.why
    session.rollback()
    assert now_of(session, town["action"]).note == "Protocol signed by two of three units."


def test_a_late_click_on_an_action_closed_meanwhile_is_a_lost_race_not_a_riddle(session, town):
    step(session, town, "police", Status.COMPLETE, note="Done.", evidence="Minutes")
    step(session, town, "manager", Status.VERIFIED, version=2, note="Seen.")
    with pytest.raises(StaleRecord):
        step(session, town, "police", version=1)


def test_an_action_marked_complete_is_closed_by_somebody_else(session, town):
    step(session, town, "manager", Status.COMPLETE, note="Done.", evidence="Minutes")
    with pytest.raises(NotPermitted):
        step(session, town, "manager", Status.VERIFIED, version=2, note="Checked.")
    session.rollback()
    step(session, town, "chair", Status.VERIFIED, version=2, note="Checked the minutes.")
    state = now_of(session, town["action"])
    assert (state.status, state.closed_on) == (Status.VERIFIED, make.TODAY)


def test_closing_needs_evidence(session, town):
    step(session, town, "police", Status.COMPLETE, note="Done.")
    with pytest.raises(BadInput, match="evidence"):
        step(session, town, "chair", Status.VERIFIED, version=2, note="Fine.")


def test_an_open_action_cannot_be_closed_before_its_owner_says_it_is_complete(session, town):
    with pytest.raises(MoveNotAllowed):
        step(session, town, "chair", Status.VERIFIED, note="Fine.", evidence="Minutes")


def test_completing_needs_a_note(session, town):
    with pytest.raises(BadInput, match="sentence"):
        step(session, town, "police", Status.COMPLETE, note="  ")


def test_a_save_that_says_nothing_new_is_refused(session, town):
    with pytest.raises(BadInput, match="nothing is new"):
        step(session, town, "police", note="")


def test_text_is_kept_to_the_letter_and_too_much_of_it_refused(session, town):
    words = "=SUM(A1) <b>é</b> \u202e 🙂 'quoted'; DROP TABLE action;--"
    step(session, town, "police", note=words)
    assert now_of(session, town["action"]).note == words
    with pytest.raises(BadInput, match="2,000"):
        step(session, town, "police", version=2, note="x" * 2001)


def test_a_moved_date_keeps_the_first_and_counts(session, town):
    for version, days in ((1, 30), (2, 60)):
        redate(
            session,
            actor=town["people"]["manager"],
            seen=seen(town["action"], version),
            due_on=make.TODAY + timedelta(days=days),
            reason="Staffing",
            at=make.NOW,
        )
    state = now_of(session, town["action"])
    assert (state.first_due_on, state.due_on) == (date(2025, 4, 20), make.TODAY + timedelta(days=60))
    assert (state.times_moved, state.reason) == (2, "Staffing")


def test_a_first_date_is_no_move(session, town):
    undated = make.action(session, town["board"], owner=town["police"])
    session.commit()
    due = make.TODAY + timedelta(days=10)
    redate(
        session, actor=town["people"]["manager"], seen=seen(undated), due_on=due, reason="Agreed", at=make.NOW
    )
    state = now_of(session, undated)
    assert (state.first_due_on, state.due_on, state.times_moved) == (due, due, 0)


@pytest.mark.parametrize(
    ("due_on", "reason", "words"),
    [
        (make.TODAY - timedelta(days=1), "Staffing", "has passed"),
        (make.TODAY + timedelta(days=1), "  ", "why the date is moved"),
        (date(2025, 4, 20), "Staffing", "already agreed"),
    ],
)
def test_a_date_is_moved_only_ahead_and_with_a_reason(session, town, due_on, reason, words):
    with pytest.raises(BadInput, match=words):
        redate(
            session,
            actor=town["people"]["manager"],
            seen=seen(town["action"]),
            due_on=due_on,
            reason=reason,
            at=make.NOW,
        )


@pytest.mark.parametrize("who", ["police", "chair", "lay", "manager elsewhere"])
def test_only_the_boards_manager_moves_a_date_or_names_an_owner(session, town, who):
    ahead = make.TODAY + timedelta(days=9)
    actor = town["people"][who]
    with pytest.raises(NotPermitted):
        redate(session, actor=actor, seen=seen(town["action"]), due_on=ahead, reason="No", at=make.NOW)
    with pytest.raises(NotPermitted):
        assign(
            session,
            actor=actor,
            seen=seen(town["action"]),
            agency_id=town["health"].id,
            reason="",
            at=make.NOW,
        )


def test_a_new_owner_may_update_and_the_old_one_may_not(session, town):
    assign(
        session,
        actor=town["people"]["manager"],
        seen=seen(town["action"]),
        agency_id=town["health"].id,
        reason="Health holds the budget",
        at=make.NOW,
    )
    with pytest.raises(NotPermitted):
        step(session, town, "police", version=2)
    session.rollback()
    step(session, town, "health", version=2)
    assert now_of(session, town["action"]).changed_by == "Health lead"


def test_an_agency_without_a_seat_cannot_be_named(session, town):
    with pytest.raises(BadInput, match="no seat"):
        assign(
            session,
            actor=town["people"]["manager"],
            seen=seen(town["action"]),
            agency_id=987654,
            reason="",
            at=make.NOW,
        )


def test_an_added_action_takes_the_boards_next_number_and_may_lack_owner_and_date(session, town):
    new = NewAction(title=" Write the protocol ", detail="", source_kind=ActionSource.CHALLENGE)
    number = add_action(
        session, actor=town["people"]["manager"], board_id=town["board"].id, new=new, at=make.NOW
    )
    assert number == town["action"].number + 1
    added = session.exec(select(Action).where(Action.number == number)).one()
    state = now_of(session, added)
    assert (added.title, state.agency_id, state.due_on, state.status) == (
        "Write the protocol",
        None,
        None,
        Status.NOT_STARTED,
    )


@pytest.mark.parametrize("fields", [{"title": "  "}, {"due_on": date(2025, 4, 29)}, {"agency_id": 987654}])
def test_an_action_with_a_mistake_is_not_added(session, town, fields):
    new = NewAction(**{"title": "Write", "detail": "", "source_kind": ActionSource.AUDIT, **fields})
    with pytest.raises(BoardError):
        add_action(session, actor=town["people"]["manager"], board_id=town["board"].id, new=new, at=make.NOW)
    session.rollback()
    assert len(session.exec(select(Action)).all()) == 1


def test_every_change_raises_the_revision_that_memory_is_keyed_by(session, town):
    before = session.get(DataRevision, 1).number
    step(session, town, "police")
    session.expire_all()
    assert session.get(DataRevision, 1).number == before + 1


def test_two_people_saving_at_once_one_wins_and_nothing_is_lost(racing_engine):
    """Eight threads save the version that all of them saw; one is kept, seven hear who was first."""
    from concurrent.futures import ThreadPoolExecutor

    with Session(racing_engine) as session:
        board = make.board(session)
        police = make.agency(session, board)
        leads = [make.account(session, Role.AGENCY_LEAD, board, leads=police) for _ in range(8)]
        action_id = make.action(session, board, owner=police, due=make.TODAY).id
        session.commit()

    def save(actor: int) -> str:
        with Session(racing_engine.execution_options(writes=True)) as session:
            try:
                update_status(
                    session,
                    actor=actor,
                    seen=Seen(action_id, 1),
                    to=Status.IN_PROGRESS,
                    note=f"by {actor}",
                    evidence="",
                    at=make.NOW,
                )
            except StaleRecord as refused:
                return refused.why
        return "saved"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(save, leads))
    assert told.count("saved") == 1
    winner = leads[told.index("saved")]
    assert all(f"by {winner}" in why for why in told if why != "saved")
    with Session(racing_engine) as session:
        assert session.get(Action, action_id).version == 2
        assert len(session.exec(select(ActionState)).all()) == 2


def test_an_update_without_a_note_leaves_the_last_note_and_its_day(session, town):
    step(session, town, "police", note="Two of three done.")
    update_status(
        session,
        actor=town["people"]["police"],
        seen=seen(town["action"], 2),
        to=Status.NOT_STARTED,
        note="",
        evidence="",
        at=make.NOW + timedelta(days=3),
    )
    state = now_of(session, town["action"])
    assert (state.status, state.note, state.note_on) == (
        Status.NOT_STARTED,
        "Two of three done.",
        make.TODAY,
    )


@pytest.mark.parametrize(
    ("first", "then", "who"),
    [
        (None, Status.WITHDRAWN, "manager"),
        (Status.WITHDRAWN, Status.IN_PROGRESS, "chair"),
    ],
)
def test_withdrawing_and_opening_again_need_a_reason(session, town, first, then, who):
    if first:
        step(session, town, "manager", first, note="No longer needed.")
    version = 2 if first else 1
    with pytest.raises(BadInput, match="say in a sentence"):
        step(session, town, who, then, version=version, note=" ")
    session.rollback()
    step(session, town, who, then, version=version, note="The service has closed.")
    assert now_of(session, town["action"]).status is then


def test_a_lost_race_quotes_the_change_that_was_first_and_not_an_older_note(session, town):
    step(session, town, "police", note="Police wrote this.")
    ahead = make.TODAY + timedelta(days=30)
    redate(
        session,
        actor=town["people"]["manager"],
        seen=seen(town["action"], 2),
        due_on=ahead,
        reason="Staffing",
        at=make.NOW,
    )
    with pytest.raises(StaleRecord) as refused:
        step(session, town, "police", version=2)
    assert "Board manager" in refused.value.why
    assert "Staffing" in refused.value.why
    assert "Police wrote this" not in refused.value.why
