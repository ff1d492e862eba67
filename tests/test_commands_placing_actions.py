"""Actions of returns: updates and new promises, through the same rules and states as the forms."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.actions import Seen, update_status
from lscb_core.commands.imports import preview
from lscb_core.db.access import OPERATOR
from lscb_core.db.base import FOREVER
from lscb_core.db.tables import Action, ActionState, Event, Import
from lscb_core.domain.vocab import ActionSource, Role, Status
from lscb_core.errors import BadInput, MoveNotAllowed, NotPermitted
from lscb_core.imports.reading import reading
from lscb_core.queries.actions import action_history, actions
from tests import make
from tests.make_imports import facts, moment
from tests.make_returns import DAY_AFTER, NEXT_DAY, scope, send, undo

AS_AT = date(2025, 4, 30)
DUE = date(2025, 6, 30)


@pytest.fixture
def town(session):
    """A board with police and health, an action of each, and who may send returns."""
    on = make.board(session)
    police, health = make.agency(session, on, "police"), make.agency(session, on, "health")
    town = {
        "board": on,
        "manager": make.account(session, Role.MANAGER, on, label="Board manager"),
        "lead": make.account(session, Role.AGENCY_LEAD, on, leads=police, label="Police lead"),
        "action": make.action(session, on, owner=police, due=DUE, title="Write the protocol"),
        "other": make.action(session, on, owner=health, due=DUE, title="Train the staff"),
    }
    town["neglect"] = make.priority(session, on, "neglect").id
    town["learning"] = make.sub_group(session, on, "learning").id
    session.commit()
    return town


def update(action, status="in_progress", note="Two of three done.", **fields):
    plain = {"title": action.title, "detail": None, "agency": "police", "due_on": DUE.isoformat()}
    more = {"source_kind": "audit", "priorities": [], "sub_groups": []}
    return {"number": action.number, "status": status, "note": note} | plain | more | fields


def new(title="Ask about fathers", **fields):
    plain = {"number": None, "title": title, "detail": "In every visit", "agency": "police", "note": None}
    more = {"due_on": DUE.isoformat(), "status": "not_started", "source_kind": "panel"}
    return plain | more | {"priorities": ["neglect"], "sub_groups": ["learning"]} | fields


def sheet(*rows, whose="police", as_at=AS_AT):
    return scope("actions", whose, as_at, *rows)


def now_of(session, action):
    session.expire_all()
    held = select(ActionState).where(ActionState.action_id == action.id, ActionState.until_on == FOREVER)
    return session.exec(held).one()


def seen(session, on, day):
    """Number -> status and note on the page of that day."""
    found = actions(session, view=make.view(on, as_at=day))
    return {row.number: (str(row.status), row.note) for row in found.itertuples()}


def by_hand(session, town, status, note, *, who="manager", day=NEXT_DAY):
    action = session.get(Action, town["action"].id, populate_existing=True)
    update_status(
        session,
        actor=town[who],
        seen=Seen(action.id, action.version),
        to=status,
        note=note,
        evidence="",
        at=moment(day),
    )


def test_a_lead_updates_the_own_agencys_action_and_the_history_says_who_and_from_what(session, town):
    taken = send(session, town["board"], sheet(update(town["action"], "complete")), actor=town["lead"])
    state = now_of(session, town["action"])
    assert (state.status, state.note, state.changed_by) == (
        Status.COMPLETE,
        "Two of three done.",
        "Police lead",
    )
    assert (state.completed_by_id, state.due_on, state.version) == (town["lead"], DUE, 2)
    assert state.origin_id == session.get(Import, taken.import_id).origin_id
    [event] = session.exec(select(Event).where(Event.record_kind == "action")).all()
    assert (event.actor, event.act, event.before["status"]) == ("Police lead", "import", "in_progress")
    told = {change.what: (change.before, change.now) for change in taken.changes}
    about = f"Action {town['action'].number} (Write the protocol)"
    assert told[about] == ("In progress", "Complete, evidence awaited")
    assert told[f"{about}: note"] == ("", "Two of three done.")


def test_the_page_of_the_day_before_stays_as_it_was(session, town):
    number, on = town["action"].number, town["board"]
    send(session, on, sheet(update(town["action"], "complete")), day=NEXT_DAY)
    assert seen(session, on, make.TODAY)[number] == ("in_progress", "")
    assert seen(session, on, NEXT_DAY)[number] == ("complete", "Two of three done.")


def test_a_row_that_says_nothing_new_changes_nothing(session, town):
    taken = send(session, town["board"], sheet(update(town["action"], note=None)))
    assert taken.changes == ()
    assert now_of(session, town["action"]).version == 1


def test_a_lead_may_not_touch_another_agencys_action_nor_add_one(session, town):
    for row in (update(town["other"]), new()):
        with pytest.raises(NotPermitted):
            send(session, town["board"], sheet(row), actor=town["lead"])
        session.rollback()
    assert seen(session, town["board"], NEXT_DAY)[town["other"].number] == ("in_progress", "")


@pytest.mark.parametrize(
    ("row", "refused", "words"),
    [
        ({"status": "complete", "note": None}, BadInput, "say in a sentence what has been done"),
        ({"status": "verified"}, MoveNotAllowed, "cannot go from"),
        ({"number": 987654}, BadInput, "no action 987654"),
    ],
)
def test_the_rules_of_the_forms_hold_and_the_refusal_names_the_action(session, town, row, refused, words):
    with pytest.raises(refused, match=words) as told:
        send(session, town["board"], sheet(update(town["action"]) | row))
    assert str(row.get("number", town["action"].number)) in str(told.value)


def test_a_date_is_moved_by_the_manager_alone_and_only_with_a_reason(session, town):
    on, first, later = town["board"], "2025-07-15", "2025-07-30"
    send(session, on, sheet(update(town["action"], due_on=later)), actor=town["lead"])
    assert now_of(session, town["action"]).due_on == DUE
    send(session, on, sheet(update(town["action"], due_on=later, note=None)), actor=town["manager"])
    assert now_of(session, town["action"]).due_on == DUE
    for due_on in (first, later):  # a correction of the file is no second move
        row = update(town["action"], due_on=due_on, note="Staffing")
        taken = send(session, on, sheet(row), actor=town["manager"], day=NEXT_DAY)
    state = now_of(session, town["action"])
    assert (state.due_on.isoformat(), state.first_due_on, state.times_moved) == (later, DUE, 1)
    assert state.reason == "Staffing"
    undo(session, taken)
    state = now_of(session, town["action"])
    assert (state.due_on.isoformat(), state.times_moved) == (first, 1)


def test_the_manager_adds_actions_with_their_tags(session, town):
    rows = (new(), new("Ask schools", status="in_progress", note="Asked two.", agency=None))
    taken = send(session, town["board"], sheet(*rows, whose="all"), actor=town["manager"])
    first, second = session.exec(select(Action).order_by(Action.number)).all()[-2:]
    assert (first.title, first.detail, first.source_kind) == (
        "Ask about fathers",
        "In every visit",
        ActionSource.PANEL,
    )
    assert (first.origin_id, first.raised_on) == (session.get(Import, taken.import_id).origin_id, make.TODAY)
    state = now_of(session, second)
    assert (state.status, state.note, state.agency_id) == (Status.IN_PROGRESS, "Asked two.", None)
    found = actions(session, view=make.view(town["board"], as_at=NEXT_DAY))
    assert {"Ask about fathers", "Ask schools"} < set(found["title"])
    tags = {"priority_id": town["neglect"], "sub_group_id": town["learning"]}
    assert len(actions(session, view=make.view(town["board"], as_at=NEXT_DAY, **tags))) == 2
    assert [(change.what, change.now) for change in taken.changes] == [
        ("New action: Ask about fathers", "Not started"),
        ("New action: Ask schools", "In progress"),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"priorities": ["unheard-of"]}, "no priority “unheard-of”"),
        ({"sub_groups": ["unheard-of"]}, "no sub-group"),
        ({"due_on": "2025-04-01"}, "has passed"),
        ({"agency": "housing"}, "no seat"),
    ],
)
def test_a_new_action_with_a_mistake_is_refused(session, town, row, words):
    with pytest.raises(BadInput, match=words):
        send(session, town["board"], sheet(new() | row, whose="all"), actor=town["manager"])
    session.rollback()
    assert len(session.exec(select(Action)).all()) == 2


def test_undoing_withdraws_what_was_added_and_puts_back_what_was_updated(session, town):
    taken = send(
        session, town["board"], sheet(update(town["action"], "complete"), new()), actor=town["manager"]
    )
    undo(session, taken)
    state = now_of(session, town["action"])
    assert (state.status, state.note, state.completed_by_id) == (Status.IN_PROGRESS, "", None)
    assert state.reason == "The file that changed it was undone"
    added = session.exec(select(Action).order_by(Action.number.desc())).first()
    state = now_of(session, added)
    assert (state.status, state.closed_on) == (Status.WITHDRAWN, DAY_AFTER)
    assert state.reason == "The file that brought it was undone"
    on, number = town["board"], town["action"].number
    assert seen(session, on, NEXT_DAY)[number] == ("complete", "Two of three done.")
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "")
    history = action_history(session, view=make.view(on, as_at=DAY_AFTER), action_id=town["action"].id)
    assert history["what"].tolist() == ["In progress", "Marked complete", "Added"]


def test_undoing_in_any_order_leaves_what_still_stands(session, town):
    on, number = town["board"], town["action"].number
    first = send(session, on, sheet(update(town["action"], note="First.")))
    second = send(session, on, sheet(update(town["action"], "complete", note="Second.")), day=NEXT_DAY)
    undo(session, second)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "First.")
    third = send(session, on, sheet(update(town["action"], "complete", note="Third.")), day=DAY_AFTER)
    undo(session, first)
    assert seen(session, on, DAY_AFTER)[number] == ("complete", "Third.")
    undo(session, third)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "")


def test_months_that_follow_each_other_are_undone_from_the_last(session, town):
    on, number = town["board"], town["action"].number
    april = send(session, on, sheet(update(town["action"], note="April.")))
    may = send(session, on, sheet(update(town["action"], "complete", "May."), as_at=NEXT_DAY), day=NEXT_DAY)
    with pytest.raises(BadInput, match=f"action {number} was changed after the file"):
        undo(session, april)
    session.rollback()
    undo(session, may)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "April.")
    undo(session, april)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "")


def test_what_somebody_changed_since_is_not_undone_until_it_is_put_right_by_hand(session, town):
    on, number = town["board"], town["action"].number
    taken = send(session, on, sheet(update(town["action"], "complete")))
    by_hand(session, town, Status.WITHDRAWN, "The service has closed.")
    with pytest.raises(BadInput, match=f"action {number} was changed") as refused:
        undo(session, taken)
    assert "Board manager changed it on 1 May 2025" in refused.value.why
    assert "“In progress” by hand" in refused.value.advice
    session.rollback()
    by_hand(session, town, Status.IN_PROGRESS, "Open again.", day=DAY_AFTER)
    undo(session, taken)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "Open again.")


def test_a_new_action_that_somebody_worked_on_is_withdrawn_by_hand_first(session, town):
    taken = send(session, town["board"], sheet(new()), actor=town["manager"])
    town["action"] = session.exec(select(Action).order_by(Action.number.desc())).first()
    by_hand(session, town, Status.IN_PROGRESS, "Begun.", who="lead")
    with pytest.raises(BadInput, match="“Withdrawn” by hand"):
        undo(session, taken)
    session.rollback()
    by_hand(session, town, Status.WITHDRAWN, "Not asked for.", day=DAY_AFTER)
    undo(session, taken)
    assert now_of(session, town["action"]).reason == ""


def test_a_later_file_of_the_same_return_replaces_the_earlier_one(session, town):
    on = town["board"]
    send(session, on, sheet(update(town["action"], "complete"), new(), new("Old")), actor=town["manager"])
    rows = (new(), new("Newer"))
    second = send(session, on, sheet(*rows), actor=town["manager"], day=NEXT_DAY)

    def standing(day):
        found = actions(session, view=make.view(on, as_at=day))
        return {row.title: str(row.status) for row in found.itertuples() if row.title != "Train the staff"}

    fathers, protocol = "Ask about fathers", "Write the protocol"
    assert standing(make.TODAY) == {fathers: "not_started", protocol: "complete", "Old": "not_started"}
    after = {fathers: "not_started", protocol: "in_progress", "Old": "withdrawn", "Newer": "not_started"}
    assert standing(NEXT_DAY) == after
    undo(session, second)
    assert standing(DAY_AFTER) == {**standing(make.TODAY), "Newer": "withdrawn"}


def test_a_promise_left_out_and_sent_again_is_the_same_action(session, town):
    for day, rows in (
        (make.TODAY, [new("Old"), new()]),
        (NEXT_DAY, [new()]),
        (DAY_AFTER, [new("Old"), new()]),
    ):
        send(session, town["board"], sheet(*rows), actor=town["manager"], day=day)
    old = session.exec(select(Action).where(Action.title == "Old")).one()
    assert now_of(session, old).status is Status.NOT_STARTED


def test_sent_again_unchanged_a_row_does_not_override_what_somebody_wrote_since(session, town):
    on, number = town["board"], town["action"].number
    send(session, on, sheet(update(town["action"], note="From the file.")))
    by_hand(session, town, Status.COMPLETE, "Done by hand.")
    send(session, on, sheet(update(town["action"], note="From the file."), new()), day=DAY_AFTER)
    assert seen(session, on, DAY_AFTER)[number] == ("complete", "Done by hand.")
    send(session, on, sheet(new()), day=DAY_AFTER)  # leaving it out does not either
    assert seen(session, on, DAY_AFTER)[number] == ("complete", "Done by hand.")


def test_a_promise_that_was_undone_is_a_new_one_when_it_is_sent_again(session, town):
    undo(session, send(session, town["board"], sheet(new()), actor=town["manager"]), day=NEXT_DAY)
    send(session, town["board"], sheet(new()), actor=town["manager"], day=DAY_AFTER)
    found = session.exec(select(Action).where(Action.title == "Ask about fathers")).all()
    assert [now_of(session, one).status for one in found] == [Status.WITHDRAWN, Status.NOT_STARTED]


def test_a_lead_does_not_withdraw_what_the_manager_added_by_leaving_it_out(session, town):
    send(session, town["board"], sheet(new()), actor=town["manager"])
    with pytest.raises(NotPermitted):
        send(session, town["board"], sheet(update(town["action"])), actor=town["lead"], day=NEXT_DAY)


def test_a_preview_keeps_no_state_and_no_number(session, town):
    made = reading("template", scopes=[sheet(update(town["action"], "complete"), new())], title="Return")
    facts_of = {"file": facts(), "reading": made, "at": moment(NEXT_DAY)}
    would = preview(session, actor=OPERATOR, board_id=town["board"].id, **facts_of)
    assert len(would.changes) == 3
    assert len(session.exec(select(ActionState)).all()) == 2
    assert session.get(Action, town["action"].id, populate_existing=True).version == 1


def test_a_file_undone_in_the_middle_counts_where_a_later_one_says_the_same(session, town):
    on, number = town["board"], town["action"].number
    first = send(session, on, sheet(update(town["action"], note="Said twice.")))
    second = send(session, on, sheet(update(town["action"], note="Said twice."), new()), day=NEXT_DAY)
    assert now_of(session, town["action"]).version == 2
    undo(session, first)
    june = sheet(update(town["action"], "complete", "June."), as_at=DAY_AFTER)
    undo(session, send(session, on, june, day=DAY_AFTER))
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "Said twice.")
    undo(session, second)
    assert seen(session, on, DAY_AFTER)[number] == ("in_progress", "")


def test_a_file_with_two_days_is_replaced_one_day_at_a_time(session, town):
    on, numbers = town["board"], (town["action"].number, town["other"].number)
    other = sheet(update(town["other"], "complete", "Trained."), as_at=NEXT_DAY, whose="all")
    both = send(session, on, sheet(update(town["action"], note="One."), whose="all"), other, day=NEXT_DAY)
    send(session, on, sheet(update(town["action"], note="Two."), whose="all"), day=NEXT_DAY)
    after = [("in_progress", "Two."), ("complete", "Trained.")]
    assert [seen(session, on, NEXT_DAY)[number] for number in numbers] == after
    undo(session, both)
    after = [("in_progress", "Two."), ("in_progress", "")]
    assert [seen(session, on, DAY_AFTER)[number] for number in numbers] == after
