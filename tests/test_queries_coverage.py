"""Which figures have come: partner by month, in time, late, rejected or nothing, as it stood on a day."""

from datetime import UTC, date, datetime, time

import pytest

from lscb_core.commands.imports import note_refusal, undo_import
from lscb_core.db.tables import Import, ReturnAsked, SentScope
from lscb_core.domain.vocab import Role
from lscb_core.imports.reading import Problems, Scope, reading
from lscb_core.queries.coverage import COVERAGE, MONTHS, coverage, coverage_by_month, still_due
from lscb_core.queries.partner_returns import partner_returns
from tests import make, make_work
from tests.make_imports import facts, moment, returns, take

JAN, FEB, MARCH = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
TODAY = make.TODAY  # 30 April 2025
ROWS = [("4", "nfa", 10)]


@pytest.fixture
def police(session, board):
    """Asked for its threshold return of each month from January on, 30 days after the month."""
    police = make.agency(session, board)
    asked(session, board, police)
    return police


def asked(session, board, agency, **changes):
    plain = {"template": "thresholds", "every": "month", "first_period_end": JAN, "days_allowed": 30}
    row = {"board_id": board.id, "agency_id": agency.id}
    return make.added(session, ReturnAsked(**(row | plain | changes)))


def send(session, board, actor, month, day, **whose):
    made = returns({(whose.get("agency", "police"), month): ROWS})
    return take(session, board, made, actor=actor, day=day)


def keep(session, board, scope, day, *at_and_whose):
    """A file as it is kept, whatever its template: when it came, and whose it is."""
    at, *agencies = at_and_whose
    plain = {"kind": "template", "file_name": "a.xlsx", "sha256": "0", "status": "saved", "saved_by": "X"}
    come = make.added(session, Import(board_id=board.id, saved_at=at, **plain))
    whose = {"agency_id": agencies[0].id if agencies else None}
    make.added(session, SentScope(import_id=come.id, board_id=board.id, scope=scope, period_end=day, **whose))


def refuse(session, board, lead, at):
    problems = Problems()
    problems.add("The sheet is missing.", "Use the template.")
    made = reading("template", problems=problems, title="")
    note_refusal(session, actor=lead, board_id=board.id, file=facts(), reading=made, at=at)


def states(session, board, as_at=TODAY, **filters) -> dict[date, str]:
    held = coverage(session, view=make.view(board, as_at, **filters))
    assert list(held.columns) == list(COVERAGE)
    return dict(zip(held["period_end"], held["state"], strict=True))


def test_a_return_is_sent_by_its_day_late_after_it_and_nothing_once_the_day_is_past(
    session, board, manager, police
):
    send(session, board, manager, JAN, date(2025, 3, 2))  # 30 days after 31 January: the last day
    send(session, board, manager, FEB, date(2025, 3, 31))  # due on 30 March
    assert states(session, board) == {JAN: "sent", FEB: "late", MARCH: "not_due"}  # due today
    assert states(session, board, date(2025, 5, 1))[MARCH] == "nothing"


def test_what_came_later_had_not_come_and_what_was_undone_later_still_stood(session, board, manager, police):
    sent = send(session, board, manager, JAN, date(2025, 3, 1))
    undo_import(session, actor=manager, import_id=sent.import_id, why="Wrong", at=moment(date(2025, 3, 20)))
    assert states(session, board, date(2025, 2, 28)) == {}  # due in March: not in the months shown
    assert states(session, board, date(2025, 3, 1))[JAN] == "sent"
    assert states(session, board, date(2025, 3, 19))[JAN] == "sent"
    assert states(session, board, date(2025, 3, 20))[JAN] == "nothing"


def test_a_correction_after_the_day_does_not_make_a_return_late(session, board, manager, police):
    send(session, board, manager, JAN, date(2025, 3, 1))
    send(session, board, manager, JAN, date(2025, 4, 1))
    [row] = coverage(session, view=make.view(board)).query("period_end == @JAN").to_dict("records")
    assert (row["state"], row["sent_on"], row["title"]) == ("sent", date(2025, 3, 1), "Threshold return")
    assert row["period"] == "January 2025"


def test_another_agencys_or_another_templates_return_is_not_this_one(session, board, manager, police):
    make.agency(session, board, "health")
    send(session, board, manager, JAN, date(2025, 2, 10), agency="health")
    send(session, board, manager, JAN, date(2025, 2, 10), agency="others")
    take(session, board, of_all("steps", JAN), actor=manager, day=date(2025, 2, 10))
    assert states(session, board)[JAN] == "nothing"


def of_all(template, month):
    rows = ({"step": "contact", "count": 9},)
    scope = Scope(f"template/{template}/all/{month}", month, rows)
    return reading("template", scopes=[scope], title="Of all")


def test_a_return_that_tells_of_all_agencies_counts_for_whoever_is_asked(session, board, manager):
    panel = make.agency(session, board, "panel")
    asked(session, board, panel, template="deaths")
    keep(session, board, f"template/deaths/all/{JAN}", JAN, moment(date(2025, 2, 10)))
    assert states(session, board)[JAN] == "sent"


def test_a_file_that_could_not_be_used_is_rejected_until_one_is_taken_in(session, board, manager, police):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    refuse(session, board, lead, moment(date(2025, 3, 10)))  # February was the last month to have ended
    assert states(session, board) == {JAN: "nothing", FEB: "rejected", MARCH: "not_due"}
    assert states(session, board, date(2025, 3, 9))[FEB] == "not_due"
    send(session, board, lead, JAN, date(2025, 3, 11))  # a newer file stands: the refused one is history
    assert states(session, board)[FEB] == "nothing"


def test_a_refusal_and_its_correction_may_be_of_one_day(session, board, manager, police):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    refuse(session, board, lead, datetime.combine(date(2025, 3, 10), time(9), UTC))
    send(session, board, lead, FEB, date(2025, 3, 10))  # at 10 o'clock
    assert states(session, board)[FEB] == "sent"
    refuse(session, board, lead, datetime.combine(date(2025, 3, 10), time(11), UTC))
    assert states(session, board)[FEB] == "sent"


def test_returns_of_a_quarter_and_of_a_year_are_due_after_their_ends(session, board, manager):
    police = make.agency(session, board)
    asked(session, board, police, every="quarter", first_period_end=date(2024, 9, 30))
    asked(session, board, police, template="section11", every="year", first_period_end=date(2024, 3, 31))
    held = coverage(session, view=make.view(board)).to_dict("records")
    assert {(row["title"], row["period"]) for row in held} == {
        ("Threshold return", "1 January to 31 March 2025"),
        ("Threshold return", "1 October to 31 December 2024"),
        ("Threshold return", "1 July to 30 September 2024"),
        ("Section 11 self-check", "year to 31 March 2025"),
    }


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2025, 3, 20), "sent"), (date(2025, 4, 10), "sent"), (date(2024, 8, 1), "not_due")],
)
def test_a_return_with_a_day_of_its_own_belongs_to_the_nearest_period(session, board, day, state):
    police = make.agency(session, board)
    asked(session, board, police, template="section11", every="year", first_period_end=MARCH)
    keep(session, board, f"template/section11/police/{day}", day, moment(date(2025, 4, 25)), police)
    assert states(session, board)[MARCH] == state


def test_no_longer_asked_for_is_no_longer_missing(session, board):
    asked(session, board, make.agency(session, board), until=JAN)
    assert states(session, board) == {JAN: "nothing"}


def test_where_nothing_is_asked_for_in_files_what_the_board_noted_counts(session, board, police):
    health = make.agency(session, board, "health")
    make_work.returned(session, board, health, date(2025, 3, 15), date(2025, 3, 15), note="Part of it")
    make_work.returned(session, board, health, date(2025, 2, 15), date(2025, 2, 16))
    make_work.returned(session, board, health, date(2024, 4, 30), None)  # thirteen months ago
    make_work.returned(session, board, health, date(2025, 4, 15), date(2025, 5, 2))  # had not come by today
    held = coverage(session, view=make.view(board, agency_id=health.id))
    assert held["state"].tolist() == ["nothing", "sent", "late"]
    assert held["note"].tolist()[1] == "Part of it"
    assert set(held["title"]) == {"Figures"}


def test_from_the_first_return_asked_for_in_files_only_these_count(session, board, police):
    make_work.returned(session, board, police, date(2025, 3, 1), date(2025, 3, 1))
    make_work.returned(session, board, police, date(2025, 3, 2), date(2025, 3, 2))  # the day of the first one
    held = coverage(session, view=make.view(board))
    assert held["due_on"].tolist() == [TODAY, date(2025, 3, 30), date(2025, 3, 2), date(2025, 3, 1)]
    assert held["state"].tolist() == ["not_due", "nothing", "nothing", "sent"]


def test_a_month_is_told_by_the_worst_of_its_returns_and_who_misses_most_comes_first(
    session, board, manager, police
):
    asked(session, board, police, template="training", first_period_end=FEB)
    health = make.agency(session, board, "health")
    make_work.returned(session, board, health, date(2025, 3, 5), date(2025, 3, 5))
    send(session, board, manager, FEB, date(2025, 3, 5))
    held = coverage_by_month(session, view=make.view(board, date(2025, 4, 2)))
    assert list(held.columns) == list(MONTHS)
    rows = [tuple(row) for row in held[["agency_slug", "month", "state", "returns"]].itertuples(index=False)]
    assert rows == [
        ("police", MARCH, "nothing", 3),  # January and February of one return, February of the other
        ("police", TODAY, "not_due", 2),
        ("health", MARCH, "sent", 1),
    ]
    assert "Threshold return, February 2025: due 30 March 2025, came 5 March 2025" in held["told"][0]
    assert "Training take-up, February 2025: due 30 March 2025, nothing came" in held["told"][0]


def test_an_agency_is_told_what_is_missing_and_the_next_of_each_to_come(session, board, manager, police):
    send(session, board, manager, JAN, date(2025, 3, 1))
    asked(session, board, police, template="section11", every="year", first_period_end=date(2026, 3, 31))
    asked(session, board, police, template="training", first_period_end=date(2027, 3, 31))  # far ahead
    held = still_due(session, view=make.view(board, agency_id=police.id))
    rows = [tuple(row) for row in held[["template", "period_end", "state"]].itertuples(index=False)]
    assert rows == [
        ("thresholds", FEB, "nothing"),
        ("thresholds", MARCH, "not_due"),
        ("section11", date(2026, 3, 31), "not_due"),
    ]


def test_the_list_of_partners_tells_the_same_as_the_months(session, board, manager, police):
    send(session, board, manager, JAN, date(2025, 3, 1))
    [row] = partner_returns(session, view=make.view(board, date(2025, 5, 1))).to_dict("records")
    assert (row["supplies"], row["on_time"], row["due"]) == ("no", 1, 3)
    assert (row["last_sent_on"], row["last_due_on"]) == (date(2025, 3, 1), TODAY)
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=police)
    refuse(session, board, lead, moment(date(2025, 4, 20)))
    [row] = partner_returns(session, view=make.view(board, date(2025, 5, 1))).to_dict("records")
    assert row["note"] == "The file that came could not be used."


def test_a_board_that_asks_for_nothing_has_no_coverage(session, board):
    assert coverage(session, view=make.view(board)).empty
    assert coverage_by_month(session, view=make.view(board)).empty
    assert still_due(session, view=make.view(board)).empty
