"""The figures that the five documents are known for, as reported, contradictions included."""

from collections import Counter

import pytest

from tests.published_tables import row, rows, table


def counts(board):
    return {(d["dimension"], d["key"]): d["count"] for d in rows("deaths", board=board)}


def test_haverings_panel_was_told_of_five_deaths_none_from_abuse_or_neglect():
    assert counts("havering") == {
        ("all", "all"): "5",
        ("expectedness", "expected"): "3",
        ("expectedness", "unexpected"): "2",
        ("abuse", "yes"): "0",
    }


def test_stocktons_panel_had_twelve_deaths_three_of_them_unexpected():
    found = counts("stockton")
    assert (found["all", "all"], found["expectedness", "unexpected"]) == ("12", "3")


def test_no_number_of_reviews_is_invented_for_stockton_where_all_were_in_time():
    in_time = row("deaths", board="stockton", dimension="timeliness")
    assert (in_time["count"], in_time["symbol"]) == ("", "x")
    assert "in time" in in_time["note"]


@pytest.mark.parametrize("number", ["110", "111", "112", "113", "114"])
def test_stocktons_recommendations_are_actions_without_owner_or_date(number):
    action = row("actions", board="stockton", number=number)
    assert action["recommendation"] == row("recommendations", board="stockton", key=number)["key"]
    assert action["source"].startswith(f"ST {number}")
    assert (action["agency"], action["owner_role"], action["due_on"], action["raised_on"]) == ("", "", "", "")


def test_brents_four_audits_have_their_months_and_cases():
    done = rows("audits", board="brent", status="done")
    assert {(audit["month"], audit["cases"]) for audit in done} == {
        ("2013-07-01", "19"),
        ("2013-09-01", "4"),
        ("2014-01-01", "1"),
        ("2013-10-01", ""),
    }


def test_brents_audit_of_strategy_meetings_was_due_again_six_months_on():
    audit = row("audits", board="brent", key="section-47-2013")
    assert audit["reaudit_due_on"] == "2014-01-31"
    assert row("actions", board="brent", number="101")["due_on"] == "2014-01-31"


def test_nine_services_of_brent_completed_their_section_11_audit():
    assert len(rows("section11", board="brent", status="completed")) == 9
    assert row("observations", board="brent", measure="section_11_completed")["value"] == "9"


def test_haringeys_audits_read_eighteen_and_five_cases():
    done = rows("audits", board="haringey", status="done")
    assert [audit["cases"] for audit in done] == ["18", "5"]


def test_haringeys_percentages_stand_as_reported():
    asked = rows("audit_questions", board="haringey", audit="domestic-abuse-2014")
    assert [question["percent_reported"] for question in asked] == ["74", "72", "67", "80", "90", "89", "75"]


def test_counts_beside_a_percentage_give_that_percentage():
    counted = [question for question in table("audit_questions") if question["met"]]
    assert len(counted) == 3
    for question in counted:
        share = 100 * int(question["met"]) / int(question["applicable"])
        assert round(share) == int(question["percent_reported"])


def test_the_percentage_that_no_number_of_eighteen_gives_has_no_counts_but_a_note():
    assert 74 not in {round(100 * met / 18) for met in range(19)}
    question = row("audit_questions", percent_reported="74")
    assert (question["met"], question["applicable"]) == ("", "")
    assert "18" in question["note"]


def test_a_question_without_counts_says_why():
    for question in table("audit_questions"):
        assert question["met"] or question["note"]


def test_haringeys_children_on_plans_stand_three_times_with_the_contradiction():
    found = rows("observations", board="haringey", measure="children_on_plan")
    assert [(o["value"], o["period_end"]) for o in found] == [
        ("164", "2014-01-01"),
        ("184", "2014-01-31"),
        ("192", "2014-02-16"),
    ]
    assert all("164" in o["note"] for o in found)


@pytest.mark.parametrize(
    ("board", "measure", "value"),
    [
        ("haringey", "looked_after_children", "533"),
        ("haringey", "looked_after_turning_18", "40"),
        ("brent", "pathway_plans_in_place", "94"),
        ("stockton", "training_under_participation", "25"),
        ("stockton", "lay_members", "3"),
        ("stockton", "scr_published", "2"),
        ("havering", "learning_reviews_started", "3"),
    ],
)
def test_single_figures_stand_as_reported(board, measure, value):
    assert row("observations", board=board, measure=measure)["value"] == value


@pytest.mark.parametrize(
    ("name", "wanted", "words"),
    [
        ("audit_questions", {"percent_reported": "72"}, "28%"),
        ("inspections", {"inspected_on": "2013-02-28"}, "March 2013"),
        ("inspections", {"inspected_on": "2013-03-31"}, "February 2013"),
        ("reports", {"board": "haringey", "kind": "lado"}, "reviewing officers"),
    ],
)
def test_every_other_contradiction_is_noted_where_it_stands(name, wanted, words):
    assert words in row(name, **wanted)["note"]


def test_haverings_panel_report_is_late_without_a_date():
    late = row("reports", board="havering", key="cdop-annual-2012-13")
    assert (late["received"], late["late"], late["due_on"]) == ("0", "1", "")


def test_haverings_reports_due_in_january_2014_are_two():
    assert len(rows("reports", board="havering", due_on="2014-01-31")) == 2


def test_ten_routine_reports_reached_stocktons_board():
    routine = [
        report for report in rows("reports", board="stockton", received="1") if report["source"] == "ST 119"
    ]
    assert len({report["kind"] for report in routine}) == len(routine) == 10


def test_the_police_of_havering_are_to_screen_their_notifications():
    action = row("actions", board="havering", agency="police")
    assert "notifications" in action["title"]


def test_the_actions_of_each_board_are_as_many_as_were_read_in_its_documents():
    assert Counter(action["board"] for action in table("actions")) == {
        "brent": 62,
        "haringey": 13,
        "havering": 28,
        "stockton": 28,
    }
