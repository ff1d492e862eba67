"""The overview in words: headline, the sentence with the news, what changed, who holds the late actions."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.findings import overview as words
from lscb_core.findings.reports import judgement_lines, report_lines
from lscb_core.queries.board_work import INSPECTIONS
from lscb_core.queries.changes import CHANGES
from lscb_core.queries.measure_cards import CARDS
from lscb_core.queries.reports import REPORTS

AS_AT, MET = date(2026, 4, 1), date(2026, 2, 12)
NO_CARDS = pd.DataFrame(columns=list(CARDS))


def changes(*what, **more):
    rows = [{"what": each, "agency": "", "detail": "1", "title": "A title"} | more for each in what]
    return pd.DataFrame(rows, columns=list(CHANGES))


def late(**held):
    """Agencies with so many late actions, as the query orders them."""
    rows = [{"agency": name.title(), "over_28": n, "up_to_28": 0} for name, n in held.items()]
    return pd.DataFrame(rows)


def figures(**counts):
    return pd.DataFrame([{"figure": key, "count": count, "of": of} for key, (count, of) in counts.items()])


@pytest.mark.parametrize(
    ("meeting", "is_day_known", "expected"),
    [
        (date(2026, 4, 16), True, "Before the meeting on 16 April 2026"),
        (AS_AT, True, "For the meeting on 1 April 2026"),
        (date(2026, 4, 30), False, "Before the meeting in April 2026"),
        (None, True, "Tidewater as at 1 April 2026"),
    ],
)
def test_the_headline_names_the_next_meeting_as_exactly_as_it_is_known(meeting, is_day_known, expected):
    assert words.headline("Tidewater", AS_AT, meeting, is_day_known=is_day_known) == expected


def test_the_sentence_tells_the_news_in_bold_and_only_what_happened():
    cards = pd.DataFrame(
        [{"standing": "worse", "is_explained": False}, {"standing": "worse", "is_explained": True}]
    )
    happened = changes("late", "late", "closed", "graded", "report_late", "report_received", "added")
    assert words.since_then(MET, AS_AT, happened, cards) == (
        "Since the board last met on 12 February, **two more actions have become late**, one was closed and "
        "checked, one audit was graded, **one report has become late** and "
        "**one measure of concern has no explanation**."
    )


def test_a_quiet_time_is_told_as_such():
    said = words.since_then(date(2025, 12, 11), AS_AT, changes(), NO_CARDS)
    assert said == "Since the board last met on 11 December 2025, nothing in the register has changed."


def test_without_a_meeting_the_sentence_tells_how_far_actions_can_be_followed():
    held = figures(actions_late=(1, 28), actions_no_date=(22, 28), actions_no_owner=(22, 28))
    assert words.as_it_stands(held) == (
        "**Of 28 open actions, 22 have no agreed date**, so they can never be late; 22 name no owner. "
        "Of those with a date, **one is late**."
    )
    assert words.as_it_stands(figures()) == "No open action is held for this board on this day."


def test_where_dates_are_agreed_the_late_ones_are_the_news():
    held = figures(
        actions_late=(3, 40), actions_no_date=(2, 40), actions_no_owner=(0, 40), partners_sending=(1, 5),
        reports_late=(1, 5),
    )  # fmt: skip
    assert words.as_it_stands(held) == (
        "**Three of 40 open actions are late.** Only one of five partners sends all their figures. "
        "**One of five reports is late.**"
    )


def test_each_kind_of_change_has_its_badge_and_one_sentence():
    happened = pd.concat(
        [changes("late", "late", agency="Police"), changes("closed", "closed"), changes("added")]
    )
    assert words.what_changed(happened) == [
        ("red", "Late", "Two actions, two of them held by Police"),
        ("green", "Closed", "Two actions; each was checked"),
        ("gray", "New", "One action, which nobody holds"),
    ]
    assert words.what_changed(changes()) == []


def test_where_no_agency_stands_out_all_are_named():
    happened = pd.concat([changes("late", agency=name) for name in ("GPs", "Police", "Schools", "Health")])
    [(_, _, said)] = words.what_changed(happened)
    assert said == "Four actions: GPs, Police, Schools and 1 other"


def test_moved_actions_say_which_was_moved_most_often():
    happened = pd.concat([changes("moved", detail="3"), changes("moved", "moved")])
    [(_, _, said)] = words.what_changed(happened)
    assert said == "Three actions; one of them for the third time"
    [(_, _, once)] = words.what_changed(changes("moved", "moved"))
    assert once == "Two actions"


def test_graded_audits_and_reports_are_named():
    happened = pd.concat(
        [
            changes("graded", title="Plans", detail="requires_improvement"),
            changes("report_late", title="MAPPA"),
        ]
    )
    assert [said for _, _, said in words.what_changed(happened)] == [
        "Plans: requires improvement",
        "MAPPA still to come",
    ]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({"police": 4, "health": 1, "gps": 1}, "Police holds more than half of the late actions"),
        ({"police": 4, "mental": 3, "gps": 3, "health": 2, "care": 2}, "Who holds the late actions"),
        ({"police": 4, "mental": 3, "health": 2, "housing": 2, "gps": 2, "schools": 1},
         "Police and Mental hold half of the late actions"),
        ({"police": 2, "mental": 2, "health": 2, "gps": 1}, "Who holds the late actions"),  # a tie
        ({"police": 1, "health": 1, "gps": 1}, "Who holds the late actions"),  # three are too few
        ({"police": 5, "health": 1}, "Who holds the late actions"),  # two hold all of them anyway
    ],
)  # fmt: skip
def test_the_bars_name_who_holds_half_only_where_one_or_two_agencies_do(held, expected):
    assert words.who_is_late(late(**held)) == expected


def test_reports_come_late_ones_first_then_due_then_the_last_received():
    day = timedelta(days=1)
    rows = [
        {"standing": "received", "title": "Old", "received_on": AS_AT - 99 * day},
        {"standing": "received", "title": "New", "received_on": AS_AT - day, "period": "2024-25"},
        {"standing": "not stated", "title": "Unknown"},
        {"standing": "due", "title": "Ahead", "due_on": AS_AT + day},
        {
            "standing": "late",
            "title": "Late",
            "due_on": AS_AT - 60 * day,
            "days_late": 60,
            "agency": "Police",
        },
        {"standing": "late", "title": "Undated", "note": "Called late."},
    ]
    listed = pd.DataFrame(rows, columns=list(REPORTS)).fillna({"agency": "", "period": "", "note": ""})
    listed = listed.astype({"days_late": "Int64"})
    assert [(badge, title, said) for _, badge, title, said in report_lines(listed)] == [
        ("Late", "Late", "Police. Due 31 January 2026, 60 days late."),
        ("Late", "Undated", "Called late."),
        ("Due", "Ahead", "Due 2 April 2026."),
        ("Not stated", "Unknown", "It is not stated whether it came."),
        ("Received", "New, 2024-25", "Received on 31 March 2026."),
        ("Received", "Old", "Received on 23 December 2025."),
    ]


def test_inspectors_are_quoted_by_month_with_their_doubts_and_no_judgement_is_made_up():
    rows = [
        {"subject": "The board", "inspector": "Ofsted", "judgement": "requires_improvement", "note": ""},
        {"subject": "The hub", "inspector": "Ofsted", "judgement": "", "note": "Dated twice.",
         "inspected_on": date(2013, 2, 28)},
    ]  # fmt: skip
    assert judgement_lines(pd.DataFrame(rows, columns=list(INSPECTIONS))) == [
        ("The board", "Requires improvement. Ofsted."),
        ("The hub", "No judgement reported. Ofsted, February 2013. Dated twice."),
    ]
