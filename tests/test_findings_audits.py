"""Sentences about audits claim what follows from the figures, and nothing that chance explains."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.intervals import too_few, wilson
from lscb_core.findings import audit_agencies, audits, one_audit

LETTERS = {"O": "outstanding", "G": "good", "RI": "requires_improvement", "I": "inadequate"}


def graded(**subjects):
    """Grades of each subject in the order in which they were given, a year apart."""
    rows = [
        {"theme": theme.replace("_", " ").capitalize(), "grade": LETTERS[letter], "month": date(year, 3, 1)}
        for theme, letters in subjects.items()
        for year, letter in enumerate(letters.split(), 2020)
    ]
    return pd.DataFrame(rows, columns=["theme", "grade", "month"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "No audit was graded"),
        ({"neglect": "G", "missing_children": "RI"}, "Two audits graded, each subject once: no trend yet"),
        ({"neglect": "RI G", "plans": "G G"}, "One of two subjects is graded better than at first"),
        (
            {"neglect": "RI G", "plans": "I RI", "domestic_abuse": "G RI"},
            "Two of three subjects are graded better than at first; domestic abuse has slipped back",
        ),
        # Above the first grade but below the last one: slipped back, and not among the better.
        (
            {"exploitation": "I G RI", "domestic_abuse": "G RI RI"},
            "None of two subjects are graded better than at first; "
            "exploitation and domestic abuse have slipped back",
        ),
    ],
)
def test_grades_are_told_subject_by_subject(given, said):
    assert audits.grades(graded(**given)) == said


def test_the_key_names_only_grades_that_are_there():
    assert audits.grades_key(graded(neglect="I G")).startswith(
        "Each square is an audit: **I** inadequate, **G** good."
    )


def asked(*counts, agency=""):
    rows = []
    for place, (met, of, *whose) in enumerate(counts, 1):
        low, high = wilson(met, of)
        few = too_few(of)
        rows.append(
            {
                "position": place if not whose else 1,
                "question": f"Question {place}?" if not whose else "Asked of all?",
                "agency": whose[0] if whose else agency,
                "met": met,
                "applicable": of,
                "share": None if few else met / of,
                "low": None if few else low,
                "high": None if few else high,
            }
        )
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(2, 20), (12, 20)], "Clearly fewer than half: “Question 1?”"),
        ([(2, 20), (3, 20), (12, 20)], "Clearly fewer than half for two of three questions"),
        ([(7, 16), (17, 18)], "Least often met: “Question 1?”"),
        ([(17, 18), (18, 18)], "Clearly more than half for all two questions"),
        ([(8, 16), (12, 18)], "What was asked, and how often it was met"),  # the ranges overlap
        ([(0, 9), (17, 18)], "What was asked, and how often it was met"),  # nine are too few to claim
    ],
)
def test_a_question_stands_out_only_by_its_likely_range(counts, said):
    assert one_audit.answers(asked(*counts)) == said


def test_what_was_only_reported_is_shown_as_reported():
    said = one_audit.instead(met=None, percent=74.0, cases=18.0, fits="no")
    assert said == "74% as reported: no number of the 18 cases gives it"
    assert one_audit.instead(met=None, percent=89.0, cases=18.0, fits="yes") == (
        "89% as reported: no counts given"
    )
    assert one_audit.instead(met=None, percent=None, cases=None, fits="") == "The number is not given"
    assert one_audit.instead(met=12.0, percent=67.0, cases=18.0, fits="yes") == ""


def compared(*changes):
    rows = [{"question": f"Question {place}?", "change": change} for place, change in enumerate(changes, 1)]
    return pd.DataFrame(rows, columns=["question", "change"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((), "Too few cases to say what has changed"),
        ((None,), "Too few cases to say what has changed"),
        (("chance", "chance"), "Nothing has changed by more than chance explains"),
        (("chance", "better"), "Only one answer is clearly better: “Question 2?”"),
        (("worse", "chance"), "Only one answer is clearly worse: “Question 1?”"),
        (
            ("better", "worse", "better", "chance"),
            "Of four questions, two better and one worse by more than chance",
        ),
    ],
)
def test_changes_are_claimed_beyond_chance_only(changes, said):
    assert one_audit.changes(compared(*changes)) == said


def acts(*standings):
    return pd.DataFrame({"now": list(standings)})


@pytest.mark.parametrize(
    ("standings", "said"),
    [
        ((), "No action is recorded for it"),
        (("closed", "closed"), "All its actions are closed"),
        (("closed",), "Its one action is closed"),
        (("late", "closed"), "Its one open action is late"),
        (("late", "late", "on_time"), "Two of three open actions are late"),
        (("late", "late"), "Both open actions are late"),
        (("no_date", "no_date", "no_date"), "All three open actions have no agreed date"),
        (("on_time", "due_soon"), "None of two open actions are late"),
        (("no_date", "on_time"), "One of two open actions has no agreed date"),
        (("no_date", "late"), "One of two open actions is late"),
    ],
)
def test_what_was_promised_is_told_late_ones_first(standings, said):
    assert one_audit.promised(acts(*standings)) == said


def test_recommendations_without_an_action_are_a_gap():
    def told(*actions):
        return one_audit.unanswered(pd.DataFrame({"actions": list(actions)}))

    assert told(1, 2) == ""
    assert told(0, 2) == "One of two recommendations has no action so far."
    assert told(0, 0) == "None of its two recommendations has an action so far."
    assert told(0) == "Its one recommendation has no action so far."


def planned(**standings):
    rows = [
        {"standing": standing, "dimension": dimension}
        for standing, dimensions in standings.items()
        for dimension in dimensions
    ]
    return pd.DataFrame(rows, columns=["standing", "dimension"]).astype({"dimension": "Int64"})


def owed(*late, on_time=()):
    rows = [{"theme": theme, "standing": "late"} for theme in late]
    rows += [{"theme": theme, "standing": "on_time"} for theme in on_time]
    return pd.DataFrame(rows, columns=["theme", "standing"])


def test_the_programme_says_what_was_done_what_slipped_and_what_is_to_come():
    listed = planned(done=[1, 2], slipped=[2], planned=[2, 2, 2])
    assert audits.programme(listed) == "Two audits done, one slipped, three planned"
    assert audits.programme(planned(planned=[2])) == "One audit planned"
    assert audits.programme(planned()) == "No audit is planned"


def test_a_dimension_that_nothing_looks_at_is_a_gap_where_dimensions_are_used():
    assert audits.gaps(planned(done=[1, 2])) == (
        "Nothing in the programme looks at how the board itself works."
    )
    assert audits.gaps(planned(done=[1, 2], planned=[3])) == ""
    assert audits.gaps(planned(done=[None])) == ""


def test_late_repeats_are_named():
    assert audits.owed(owed()) == "No repeat is owed"
    assert audits.owed(owed(on_time=["Neglect"])) == "No repeat is late"
    assert audits.owed(owed("Section 47")) == "One repeat is late: Section 47"
    assert audits.owed(owed("Domestic abuse", "MASH")) == "Two repeats are late: domestic abuse and MASH"


def test_the_lead_tells_the_news_in_bold_and_no_news_plainly():
    news = audits.lead(owed("Neglect", "Plans"), planned(done=[1, 2], slipped=[2], silent=[2]))
    assert news == (
        "Two audits were reported in the last twelve months; "
        "**two repeats are late, one audit has slipped and nothing was heard of one planned audit**."
    )
    assert audits.lead(owed(), planned(done=[1])) == "One audit was reported in the last twelve months."


def test_an_agency_stands_apart_beyond_the_outer_limits_only():
    """With 7 of 15, police lies 2.75 standard errors under the 46 of 60; with 3 of 15, 4.2 under 42 of 60."""
    others = [(13, 15, "Health"), (13, 15, "Schools"), (13, 15, "Housing")]
    below = asked((3, 15, "Police"), *others)
    assert audit_agencies.agencies(below) == "Police is clearly below the others on “Asked of all?”"
    assert audit_agencies.agencies(asked((7, 15, "Police"), *others)) == "Each agency's own answers"
    few = asked((0, 9, "Police"), *others)  # nine cases are too few
    assert audit_agencies.agencies(few) == "Each agency's own answers"
    two = asked((1, 15, "Police"), (14, 15, "Health"))  # two agencies have no common rate
    assert audit_agencies.agencies(two) == "Each agency's own answers"


def test_agencies_disagree_on_a_case_when_one_says_met_and_another_not():
    def seen(*answers):
        return pd.DataFrame([{"case": case, "answer": answer} for case, answer in answers])

    assert audit_agencies.cases(seen((1, "met"), (1, "met"), (2, "met"), (2, "not_applicable"))) == (
        "The agencies agree on every case"
    )
    assert audit_agencies.cases(seen((1, "met"), (1, "not_met"), (2, "met"))) == (
        "The agencies disagree on one of two cases"
    )
