"""One agency in words: the judgement, its figures, the titles over its parts, and what is not held."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.findings import agency as words
from lscb_core.findings import agency_parts as titles
from lscb_core.findings.agency import Figure, Held
from lscb_core.queries.actions import ACTIONS
from lscb_core.queries.audit_answers import QUESTIONS
from lscb_core.queries.board_work import SECTION_11, TRAINING
from lscb_core.queries.measures import COMMENTS
from lscb_core.queries.one_agency import JUDGEMENT, MONTHS

STANDING = {
    "agency": "Police", "agency_slug": "police", "open": 9, "late": 4, "longest": 141, "below": 931,
    "referrals": 2311, "share": 931 / 2311, "position": "well above", "supplies": "yes",
}  # fmt: skip
NOTHING = STANDING | dict.fromkeys(("below", "referrals", "share", "position")) | {"open": 0, "late": 0}
PRESENT = {"attended": 11, "meetings": 12, "board_attended": 118, "board_meetings": 144}
ABSENT = dict.fromkeys(PRESENT, 0)
SENT = {
    "supplies": "yes",
    "on_time": 10,
    "due": 12,
    "last_sent_on": date(2026, 3, 4),
    "last_due_on": date(2026, 3, 5),
}
NEVER = {"supplies": "no", "on_time": 0, "due": 0, "last_sent_on": None, "last_due_on": None}
NOBODY_SAID = pd.DataFrame(columns=list(JUDGEMENT))
CONCERN, ORDINARY, BETTER = "special_cause_concern", "common_cause", "special_cause_improvement"


def held(standing=STANDING, attendance=PRESENT, returns=SENT):
    return Held(standing, attendance, returns, 0.332)


def months(*types):
    """A month for each type, the last one March 2026."""
    ends = [
        date(2025 + (12 - len(types) + at + 3) // 12, (12 - len(types) + at + 3) % 12 + 1, 28)
        for at in range(len(types))
    ]
    rows = [{"period": end, "value": 40.0, "type": kind} for end, kind in zip(ends, types, strict=True)]
    return pd.DataFrame(rows, columns=list(MONTHS))


def test_the_boards_own_judgement_leads_with_its_signature():
    said = {"text": "Requires improvement. Strong in audits.", "signed_by": "Independent chair"}
    judged = pd.DataFrame([said | {"written_on": date(2026, 2, 12)}], columns=list(JUDGEMENT))
    assert words.lead(judged, held()) == (
        "**The board's judgement: requires improvement.** Strong in audits. "
        "*Signed by the independent chair, 12 February 2026.*"
    )


def test_without_a_judgement_the_figures_speak_and_that_is_said():
    assert words.lead(NOBODY_SAID, held()) == (
        "**Four of nine open actions are late and its share below the threshold is higher than chance "
        "explains (40%, board 33%).** The board has written no judgement of this agency."
    )


def test_what_chance_explains_is_no_news():
    calm = STANDING | {"late": 0, "position": "within"}
    assert words.lead(NOBODY_SAID, held(calm)).startswith("Nothing here is late or out of the ordinary.")


@pytest.mark.parametrize(
    ("returns", "said"),
    [
        (NEVER, "It sends the board no figures."),
        (NEVER | {"last_due_on": date(2026, 3, 5)}, "Its latest figures have not come."),
        (NEVER | {"supplies": "some"}, "It sends only part of its figures."),
    ],
)
def test_a_silent_partner_is_told_as_far_as_is_known(returns, said):
    assert f"**{said}**" in words.lead(NOBODY_SAID, held(NOTHING, returns=returns))


def test_four_figures_stand_beside_the_boards():
    assert words.figures(held()) == [
        Figure("Actions late", "4 of 9", "longest 141 days", "worse"),
        Figure("Below threshold", "40.3%", "board 33.2%", "worse"),
        Figure("Meetings attended", "11 of 12", "board 82%"),
        Figure("Sent on time", "10 of 12", "last: 4 Mar 2026"),
    ]


def test_figures_that_are_not_held_are_left_out():
    assert words.figures(held(NOTHING, ABSENT, {})) == [Figure("Actions late", "None open", "")]
    assert words.figures(held(NOTHING, ABSENT, NEVER))[1:] == [Figure("Figures sent", "None", "", "worse")]


def test_under_ten_referrals_are_counts_and_inside_chance_is_grey():
    few = STANDING | {"below": 3, "referrals": 9, "share": None, "position": None}
    assert words.figures(held(few))[1] == Figure("Below threshold", "3 of 9", "board 33.2%")
    low = STANDING | {"position": "well below"}
    assert words.figures(held(low))[1].tone == "neither"


def test_the_list_says_where_each_agency_stands():
    assert words.in_the_list(STANDING) == (
        "4 of 9 open actions late, longest 141 days. 40% of 2,311 referrals below the threshold: "
        "well above what chance explains. It sends its figures."
    )
    assert words.in_the_list(NOTHING | {"supplies": ""}) == "No open action."


def test_what_the_board_does_not_hold_is_named():
    nothing = {name: pd.DataFrame() for name in ("answers", "scores", "courses")}
    assert len(words.missing(held(NOTHING, ABSENT, {}), **nothing)) == 6
    something = {name: pd.DataFrame([1]) for name in nothing}
    assert words.missing(held(), **something) == []


def actions(*rows):
    plain = {"days_late": 0, "due_on": date(2026, 5, 1), "times_moved": 0}
    return pd.DataFrame([plain | row for row in rows], columns=list(ACTIONS))


def test_the_title_over_the_actions_counts_the_late_and_the_most_moved():
    late = actions({"days_late": 9, "times_moved": 3}, {"days_late": 1}, {})
    assert titles.actions_title(late) == "Two actions are late; one has been moved three times"
    assert titles.actions_title(actions({"times_moved": 1}, {})) == "No action is late"
    assert titles.actions_title(actions({"due_on": None}, {"due_on": None}, {})) == (
        "2 of 3 open actions have no agreed date"
    )
    assert titles.actions_title(actions()) == "No open action"


def test_the_months_are_a_finding_only_where_a_recent_one_is_out_of_the_ordinary():
    assert titles.months_title(months(ORDINARY, ORDINARY, CONCERN, CONCERN)) == (
        "The share below the threshold is higher than ordinary since February 2026"
    )
    assert "lower than ordinary since March 2026" in titles.months_title(
        months(CONCERN, ORDINARY, ORDINARY, BETTER)
    )
    long_ago = months(CONCERN, ORDINARY, ORDINARY, ORDINARY)
    assert titles.months_title(long_ago) == "Share below the threshold, month by month"
    assert titles.concern_since(long_ago) is None
    assert titles.concern_since(months(ORDINARY, ORDINARY, ORDINARY, BETTER)) is None


def test_an_explanation_from_before_the_signal_explains_nothing():
    since = titles.concern_since(months(ORDINARY, ORDINARY, CONCERN, CONCERN))
    rows = [{"measure": "below_threshold", "text": "Old.", "written_on": date(2026, 2, 27)}]
    assert titles.explanation(pd.DataFrame(rows, columns=list(COMMENTS)), since) is None
    rows[0]["written_on"] = date(2026, 2, 28)
    assert titles.explanation(pd.DataFrame(rows, columns=list(COMMENTS)), since)["text"] == "Old."
    rows[0]["measure"] = "training_no_shows"
    assert titles.explanation(pd.DataFrame(rows, columns=list(COMMENTS)), since) is None


def answers(*rows):
    names = ("question", "share", "low", "high")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows], columns=list(QUESTIONS))


def test_the_weakest_question_is_named_only_where_the_likely_ranges_are_apart():
    apart = answers(("Weak?", 0.44, 0.25, 0.66), ("Strong?", 0.89, 0.67, 0.97))
    assert titles.audit_title(apart) == "Audits: weakest on “Weak”"
    touching = answers(("Weak?", 0.44, 0.25, 0.68), ("Strong?", 0.89, 0.67, 0.97))
    assert titles.audit_title(touching) == "What the last audit found here"
    assert titles.audit_title(answers(("Few?", None, None, None))) == "What the last audit found here"


def scores(*pairs):
    rows = [{"own": own, "challenged": challenged} for own, challenged in pairs]
    return pd.DataFrame(rows, columns=list(SECTION_11)).astype({"own": "Int64", "challenged": "Int64"})


def test_the_self_check_says_what_the_challenge_lowered():
    assert titles.section_11_title(scores((3, 2), (2, 1), (3, 3))).endswith("scored two standards lower")
    assert titles.section_11_title(scores((3, 3))).endswith("lowered no score")
    assert titles.section_11_title(scores((3, None))).endswith("not challenged by the board yet")
    unscored = scores((None, None)).assign(status="not returned")
    assert titles.section_11_title(unscored) == "Yearly self-check: not returned"


def test_empty_places_on_courses_are_counted_where_both_numbers_are_known():
    rows = [{"booked": 9, "attended": 7}, {"booked": 5, "attended": None}, {"booked": 4, "attended": 4}]
    courses = pd.DataFrame(rows, columns=list(TRAINING)).astype({"booked": "Int64", "attended": "Int64"})
    assert titles.training_title(courses) == "Training: 2 of 13 booked places stayed empty"
    assert titles.training_title(courses.iloc[1:2]) == "Training"
