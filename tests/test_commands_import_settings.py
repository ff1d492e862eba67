"""What a board settles about its files: words remembered, sources handed to agencies, returns asked for."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.commands.import_settings import map_sources, map_spellings
from lscb_core.commands.returns_asked import LONGEST_WAIT, Wanted, ask_return, stop_asking
from lscb_core.db.tables import DataRevision, Event, ReturnAsked, SourceAgency, SourceSpelling
from lscb_core.domain.returns import Every
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound, NotPermitted
from lscb_core.queries.import_asking import asked_for
from lscb_core.queries.thresholds import below_threshold_by_agency
from tests import make
from tests.make_imports import census, take, tally

YEAR = date(2025, 3, 31)


def spellings(session, board) -> dict[str, str]:
    return asked_for(session, board_id=board.id, file="a.xlsx", today=make.TODAY).sources


def events(session, act: str) -> list[Event]:
    return list(session.exec(select(Event).where(Event.act == act)))


def test_words_mapped_once_are_remembered_for_the_board_and_can_be_changed(session, board, manager):
    other = make.board(session, "elsewhere")
    said = {"CAFCASS (court)": "other_legal", "Nursery nurse": "3C"}
    map_spellings(session, actor=manager, board_id=board.id, means=said, at=make.NOW)
    assert spellings(session, board) == {"cafcasscourt": "other_legal", "nurserynurse": "3C"}
    assert spellings(session, other) == {}
    map_spellings(session, actor=manager, board_id=board.id, means={"cafcass COURT": "7"}, at=make.NOW)
    assert spellings(session, board)["cafcasscourt"] == "7"
    row = session.exec(select(SourceSpelling).where(SourceSpelling.key == "cafcasscourt")).one()
    assert (row.words, row.mapped_by) == ("cafcass COURT", "Board manager")
    map_spellings(session, actor=manager, board_id=board.id, means={"Nursery nurse": ""}, at=make.NOW)
    assert set(spellings(session, board)) == {"cafcasscourt"}


def test_the_history_counts_mapped_words_and_does_not_repeat_them(session, board, manager):
    said = {"grandmother Jane Example": "individual", "PC 1234": "police", "Constable": "police"}
    map_spellings(session, actor=manager, board_id=board.id, means=said, at=make.NOW)
    [event] = events(session, "map_spellings")
    assert event.after == {"individual": 1, "police": 2}
    assert "Jane" not in repr(event)


@pytest.mark.parametrize("said", [{"CAFCASS": "nonsense"}, {"...": "police"}, {"x": "police", "y": "12"}])
def test_what_cannot_be_remembered_leaves_nothing_behind(session, board, manager, said):
    session.commit()
    with pytest.raises(BadInput):
        map_spellings(session, actor=manager, board_id=board.id, means=said, at=make.NOW)
    session.rollback()
    assert spellings(session, board) == {}


def test_a_source_belongs_to_one_agency_and_its_counts_follow(session, board, manager):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    rows = [
        tally(YEAR, "6", count=40),
        tally(YEAR, "6", detail="other", count=60),
        tally(YEAR, "3A", count=50),
    ]
    take(session, board, census(YEAR, rows), actor=manager)

    def referrals() -> dict[str, int]:
        held = below_threshold_by_agency(session, view=make.view(board, make.TODAY)).dropna()
        return dict(zip(held["agency_slug"], held["referrals"], strict=True))

    whose = {"police": police.id, "3A": health.id}
    assert map_sources(session, actor=manager, board_id=board.id, agencies=whose, at=make.NOW) == 2
    assert referrals() == {"police": 100, "health": 50}
    map_sources(session, actor=manager, board_id=board.id, agencies={"3A": police.id}, at=make.NOW)
    assert referrals() == {"police": 150}
    map_sources(session, actor=manager, board_id=board.id, agencies={"3A": None}, at=make.NOW)
    assert referrals() == {"police": 100}


def test_saving_the_map_as_it_is_writes_no_event(session, board, manager):
    police = make.agency(session, board)
    assert map_sources(session, actor=manager, board_id=board.id, agencies={"6": police.id}, at=make.NOW) == 1
    same = {"6": police.id, "7": None}
    before = session.get_one(DataRevision, 1).number
    assert map_sources(session, actor=manager, board_id=board.id, agencies=same, at=make.NOW) == 0
    [event] = events(session, "map_sources")
    assert (event.before, event.after) == ({"6": None}, {"6": police.id})
    assert session.get_one(DataRevision, 1).number == before


def test_no_source_goes_to_an_agency_of_another_board_and_none_is_made_up(session, board, manager):
    stranger = make.agency(session, make.board(session, "elsewhere"), "fire")
    session.commit()
    for wrong in ({"6": stranger.id}, {"99": stranger.id}):
        with pytest.raises(BadInput):
            map_sources(session, actor=manager, board_id=board.id, agencies=wrong, at=make.NOW)
        session.rollback()
    assert session.exec(select(SourceAgency)).all() == []


def wanted(agency, **changes) -> Wanted:
    plain = {"template": "thresholds", "every": Every.MONTH, "first_period_end": date(2025, 1, 31)}
    return Wanted(agency_id=agency.id, **(plain | {"days_allowed": 30} | changes))


def test_a_return_is_asked_for_changed_and_no_longer_asked_for(session, board, manager):
    police = make.agency(session, board)
    mine = {"actor": manager, "board_id": board.id, "at": make.NOW}
    number = ask_return(session, wanted=wanted(police), **mine)
    assert ask_return(session, wanted=wanted(police, days_allowed=20), **mine) == number
    stop_asking(session, asked_id=number, until=date(2025, 3, 31), **mine)
    row = session.get_one(ReturnAsked, number)
    assert (row.every, row.days_allowed, row.until) == ("month", 20, date(2025, 3, 31))
    assert events(session, "stop_asking")[0].after == {"until": "2025-03-31"}
    ask_return(session, wanted=wanted(police, days_allowed=20), **mine)
    assert session.get_one(ReturnAsked, number).until is None
    assert [event.after for event in events(session, "ask_return")][1] == {"days_allowed": 20}


@pytest.mark.parametrize(
    "changes",
    [
        {"template": "nonsense"},
        {"first_period_end": date(2025, 1, 30)},
        {"days_allowed": LONGEST_WAIT + 1},
        {"days_allowed": -1},
    ],
)
def test_a_return_that_makes_no_sense_is_not_asked_for(session, board, manager, changes):
    police = make.agency(session, board)
    with pytest.raises(BadInput):
        ask_return(session, actor=manager, board_id=board.id, wanted=wanted(police, **changes), at=make.NOW)


def test_a_return_of_another_board_cannot_be_stopped(session, board, manager):
    other = make.board(session, "elsewhere")
    there = make.account(session, Role.MANAGER, other)
    police = make.agency(session, other)
    number = ask_return(session, actor=there, board_id=other.id, wanted=wanted(police), at=make.NOW)
    with pytest.raises(NotFound):
        stop_asking(session, actor=manager, board_id=board.id, asked_id=number, until=YEAR, at=make.NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_the_board_manager_settles_any_of_it(session, board, manager, role):
    police = make.agency(session, board)
    actor = make.account(session, role, board, leads=police if role is Role.AGENCY_LEAD else None)
    mine = {"session": session, "actor": actor, "board_id": board.id, "at": make.NOW}
    number = ask_return(**(mine | {"actor": manager}), wanted=wanted(police))
    for attempt in (
        lambda: map_spellings(**mine, means={"CAFCASS": "7"}),
        lambda: map_sources(**mine, agencies={"6": police.id}),
        lambda: ask_return(**mine, wanted=wanted(police, template="steps")),
        lambda: stop_asking(**mine, asked_id=number, until=YEAR),
    ):
        with pytest.raises(NotPermitted):
            attempt()
