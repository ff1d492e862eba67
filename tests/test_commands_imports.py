"""Taking in a file: who may, all or nothing, the same file again, refusals, undo, where figures are from."""

from datetime import date

import pytest
from sqlmodel import func, select

from lscb_core.commands.imports import note_refusal, preview, undo_import
from lscb_core.commands.placing import kinds
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import DataRevision, Event, Import, Origin, ReferralCount, SentScope
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, MoveNotAllowed, NotFound, NotPermitted
from lscb_core.imports.reading import Problem, Problems, Reading, Scope, Spelling, reading
from tests import make
from tests.make_imports import census, facts, moment, returns, take, tally

YEAR, MAY = date(2025, 3, 31), date(2024, 5, 31)
OWN = {("police", MAY): [("1", "nfa", 20), ("3", "assessment", 80)]}
THEIRS = {("health", MAY): [("1", "nfa", 9), ("3", "assessment", 30)]}


@pytest.fixture
def board(session):
    on = make.board(session)
    make.agency(session, on, "health")
    session.commit()
    return on


@pytest.fixture
def police(session, board):
    agency = make.agency(session, board, "police")
    session.commit()
    return agency


def somebody(session, board, role: Role, **fields) -> int:
    number = make.account(session, role, None if role is Role.ADMIN else board, **fields)
    session.commit()
    return number


def held(session) -> tuple[int, ...]:
    """How much is in each table that an import writes into; a refusal's own event is not its work."""
    tables = (Import, SentScope, ReferralCount, Origin)
    rows = [session.exec(select(func.count()).select_from(table)).one() for table in tables]
    events = select(func.count()).select_from(Event).where(Event.act != "refused")
    return (*rows, session.exec(events).one())


def test_a_manager_takes_in_any_file_and_the_history_says_so(session, board):
    manager = somebody(session, board, Role.MANAGER)
    taken = take(session, board, census(YEAR, [tally(MAY)]), actor=manager)
    row = session.get(Import, taken.import_id)
    assert (row.kind, row.status, row.rows, row.saved_by) == ("cin-census", "saved", 1, "Board manager")
    [event] = session.exec(select(Event)).all()
    assert (event.record_kind, event.act, event.account_id) == ("import", "import", manager)
    assert event.after["sha256"] == row.sha256


@pytest.mark.parametrize("role", [Role.CHAIR, Role.LAY, Role.ADMIN])
def test_nobody_else_takes_in_a_file(session, board, role):
    actor = somebody(session, board, role)
    before = held(session)
    with pytest.raises(NotPermitted):
        take(session, board, census(YEAR, [tally(MAY)]), actor=actor)
    session.rollback()
    assert held(session) == before


def test_a_lead_sends_the_own_agencys_return_and_no_other(session, board, police):
    lead = somebody(session, board, Role.AGENCY_LEAD, leads=police)
    row = session.get(Import, take(session, board, returns(OWN), actor=lead).import_id)
    assert row.agency_id == police.id
    for not_own in (returns(THEIRS), returns(OWN | THEIRS), returns({("others", MAY): OWN["police", MAY]})):
        with pytest.raises(NotPermitted):
            take(session, board, not_own, actor=lead)
    with pytest.raises(NotPermitted):
        take(session, board, census(YEAR, [tally(MAY)]), actor=lead)


def test_the_same_file_again_changes_nothing_and_says_so(session, board, police):
    file = facts()
    take(session, board, returns(OWN), actor=OPERATOR, file=file)
    before = held(session)
    again = take(session, board, returns(OWN), actor=OPERATOR, file=file)
    assert held(session) == before
    assert "Command line took in this very file on 30 April 2025" in again.again


def test_a_file_that_was_undone_or_replaced_can_be_sent_again(session, board, police):
    file = facts()
    first = take(session, board, returns(OWN), actor=OPERATOR, file=file)
    undo_import(session, actor=OPERATOR, import_id=first.import_id, why="Wrong", at=moment(make.TODAY))
    second = take(session, board, returns(OWN), actor=OPERATOR, file=file)
    assert (second.again, second.import_id > first.import_id) == ("", True)
    take(session, board, returns({("police", MAY): [("1", "nfa", 7)]}), actor=OPERATOR)
    assert take(session, board, returns(OWN), actor=OPERATOR, file=file).again == ""


def test_a_preview_tells_what_would_change_and_keeps_nothing(session, board, police):
    before, number = held(session), session.get(DataRevision, 1).number
    what = {"actor": OPERATOR, "board_id": board.id, "file": facts(), "reading": returns(OWN)}
    told = preview(session, **what, at=moment(make.TODAY))
    assert ("Referrals, police, May 2024", "", "100") in [(c.what, c.before, c.now) for c in told.changes]
    assert held(session) == before
    assert session.get(DataRevision, 1).number == number


def test_what_goes_wrong_while_it_takes_its_place_leaves_nothing_behind(session, board, police, monkeypatch):
    def fails(place, sent):
        raise BadInput("This cannot be held.")

    monkeypatch.setitem(kinds.PLACERS, "template/thresholds", fails)
    before = held(session)
    with pytest.raises(BadInput, match="cannot be held"):
        take(session, board, returns(OWN), actor=OPERATOR)
    session.rollback()
    assert held(session) == before


def bad(**parts) -> Reading:
    problems = Problems()
    problems.add("This is not a date.", "Write it like 31/03/2014.", sheet="Counts", row=7, field="Month")
    return reading("template", problems=problems, title="Threshold return", **parts)


def test_a_file_with_problems_or_open_questions_is_never_saved(session, board):
    asks = reading("annex-a", scopes=[Scope("annex-a/x", MAY, ({},))], spellings=[Spelling("x", "X", 1)])
    for made in (bad(), asks, reading("dfe")):
        with pytest.raises(BadInput, match="Nothing was saved"):
            take(session, board, made, actor=OPERATOR)


def test_a_refused_file_is_kept_by_its_name_and_number_of_problems_alone(session, board, police):
    lead = somebody(session, board, Role.AGENCY_LEAD, leads=police)
    what = {"actor": lead, "board_id": board.id, "file": facts("may.xlsx"), "reading": bad()}
    note_refusal(session, **what, at=moment(make.TODAY))
    [row] = session.exec(select(Import)).all()
    assert (row.status, row.problems, row.rows, row.agency_id) == ("refused", 1, 0, police.id)
    assert session.exec(select(SentScope)).all() == []


def test_every_figure_says_which_file_it_came_from(session, board):
    file = facts("census.xml")
    take(session, board, census(YEAR, [tally(MAY)]), actor=OPERATOR, file=file)
    origins = {row.origin_id for row in session.exec(select(ReferralCount)).all()}
    [origin] = [session.get(Origin, number) for number in origins]
    assert (origin.kind, origin.released_on) == ("return", YEAR)
    assert "census.xml" in origin.note
    assert file.sha256 in origin.note


def test_only_the_manager_undoes_and_only_what_stands(session, board, police):
    taken = take(session, board, returns(OWN), actor=OPERATOR)
    undo = {"import_id": taken.import_id, "why": "Wrong month", "at": moment(make.TODAY)}
    lead = somebody(session, board, Role.AGENCY_LEAD, leads=police)
    with pytest.raises(NotPermitted):
        undo_import(session, actor=lead, **undo)
    with pytest.raises(BadInput, match="why it is undone"):
        undo_import(session, actor=OPERATOR, **{**undo, "why": "  "})
    undo_import(session, actor=OPERATOR, **undo)
    assert session.get(Import, taken.import_id).undone_why == "Wrong month"
    with pytest.raises(MoveNotAllowed):
        undo_import(session, actor=OPERATOR, **undo)
    with pytest.raises(NotFound):
        undo_import(session, actor=OPERATOR, **{**undo, "import_id": 999})


def test_a_problem_beyond_the_first_thousand_is_counted():
    problems = Problems()
    for row in range(1003):
        problems.add("Wrong.", "Mend it.", row=row)
    made = reading("dfe", problems=problems)
    assert (len(made.problems), made.more_problems) == (1000, 3)
    assert made.problems[0] == Problem("Wrong.", "Mend it.", row="0")
