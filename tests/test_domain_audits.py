"""The rules of an audit: its place in the programme, its repeat, and what counts as a change."""

from datetime import date, timedelta

import pytest

from lscb_core.domain.audits import Standing, answer_change, fits, grade_change, repeat_standing, standing
from lscb_core.domain.vocab import Brag, Grade

TODAY = date(2025, 4, 30)
APRIL, MARCH, MAY = date(2025, 4, 1), date(2025, 3, 1), date(2025, 5, 1)


def stands(status="planned", *, known=False, month=None, planned=None, told=TODAY):
    return standing(status=status, is_known=known, month=month, planned_on=planned, told_on=told, today=TODAY)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"status": "done", "known": True, "month": MARCH}, Standing.DONE),
        ({"status": "done", "month": APRIL}, Standing.UNDER_WAY),
        ({"status": "done", "month": date(2025, 4, 30)}, Standing.UNDER_WAY),  # begins that very day
        ({"status": "done", "month": MAY, "planned": MAY}, Standing.PLANNED),
        ({"status": "done", "month": MAY, "planned": MARCH}, Standing.SLIPPED),  # was to be done in March
        ({"month": APRIL}, Standing.PLANNED),  # the last day of its month
        ({"month": MARCH}, Standing.SILENT),
        ({"status": "slipped", "month": MARCH}, Standing.SLIPPED),
        ({"status": "slipped", "month": APRIL}, Standing.PLANNED),  # its month has not ended
        ({"month": MAY, "planned": MARCH}, Standing.SLIPPED),  # moved on, and still to come
        ({"status": "slipped"}, Standing.SLIPPED),
        ({"told": TODAY - timedelta(days=365)}, Standing.PLANNED),
        ({"told": TODAY - timedelta(days=366)}, Standing.SILENT),
    ],
)
def test_where_an_audit_stands_follows_from_its_dates(asked, expected):
    assert stands(**asked) is expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2025, 4, 29), Brag.LATE),
        (TODAY, Brag.DUE_SOON),
        (date(2025, 5, 28), Brag.DUE_SOON),
        (date(2025, 5, 29), Brag.ON_TIME),
        (None, Brag.NO_DATE),
    ],
)
def test_a_repeat_is_owed_like_an_action(due, expected):
    assert repeat_standing(due, TODAY) is expected


def test_a_grade_gets_better_worse_or_stays():
    assert grade_change(Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT) == "better"
    assert grade_change(Grade.OUTSTANDING, Grade.GOOD) == "worse"
    assert grade_change(Grade.GOOD, Grade.GOOD) == "same"


def test_the_old_scales_adequate_is_not_compared_with_its_successor():
    assert grade_change(Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT) == "not comparable"
    assert grade_change(Grade.REQUIRES_IMPROVEMENT, Grade.ADEQUATE) == "not comparable"
    assert grade_change(Grade.ADEQUATE, Grade.GOOD) == "better"


def test_an_answer_has_changed_only_where_chance_does_not_explain_it():
    assert answer_change(9, 20, 14, 18) == "better"
    assert answer_change(14, 18, 9, 20) == "worse"
    assert answer_change(14, 20, 17, 18) == "chance"


def test_under_ten_cases_in_either_audit_nothing_is_compared():
    assert answer_change(0, 9, 18, 18) is None
    assert answer_change(0, 18, 9, 9) is None
    assert answer_change(0, 10, 10, 10) == "better"


def test_a_percentage_fits_when_some_number_of_cases_gives_it():
    assert [fits(percent, 18) for percent in (74, 72, 67, 78)] == [False, True, True, True]
    assert fits(80, 10)
    assert not fits(50, 0)
