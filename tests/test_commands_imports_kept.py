"""What is kept of a file beside its figures: nothing that tells a count which the grid hides."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.import_settings import map_spellings
from lscb_core.commands.imports import note_refusal
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.tables import Event, Import, Origin, ReferralCount, RoleGrant
from lscb_core.domain.vocab import Role
from lscb_core.imports.reading import Problems, Scope, reading
from lscb_core.queries.file_origins import files_behind
from lscb_core.queries.imports import imports
from tests import make
from tests.make_imports import facts, moment, returns, take, tally

MAY, YEAR = date(2024, 5, 31), date(2025, 3, 31)


@pytest.fixture
def board(session):
    return make.seated_board(session)


def a_census(kind="cin-census"):
    """Three of its referrals have no source: a count that no reader is shown."""
    notes = Problems()
    notes.add("3 referrals do not say who referred. Their source was counted as not recorded.", "Look.")
    notes.add("May 2024 is covered only to 20 May 2024, so that its counts are of a part of it.", "Look.")
    tallies = (tally(MAY, count=40), tally(MAY, "UN", count=3), tally(MAY, "7", count=4))
    scopes = [Scope(f"{kind}/{YEAR}", YEAR, tallies)]
    counts = {"referrals": 47, "conferences": 3}
    return reading(kind, scopes=scopes, counts=counts, as_at=YEAR, title="Children's file", notes=notes)


@pytest.mark.parametrize("kind", ["cin-census", "annex-a"])
def test_counts_of_a_file_about_children_are_told_to_its_sender_and_not_kept(session, board, kind):
    take(session, board, a_census(kind), actor=OPERATOR)
    [row] = session.exec(select(Import)).all()
    assert row.counts == {}
    assert [note[:20] for note in row.notes] == ["May 2024 is covered ", "Further notes gave c"]
    kept = [row.model_dump(), *(one.model_dump() for one in session.exec(select(Origin)))]
    kept += [event.model_dump(exclude={"id"}) for event in session.exec(select(Event))]
    assert not any("3 referrals" in str(each) or "47" in str(each.get("counts")) for each in kept)
    told = files_behind(session, view=make.view(board))
    assert not any("3 referrals" in notes for notes in told["notes"])


def test_counts_of_an_agencys_own_return_are_kept(session, board):
    make.agency(session, board, "police")
    made = returns({("police", MAY): [("1", "nfa", 20)]})
    number = take(session, board, made, actor=OPERATOR).import_id
    assert session.get(Import, number).rows == 1


def test_a_refused_file_leaves_neither_counts_nor_notes(session, board):
    problems = Problems()
    problems.add("This is not a date.", "Mend it.", row="child 3")
    made = reading("annex-a", problems=problems, notes=problems, counts={"List 3 (referrals)": 6})
    what = {"actor": OPERATOR, "board_id": board.id, "file": facts(), "reading": made}
    note_refusal(session, **what, at=moment(make.TODAY))
    [row] = session.exec(select(Import)).all()
    assert (row.status, row.counts, row.notes, row.problems) == ("refused", {}, [], 1)


def test_a_file_of_the_whole_board_is_no_agencys_even_where_its_sender_leads_one(session, board):
    """Another lead of that agency would be shown it."""
    police = make.agency(session, board, "police")
    both = make.account(session, Role.MANAGER, board)
    session.add(RoleGrant(account_id=both, role=Role.AGENCY_LEAD, board_id=board.id, agency_id=police.id))
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    session.commit()
    take(session, board, a_census(), actor=both)
    mixed = {("police", MAY): [("1", "nfa", 20)], ("others", MAY): [("1", "nfa", 2)]}
    take(session, board, returns(mixed), actor=both)
    assert [row.agency_id for row in session.exec(select(Import))] == [None, None]
    assert imports(session, view=make.view(board), who=person(session, lead)).empty


def test_the_same_file_is_taken_in_again_once_its_words_mean_something_else(session, board):
    def read(source):
        return reading("annex-a", scopes=[Scope(f"annex-a/{MAY}", MAY, (tally(MAY, source, count=30),))])

    file = facts()
    take(session, board, read("police"), actor=OPERATOR, file=file)
    what = {"actor": OPERATOR, "board_id": board.id, "means": {"Duty desk": "schools"}}
    map_spellings(session, **what, at=moment(make.TODAY))
    assert take(session, board, read("police"), actor=OPERATOR, file=file).again
    assert not take(session, board, read("schools"), actor=OPERATOR, file=file).again
    rows = session.exec(select(ReferralCount).where(ReferralCount.part == "schools")).all()
    assert 30 in [row.count for row in rows]
