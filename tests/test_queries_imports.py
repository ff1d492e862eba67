"""The files taken in so far: who sees which, what stands of each, what was sent before."""

from datetime import date, timedelta

import pytest

from lscb_core.commands.imports import note_refusal, undo_import
from lscb_core.db.access import person
from lscb_core.domain.sent_files import scope_words
from lscb_core.domain.vocab import Role
from lscb_core.errors import NotFound, NotPermitted
from lscb_core.imports.reading import Problems, reading
from lscb_core.queries.imports import IMPORTS, imports
from lscb_core.queries.one_import import beside, one_import, sent_rows
from lscb_core.queries.sent_scopes import would_replace
from tests import make
from tests.make_imports import census, facts, moment, returns, take, tally

JAN, FEB, YEAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
TODAY = make.TODAY
FIRST, SECOND = [("4", "nfa", 10), ("3", "nfa", 6)], [("4", "nfa", 12), ("2", "nfa", 8)]
KEY = f"template/thresholds/police/{JAN}"


@pytest.fixture
def lead(session, board, police):
    return make.account(session, Role.AGENCY_LEAD, board, leads=police, label="Police lead")


def listed(session, board, actor, as_at=TODAY):
    found = imports(session, view=make.view(board, as_at), who=person(session, actor))
    assert list(found.columns) == list(IMPORTS)
    return found


def refused(session, board, actor, day=TODAY):
    problems = Problems()
    problems.add("The sheet is missing.", "Use the template.")
    made = reading("template", problems=problems, title="thresholds")
    note_refusal(
        session, actor=actor, board_id=board.id, file=facts("bad.xlsx"), reading=made, at=moment(day)
    )


def test_files_are_listed_last_first_with_what_stands_of_them(session, board, police, manager, lead):
    days = [TODAY - timedelta(days=days) for days in (9, 8, 7, 6)]
    both = returns({("police", JAN): FIRST, ("police", FEB): FIRST})
    take(session, board, both, actor=manager, day=days[0])
    second = take(session, board, returns({("police", JAN): SECOND}), actor=lead, day=days[1]).import_id
    third = take(session, board, returns({("police", FEB): SECOND}), actor=lead, day=days[2]).import_id
    refused(session, board, lead, days[3])
    found = listed(session, board, manager)
    assert found["told"].tolist() == [
        "Refused", "Stands", "Stands", f"Replaced by files {second}, {third}",
    ]  # fmt: skip
    assert found["who"].tolist() == ["Police lead", "Police lead", "Police lead", "Board manager"]
    assert found["file"].tolist()[0] == "bad.xlsx"
    assert found["rows"].tolist() == [0, 2, 2, 4]
    assert found["problems"].tolist() == [1, 0, 0, 0]
    earlier = listed(session, board, manager, days[1])
    assert earlier["told"].tolist() == ["Stands", f"Stands in part; the rest replaced by file {second}"]
    undo_import(session, actor=manager, import_id=third, why="Wrong month", at=moment(TODAY))
    assert listed(session, board, manager)["state"].tolist() == ["refused", "undone", "stands", "partly"]
    assert listed(session, board, manager, days[3])["state"].tolist()[1] == "stands"


def test_a_lead_sees_the_own_agencys_files_alone_and_others_none(session, board, police, manager, lead):
    make.agency(session, board, "health")
    take(session, board, returns({("police", JAN): FIRST}), actor=lead)
    by_manager = take(session, board, returns({("police", FEB): FIRST}), actor=manager).import_id
    other = take(session, board, returns({("health", JAN): FIRST}), actor=manager).import_id
    take(session, board, census(YEAR, [tally(YEAR)]), actor=manager)
    assert len(listed(session, board, manager)) == 4
    assert listed(session, board, lead)["number"].tolist()[0] == by_manager
    assert len(listed(session, board, lead)) == 2
    with pytest.raises(NotFound):
        one_import(session, view=make.view(board), who=person(session, lead), number=other)
    for role in (Role.CHAIR, Role.SUBGROUP, Role.LAY, Role.ADMIN):
        actor = make.account(session, role, board)
        session.commit()  # a refusal undoes what was not
        with pytest.raises(NotPermitted):
            listed(session, board, actor)


def test_a_seat_on_another_board_shows_nothing_of_this_one(session, board, police, manager):
    other = make.board(session, "elsewhere")
    there = make.account(session, Role.MANAGER, other)
    number = take(session, board, returns({("police", JAN): FIRST}), actor=manager).import_id
    with pytest.raises(NotPermitted):
        listed(session, board, there)
    with pytest.raises(NotFound):
        one_import(session, view=make.view(other), who=person(session, there), number=number)


def test_one_file_tells_where_its_figures_come_from_and_what_it_replaced(
    session, board, police, manager, lead
):
    first = take(session, board, returns({("police", JAN): FIRST}), actor=manager).import_id
    file = facts("january.xlsx")
    second = take(session, board, returns({("police", JAN): SECOND}), actor=lead, file=file).import_id
    told = one_import(session, view=make.view(board), who=person(session, lead), number=second)
    assert (told.file, told.sha256, told.size, told.who) == ("january.xlsx", file.sha256, 1000, "Police lead")
    [piece] = told.pieces
    assert (piece.words, piece.rows, piece.before, piece.by) == (
        "Threshold return, Police, January 2025", 2, first, None,
    )  # fmt: skip
    [piece] = one_import(session, view=make.view(board), who=person(session, manager), number=first).pieces
    assert (piece.before, piece.by) == (None, second)


def test_what_a_return_said_stands_beside_what_was_sent_before(session, board, police, manager, lead):
    take(session, board, returns({("police", JAN): FIRST}), actor=manager)
    second = take(session, board, returns({("police", JAN): SECOND}), actor=lead).import_id
    asked = {"view": make.view(board), "number": second, "scope": KEY}
    found = sent_rows(session, who=person(session, lead), **asked)
    rows = [tuple(row) for row in found.itertuples(index=False)]
    assert rows == [
        ("Level 4, No further action", "count", "10", "12", True),
        ("Level 2, No further action", "count", "", "8", True),
        ("Level 3, No further action", "count", "6", "", True),
    ]


def test_nobody_else_sees_what_a_return_said(session, board, police, manager, lead):
    health = make.agency(session, board, "health")
    rows = {("police", JAN): FIRST, ("health", JAN): FIRST}
    number = take(session, board, returns(rows), actor=manager).import_id
    other = make.account(session, Role.AGENCY_LEAD, board, leads=health)
    asked = {"view": make.view(board), "number": number, "scope": KEY}
    assert len(sent_rows(session, who=person(session, manager), **asked)) == 2
    for actor in (other, lead):  # a file about several agencies is the manager's alone
        with pytest.raises(NotFound):
            sent_rows(session, who=person(session, actor), **asked)


def test_what_a_file_on_single_children_held_is_shown_to_nobody(session, board, manager):
    number = take(session, board, census(YEAR, [tally(YEAR, count=3)]), actor=manager).import_id
    asked = {"view": make.view(board), "number": number, "scope": f"cin-census/{YEAR}"}
    with pytest.raises(NotFound):
        sent_rows(session, who=person(session, manager), **asked)


def test_a_new_file_is_told_which_ones_it_would_replace(session, board, police, manager):
    first = take(session, board, returns({("police", JAN): FIRST, ("police", FEB): FIRST}), actor=manager)
    keys = [KEY, f"template/thresholds/police/{YEAR}"]
    found = would_replace(session, view=make.view(board), keys=keys)
    [row] = found.to_dict("records")
    assert (row["number"], row["who"]) == (first.import_id, "Board manager")
    assert row["pieces"] == ["Threshold return, Police, January 2025"]
    undo_import(session, actor=manager, import_id=first.import_id, why="Wrong", at=moment(TODAY))
    assert would_replace(session, view=make.view(board), keys=keys).empty


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("cin-census/2024-03-31", "Children in need census, 31 March 2024"),
        ("annex-a/2020-09-30", "Annex A workbook, September 2020"),
        ("dfe/referrals_by_source/808", "Published statistics, referrals by source, 808"),
        ("template/section11/police/2026-05-31", "Section 11 self-check, Constabulary, 31 May 2026"),
        ("template/measures/all/2026-05-31", "Measures with commentary, all agencies, May 2026"),
        ("template/audits/neglect-2025/police", "Audit results, neglect 2025, Constabulary"),
        ("something/else", "something, else"),
    ],
)
def test_pieces_of_a_file_are_named_in_words(key, words):
    assert scope_words(key, {"police": "Constabulary"}) == words


def test_rows_are_laid_side_by_side_part_by_part():
    before = [
        {"standard": "1", "agency": "police", "own": 2, "note": None},
        {"standard": "2", "agency": None, "own": 1, "note": "Old"},
    ]
    now = [{"standard": "1", "agency": "police", "own": 3, "note": ""}]
    found = beside(before, now, keys=("standard", "agency"), agencies={"police": "Constabulary"})
    first, second = "Senior management commitment, Constabulary", "A clear statement of responsibilities"
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (first, "own", "2", "3", True),
        (first, "note", "", "", False),
        (second, "own", "1", "", True),
        (second, "note", "Old", "", True),
    ]
