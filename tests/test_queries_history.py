"""The history: who sees which events, what the filters keep, and which values are never repeated."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from lscb_core.commands.actions import Seen, update_status
from lscb_core.commands.history import note_broken, note_check
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.sealing import Verified, verify, verify_last
from lscb_core.db.tables import DeathExact, Event
from lscb_core.domain.history import Kind, kind_of
from lscb_core.domain.vocab import Role, Status
from lscb_core.errors import NotFound, NotPermitted
from lscb_core.queries.history import EVENTS, counted, events, how_many
from lscb_core.queries.history_chain import chain, whole_chain
from lscb_core.queries.history_scope import Asked
from lscb_core.queries.history_story import story
from tests import make
from tests.death_returns import drawn, report
from tests.make_events import by, happened, refused, tamper

DAY = timedelta(days=1)
MAY_NOT = (Role.LAY, Role.SUBGROUP, Role.AGENCY_LEAD)


@pytest.fixture
def board(session):
    on = make.board(session)
    make.agency(session, on)
    session.commit()
    return on


@pytest.fixture
def police(session, board):
    return session.exec(select(make.Agency)).one()


def as_role(session, role, on, *, leads=None):
    actor = make.account(session, role, on, leads=leads)
    session.commit()
    return person(session, actor)


@pytest.fixture
def chair(session, board):
    return as_role(session, Role.CHAIR, board)


def seen(session, on, who, *, as_at=make.TODAY, agency=None, **asked):
    view = make.view(on, as_at, agency_id=agency.id if agency else None)
    found = events(session, view=view, who=who, asked=Asked(**asked))
    assert list(found.columns) == list(EVENTS)
    assert how_many(session, view=view, who=who, asked=Asked(**asked)) == len(found)
    return found


def notes(found) -> list[str]:
    return found["note"].tolist()


def test_a_chair_sees_the_own_board_and_an_administrator_also_what_is_about_none(session, board):
    other = make.board(session, "elsewhere")
    for on, note in ((board, "ours"), (other, "theirs"), (None, "nobody's")):
        happened(session, on, note=note)
    for role in (Role.CHAIR, Role.MANAGER):
        assert notes(seen(session, board, as_role(session, role, board))) == ["ours"]
    assert notes(seen(session, board, as_role(session, Role.ADMIN, None))) == ["nobody's", "ours"]
    assert notes(seen(session, board, person(session, OPERATOR))) == ["nobody's", "ours"]


@pytest.mark.parametrize("role", MAY_NOT)
def test_nobody_else_sees_any_and_the_try_is_written_down(session, board, police, role):
    who = as_role(session, role, board, leads=police if role is Role.AGENCY_LEAD else None)
    view = make.view(board)
    for ask in (
        lambda: events(session, view=view, who=who),
        lambda: how_many(session, view=view, who=who, asked=Asked()),
        lambda: counted(session, view=view, who=who),
        lambda: story(session, view=view, who=who, record="action/1"),
        lambda: chain(session, view=view, who=who),
        lambda: whole_chain(session, view=view, who=who),
        lambda: note_check(session, actor=who.id, board_id=board.id, found=Verified(0, ""), at=make.NOW),
        lambda: note_broken(session, actor=who.id, board_id=board.id, broken_at=1, at=make.NOW),
    ):
        with pytest.raises(NotPermitted, match="chair, the board manager and the administrator"):
            ask()
    tried = session.exec(select(Event).where(Event.act == "refused")).all()
    assert [(event.record_id, event.after["act"]) for event in tried] == [(who.id, "see_history")] * 8


def test_a_chair_of_another_board_sees_nothing_here(session, board):
    stranger = as_role(session, Role.CHAIR, make.board(session, "elsewhere"))
    with pytest.raises(NotPermitted):
        events(session, view=make.view(board), who=stranger)


def test_the_newest_stand_first_up_to_the_end_of_the_views_day(session, board, chair):
    midnight = datetime.combine(make.TODAY, datetime.min.time()).astimezone()  # where the day begins here
    for note, at in (("before", midnight - timedelta(seconds=1)), ("first", midnight)):
        happened(session, board, note=note, at=at)
    happened(session, board, note="last", at=midnight + DAY - timedelta(seconds=1))
    happened(session, board, note="tomorrow", at=midnight + DAY)
    assert notes(seen(session, board, chair)) == ["last", "first", "before"]
    assert notes(seen(session, board, chair, as_at=make.TODAY - DAY)) == ["before"]
    assert notes(seen(session, board, chair, since=make.TODAY)) == ["last", "first"]
    assert notes(seen(session, board, chair, until=make.TODAY - DAY)) == ["before"]


KINDS = {
    Kind.ACTIONS: [("action", "update_action"), ("action", "import")],
    Kind.FILES: [("import", "import"), ("section11score", "set_aside"), ("meeting", "put_back")],
    Kind.SETTINGS: [("board", "map_sources"), ("return_asked", "ask_return"), ("history", "check_chain")],
    Kind.ACCOUNTS: [("account", "give_role"), ("account", "sign_in")],
    Kind.REFUSALS: [("account", "refused")],
}


def test_each_event_is_of_one_kind_and_the_filter_agrees_with_the_rule(session, board, chair):
    for listed in KINDS.values():
        for record, act in listed:
            happened(session, board, record_kind=record, act=act, note=f"{record} {act}")
    for kind, listed in KINDS.items():
        assert {kind_of(*each) for each in listed} == {kind}
        assert notes(seen(session, board, chair, kind=kind.value)) == [
            " ".join(each) for each in listed[::-1]
        ]
    assert seen(session, board, chair, kind="nonsense").empty
    whole = counted(session, view=make.view(board), who=chair)
    assert whole.kinds == {kind: len(listed) for kind, listed in KINDS.items()}
    assert (whole.events, whole.changes) == (11, 8)  # a sign-in, a refusal and a check change nothing
    assert (whole.first, whole.people) == (make.NOW, ("Board manager",))


def test_the_filters_narrow_by_act_author_number_words_and_all_together(session, board, chair):
    action = make.action(session, board)
    happened(session, board, record_id=action.id, note="100% done_ of \\it")
    happened(session, board, record_kind="import", record_id=action.number, act="import", note="a file")
    happened(session, board, record_id=action.id + 1, note="another", who=by("Police lead"))
    assert notes(seen(session, board, chair, act="import")) == ["a file"]
    assert notes(seen(session, board, chair, by="Police lead")) == ["another"]
    assert notes(seen(session, board, chair, number=action.number)) == ["a file", "100% done_ of \\it"]
    assert notes(seen(session, board, chair, words="DONE_ of \\")) == ["100% done_ of \\it"]
    assert notes(seen(session, board, chair, number=action.number, kind="actions")) == ["100% done_ of \\it"]
    assert seen(session, board, chair, words="0% another").empty
    assert seen(session, board, chair, number=10**11).empty


def test_an_agency_keeps_what_it_owns_sends_and_tried(session, board, chair, police):
    health = make.agency(session, board, "health")
    mine, theirs = make.action(session, board, owner=police), make.action(session, board, owner=health)
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    happened(session, board, record_id=mine.id, note="mine")
    happened(session, board, record_id=theirs.id, note="theirs")
    refused(session, board, who=lead, label="Police lead", act="import", agency=police)
    found = seen(session, board, chair, agency=police)
    assert found["act"].tolist() == ["refused", "update_action"]
    assert found["after"].tolist()[0] == {"act": "import", "agency_id": "Police"}
    assert notes(seen(session, board, chair, agency=health)) == ["theirs"]


def test_a_sheet_skips_what_stands_before_it(session, board, chair):
    for number in range(5):
        happened(session, board, note=str(number))
    view = make.view(board)
    assert notes(events(session, view=view, who=chair, most=2)) == ["4", "3"]
    assert notes(events(session, view=view, who=chair, most=2, skip=4)) == ["0"]


def test_an_actions_event_names_it_by_its_number_and_its_agency(session, board, police):
    manager = as_role(session, Role.MANAGER, board)
    action = make.action(session, board, owner=police, title="Ask fathers")
    session.commit()
    update_status(
        session,
        actor=manager.id,
        seen=Seen(action.id, 1),
        to=Status.COMPLETE,
        note="Done",
        evidence="Minutes, page 4",
        at=make.NOW,
    )
    [row] = seen(session, board, manager).to_dict("records")
    assert (row["record"], row["number"], row["name"]) == (
        f"action/{action.number}",
        action.number,
        "Ask fathers",
    )
    assert row["before"] == {"status": "in_progress", "note": "", "evidence": ""}
    assert row["after"] == {"status": "complete", "note": "Done", "evidence": "Minutes, page 4"}
    assert (row["at"], row["who"], row["kind"]) == (make.NOW, "Board manager", "actions")


SECRET = 4471


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MANAGER, Role.ADMIN])
def test_values_that_are_not_known_to_be_open_are_never_repeated(session, board, role):
    who = as_role(session, role, None if role is Role.ADMIN else board)
    hidden = {"count": SECRET, "password_hash": str(SECRET), "sha256": str(SECRET)}
    for kind, act in (
        ("deathcount", "set_aside"), ("auditresult", "put_back"), ("account", "set_password"),
        ("import", "import"), ("board", "merge"), ("action", "update_action"), ("action", "set_aside"),
        ("something new", "something_new"),
    ):  # fmt: skip
        happened(
            session, board, record_kind=kind, act=act, before=dict.fromkeys(hidden, SECRET + 1), after=hidden
        )
    found = seen(session, board, who)
    assert len(found) == 8
    told = found[["before", "after", "note", "name", "number"]].to_json()
    assert str(SECRET) not in told
    assert str(SECRET + 1) not in told


def test_file_name_and_rows_are_for_whoever_takes_files_in(session, board, chair):
    told = {"file": "return.xlsx", "rows": 24, "status": "saved", "sha256": "ab"}
    happened(session, board, record_kind="import", act="import", after=told)
    manager, admin = as_role(session, Role.MANAGER, board), as_role(session, Role.ADMIN, None)
    assert seen(session, board, manager)["after"][0] == {"file": "return.xlsx", "rows": 24, "status": "saved"}
    for who in (chair, admin):
        assert seen(session, board, who)["after"][0] == {"status": "saved"}


def test_a_return_of_deaths_leaves_no_hidden_count_in_any_event(session, board):
    report(session, board, {2025: drawn(1, deaths=11, reviews=9)}, day=date(2025, 5, 20))
    hidden = session.exec(select(DeathExact)).all()
    assert hidden, "the return has small counts, which are hidden"
    for event in session.exec(select(Event).where(Event.record_kind == "import")):
        assert event.after.keys() == {"file", "sha256", "rows", "status"}
    for role in (Role.CHAIR, Role.MANAGER, Role.ADMIN):
        who = as_role(session, role, None if role is Role.ADMIN else board)
        found = seen(session, board, who, as_at=date(2025, 6, 1))
        fields = {name for side in ("before", "after") for held in found[side] for name in held}
        assert fields <= {"file", "rows", "status"}


def test_a_map_of_sources_is_told_by_name_and_words_of_a_file_only_by_number(session, board, police, chair):
    told = {"record_kind": "board", "record_id": board.id, "note": ""}
    happened(session, board, act="map_sources", before={"6": None}, after={"6": police.id}, **told)
    happened(session, board, act="map_spellings", after={"6": 3, "forgotten": 1}, **told)
    spelt, mapped = seen(session, board, chair).to_dict("records")
    assert spelt["after"] == {"words": 4}
    assert (mapped["before"], mapped["after"]) == ({"Police": ""}, {"Police": "Police"})


def test_a_story_has_one_records_events_from_the_first(session, board, chair):
    action, other = make.action(session, board, title="Ask fathers"), make.action(session, board)
    for note, record in (("one", action), ("else", other), ("two", action)):
        happened(session, board, record_id=record.id, note=note)
    happened(session, board, record_kind="import", record_id=action.id, act="import", note="a file")
    found = story(session, view=make.view(board), who=chair, record=f"action/{action.number}")
    assert (found.kind, found.number, found.name) == ("action", action.number, "Ask fathers")
    assert notes(found.events) == ["one", "two"]


@pytest.mark.parametrize(
    "record", ["action/999999", "action/x", "board/1", "", "action/99999999999", "account/-1"]
)
def test_what_has_no_story_is_told_in_words(session, board, chair, record):
    with pytest.raises(NotFound, match="no such record"):
        story(session, view=make.view(board), who=chair, record=record)


def test_an_account_is_unknown_to_a_chair_until_something_of_it_is_about_the_board(session, board, chair):
    other = make.board(session, "elsewhere")
    who = make.account(session, Role.LAY, board, label="Lay member")
    told = {"record_kind": "account", "record_id": who}
    happened(session, None, act="sign_in", note="a sign-in", **told)
    happened(session, other, act="give_role", note="elsewhere", **told)
    view = make.view(board)
    with pytest.raises(NotFound):
        story(session, view=view, who=chair, record=f"account/{who}")
    happened(session, board, act="give_role", note="here", **told)
    assert notes(story(session, view=view, who=chair, record=f"account/{who}").events) == ["here"]
    admin = as_role(session, Role.ADMIN, None)
    whole = story(session, view=view, who=admin, record=f"account/{who}")
    assert notes(whole.events) == ["a sign-in", "elsewhere", "here"]


def test_the_newest_links_are_looked_at_and_older_ones_only_by_the_whole_check(session, board, chair):
    for number in range(6):
        happened(session, board, note=str(number))
    session.commit()
    numbers = session.exec(select(Event.id).order_by(Event.id)).all()
    assert verify_last(session, 3) == Verified(3, verify(session).head)
    assert verify_last(session, 60) == verify(session)
    tamper(session, f"UPDATE event SET note = 'other' WHERE id = {numbers[1]}")
    assert verify_last(session, 3).broken_at is None
    assert verify_last(session, 5).broken_at == numbers[1]
    assert verify(session).broken_at == numbers[1]
    found = chain(session, view=make.view(board), who=chair)
    assert (found.events, found.broken_at, found.checked_at) == (6, numbers[1], None)


def test_what_a_visit_finds_is_told_until_the_whole_chain_holds(session, board, chair):
    happened(session, board)
    view = make.view(board)
    note_broken(session, actor=chair.id, board_id=board.id, broken_at=7, at=make.NOW)
    for number in range(60):
        happened(session, board, note=str(number))
    found = chain(session, view=view, who=chair)
    assert (found.broken_at, found.is_noted, found.checked_at) == (7, True, None)
    note_check(session, actor=chair.id, board_id=board.id, found=verify(session), at=make.NOW)
    found = chain(session, view=view, who=chair)
    assert (found.broken_at, found.is_noted, found.checked_at) == (None, False, make.NOW)


def test_a_check_is_an_event_and_what_it_found_is_remembered(session, board, chair):
    happened(session, board)
    view, later = make.view(board), datetime(2025, 4, 30, 11, tzinfo=UTC)
    note_check(session, actor=chair.id, board_id=board.id, found=verify(session), at=later)
    found = chain(session, view=view, who=chair)
    assert (found.events, found.checked_at, found.broken_at) == (2, later, None)
    note_check(session, actor=chair.id, board_id=board.id, found=Verified(0, "", 1), at=later)
    assert chain(session, view=view, who=chair).broken_at == 1
    note_check(session, actor=chair.id, board_id=board.id, found=verify(session), at=later)
    assert chain(session, view=view, who=chair).broken_at is None
