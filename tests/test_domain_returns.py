"""Returns: their periods, the day they are due, and what became of them."""

from datetime import date

import pytest

from lscb_core.domain.returns import OF_A_DAY, TITLES, Asking, Every, Sending, became, story, worst
from lscb_core.imports.templates.registry import TEMPLATES

JAN, FEB, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
LONG_AGO, FAR = date(2000, 1, 1), date(2027, 1, 1)


def asking(every=Every.MONTH, first=JAN, *, until=None, days=30, template="thresholds") -> Asking:
    return Asking(template, every, first, until, days)


def test_every_template_can_be_asked_for_under_its_own_title():
    assert {key: one.title for key, one in TEMPLATES.items()} == TITLES
    assert set(TITLES) >= OF_A_DAY


@pytest.mark.parametrize(
    ("every", "first", "ends"),
    [
        (Every.MONTH, JAN, [JAN, FEB, MARCH]),
        (Every.QUARTER, date(2025, 11, 30), [date(2025, 11, 30), FEB, date(2026, 5, 31)]),
        (Every.YEAR, date(2024, 2, 29), [date(2024, 2, 29), date(2025, 2, 28), FEB]),
    ],
)
def test_periods_end_with_their_months(every, first, ends):
    found = list(asking(every, first).period_ends(due_from=LONG_AGO, due_to=FAR))
    assert found[:3] == ends


def test_a_return_is_due_some_days_after_its_period_and_asked_for_until_a_day():
    one = asking(until=FEB)
    assert one.due_on(JAN) == date(2026, 3, 2)
    assert list(one.period_ends(due_from=date(2026, 3, 2), due_to=FAR)) == [JAN, FEB]
    assert list(one.period_ends(due_from=date(2026, 3, 3), due_to=FAR)) == [FEB]
    assert list(one.period_ends(due_from=LONG_AGO, due_to=date(2026, 3, 1))) == []


def test_a_months_return_belongs_to_its_month_and_one_with_a_day_to_the_nearest_end():
    assert asking(Every.QUARTER, MARCH).period_of(JAN) == JAN  # of no quarter's end
    yearly = asking(Every.YEAR, MARCH, template="section11")
    near = {date(2026, 3, 1): MARCH, date(2026, 9, 29): MARCH, date(2025, 10, 1): MARCH}
    near |= {date(2026, 10, 1): date(2027, 3, 31), date(2025, 4, 10): date(2025, 3, 31)}
    assert {day: yearly.period_of(day) for day in near} == near


def test_the_words_of_a_period():
    assert asking().period_words(FEB) == "February 2026"
    assert asking(Every.QUARTER).period_words(MARCH) == "1 January to 31 March 2026"
    assert asking(Every.YEAR).period_words(MARCH) == "year to 31 March 2026"


@pytest.mark.parametrize(
    ("sent_on", "refused", "today", "state"),
    [
        (FEB, False, MARCH, Sending.SENT),  # on its day
        (date(2026, 3, 1), False, MARCH, Sending.LATE),
        (None, False, FEB, Sending.NOT_DUE),  # the day itself
        (None, False, date(2026, 3, 1), Sending.NOTHING),
        (None, True, JAN, Sending.REJECTED),
        (FEB, True, MARCH, Sending.SENT),
    ],
)
def test_what_became_of_a_return_due_on_28_february(sent_on, refused, today, state):
    assert became(due_on=FEB, sent_on=sent_on, refused=refused, today=today) is state


def test_what_is_missing_is_told_before_what_came():
    assert worst([Sending.SENT, Sending.LATE, Sending.NOTHING, Sending.REJECTED]) is Sending.NOTHING
    assert worst([Sending.SENT, Sending.NOT_DUE]) is Sending.NOT_DUE
    assert [each.letter for each in Sending] == ["N", "R", "L", "·", "S"]


def test_the_story_of_a_return():
    told = {"title": "Figures", "due_on": FEB}
    assert (
        story(**told, sent_on=MARCH, state=Sending.LATE)
        == "Figures: due 28 February 2026, came 31 March 2026"
    )
    assert story(**told, sent_on=None, state=Sending.NOTHING).endswith(", nothing came")
    assert story(**told, sent_on=None, state=Sending.REJECTED).endswith("could not be used")
    assert story(**told, sent_on=None, state=Sending.NOT_DUE) == "Figures: due 28 February 2026"
