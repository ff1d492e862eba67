"""Agencies side by side, and who sends the board its figures, as they stood on a day."""

from datetime import date, timedelta

from lscb_core.queries.agencies import AGENCIES, agencies
from lscb_core.queries.partner_returns import RETURNS, partner_returns
from tests import make, make_counts, make_work

TODAY = make.TODAY
DAY = timedelta(days=1)
YEAR_END = date(2025, 3, 31)


def test_agencies_stand_with_their_actions_referrals_and_returns_most_late_first(
    session, board, police, health
):
    make.action(session, board, owner=police, due=TODAY - 9 * DAY)
    make.action(session, board, owner=police, due=TODAY - 40 * DAY)
    make.action(session, board, owner=police, due=TODAY)
    make.action(session, board, owner=health)
    make_counts.share(session, board, 120, 400, YEAR_END, span="year")
    make_counts.share(session, board, 90, 200, YEAR_END, span="year", agency=police)
    make_counts.share(session, board, 3, 9, YEAR_END, span="year", agency=health)
    make_work.returned(session, board, police, TODAY - DAY)
    listed = agencies(session, view=make.view(board))
    assert list(listed.columns) == list(AGENCIES)
    first, second = listed.astype(object).where(listed.notna(), None).to_dict("records")
    assert (first["agency"], first["open"], first["late"], first["longest"]) == ("Police", 3, 2, 40)
    assert (first["below"], first["referrals"], first["share"], first["position"]) == (
        90,
        200,
        0.45,
        "well above",
    )
    assert (first["supplies"], second["supplies"]) == ("no", "")
    assert (second["agency"], second["open"], second["late"], second["share"]) == ("Health", 1, 0, None)


def test_every_agency_is_listed_whatever_agency_is_chosen_and_also_without_rows(session, board, mine, health):
    assert agencies(session, view=mine)["agency"].tolist() == ["Health", "Police"]


def test_a_return_counts_as_sent_from_the_day_it_came(session, board, police, mine):
    make_work.returned(session, board, police, TODAY - 9 * DAY, TODAY - 3 * DAY, note="Sent late.")

    def told(as_at):
        [row] = partner_returns(session, view=make.view(board, as_at, agency_id=police.id)).to_dict("records")
        return row["supplies"], row["last_sent_on"], row["on_time"], row["due"]

    assert partner_returns(session, view=make.view(board, TODAY - 10 * DAY)).empty
    assert told(TODAY - 9 * DAY) == ("no", None, 0, 1)
    assert told(TODAY - 4 * DAY) == ("no", None, 0, 1)
    assert told(TODAY - 3 * DAY) == ("yes", TODAY - 3 * DAY, 0, 1)


def test_returns_on_time_are_of_the_last_twelve_months(session, board, police, mine):
    due = [TODAY - 400 * DAY, TODAY - 60 * DAY, TODAY - 30 * DAY, TODAY]
    for day, late in zip(due, (0, 0, 1, 0), strict=True):
        make_work.returned(session, board, police, day, day + late * DAY)
    [row] = partner_returns(session, view=mine).to_dict("records")
    assert (row["on_time"], row["due"], row["last_due_on"]) == (2, 3, TODAY)


def test_the_latest_return_decides_and_those_who_send_nothing_stand_first(session, board, police, health):
    make_work.returned(session, board, police, TODAY - 60 * DAY)
    make_work.returned(session, board, police, TODAY - 30 * DAY, TODAY - 31 * DAY)
    make_work.returned(session, board, health, TODAY - 60 * DAY, TODAY - 61 * DAY)
    make_work.returned(session, board, health, TODAY - 30 * DAY)
    listed = partner_returns(session, view=make.view(board))
    assert list(listed.columns) == list(RETURNS)
    assert list(zip(listed["agency"], listed["supplies"], strict=True)) == [
        ("Health", "no"),
        ("Police", "yes"),
    ]


def test_what_a_report_says_of_a_partner_without_a_day_stands_as_it_is(session, board, police, mine):
    make_work.returned(session, board, police, None, supplies="some", note="Part of it.")
    [row] = partner_returns(session, view=mine).to_dict("records")
    assert (row["supplies"], row["due"], row["note"]) == ("some", 0, "Part of it.")


def test_partners_that_send_nothing_come_first_and_returns_still_to_come_are_not_told(
    session, board, police, health
):
    make_work.returned(session, board, police, None, supplies="yes")
    make_work.returned(session, board, health, None, supplies="some")
    schools = make.agency(session, board, "schools")
    make_work.returned(session, board, schools, None, supplies="no")
    make_work.returned(session, board, make.agency(session, board, "housing"), TODAY + DAY)
    listed = partner_returns(session, view=make.view(board))
    assert listed["agency"].tolist() == ["Schools", "Health", "Police"]
    assert listed["supplies"].tolist() == ["no", "some", "yes"]
