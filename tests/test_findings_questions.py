"""Questions to ask: each rule asks where its facts call for it, and keeps silent where they do not."""

from datetime import date

import pytest

from lscb_core.findings.question import BOARD, PANEL
from lscb_core.findings.questions import RULES
from lscb_core.queries.loose_ends import LOOSE
from tests.briefed import asked, one

DUE = date(2025, 9, 10)
LATE = {
    "number": 306, "title": "Agree a route", "agency": "Health", "agency_slug": "health", "due_on": DUE,
    "first_due_on": date(2025, 1, 31), "times_moved": 3, "days_late": 203, "note_on": date(2026, 3, 8),
}  # fmt: skip
POLICE = {
    "agency": "Police", "agency_slug": "police", "below": 931, "referrals": 2311, "share": 931 / 2311,
    "position": "well above", "period_end": date(2026, 3, 31),
}  # fmt: skip
CARD = {
    "measure": "return_interviews_72h", "title": "Return interviews", "unit": "percent", "standing": "worse",
    "is_explained": False, "signal_since": date(2025, 9, 30), "period": date(2026, 3, 31), "value": 51.8,
    "mean": 62.2, "target": 80.0, "owner": "Children's services",
}  # fmt: skip


def open_actions(no_date, no_owner, of):
    return [
        {"figure": "actions_no_date", "count": no_date, "of": of},
        {"figure": "actions_no_owner", "count": no_owner, "of": of},
    ]


def test_nothing_to_ask_is_no_question():
    assert asked() == []


def test_actions_mostly_without_date_or_owner_are_asked_about_first():
    first = asked(figures=open_actions(27, 26, 28), late=[LATE])[0]
    assert (first.whom, first.page) == (BOARD, "actions")
    assert "27 of 28 open actions have no agreed date, 26 of 28 name no owner" in first.because


@pytest.mark.parametrize(("no_date", "no_owner"), [(14, 14), (2, 1), (0, 0)])
def test_a_few_actions_without_date_are_no_question_about_all(no_date, no_owner):
    assert asked(figures=open_actions(no_date, no_owner, 28)) == []


def test_the_agency_above_what_chance_explains_is_asked_with_both_numbers():
    whole = [{"period_end": date(2026, 3, 31), "below": 2629, "referrals": 7916, "share": 2629 / 7916}]
    question = one(below=[POLICE], board_below=whole)
    assert (question.whom, question.page, question.changes) == (
        "Police",
        "threshold_usage",
        {"agency": "police"},
    )
    assert question.asks.startswith("40% of your referrals need no social work.")
    assert "931 of 2,311" in question.because
    assert "31% to 35%" in question.because


def test_the_agency_furthest_above_is_asked_not_the_largest_one():
    whole = [{"period_end": date(2026, 3, 31), "below": 300, "referrals": 1000, "share": 0.3}]
    large = POLICE | {"below": 660, "referrals": 2000, "share": 0.33, "position": "above"}
    small = POLICE | {"agency": "Housing", "below": 60, "referrals": 100, "share": 0.6}
    least = POLICE | {"agency": "Schools", "below": 9, "referrals": 15, "share": 0.6, "position": "above"}
    assert [each.whom for each in asked(below=[large, least, small], board_below=whole)] == ["Housing"]
    assert [each.whom for each in asked(below=[large, least], board_below=whole)] == ["Police"]


@pytest.mark.parametrize("position", ["within", "below", "well below", None])
def test_what_chance_explains_or_lies_below_is_not_asked_about(position):
    whole = [{"period_end": date(2026, 3, 31), "below": 2629, "referrals": 7916, "share": 2629 / 7916}]
    assert asked(below=[POLICE | {"position": position}], board_below=whole) == []


def test_the_action_most_days_late_is_asked_about_with_its_history():
    question = one(late=[LATE, LATE | {"number": 9, "days_late": 1}])
    assert "203 days after the agreed date" in question.asks
    assert question.because == (
        "Action 306, agreed for 10 September 2025, moved three times from 31 January 2025. "
        "Last note: 8 March 2026."
    )
    assert question.changes == {"action": "306"}


def test_of_an_action_without_news_since_its_report_it_is_asked_what_became_of_it():
    question = one(late=[LATE], unheard=[{"number": 306, "note_on": date(2025, 6, 30)}])
    assert question.asks == "What became of “Agree a route”?"
    assert question.because.endswith("Not known since 30 June 2025.")
    assert "not done" in one(late=[LATE], unheard=[{"number": 7, "note_on": DUE}]).asks


def test_the_action_moved_most_often_is_asked_about_but_not_twice():
    moved = {name: LATE[name] for name in LOOSE}
    assert len(asked(late=[LATE], moved=[moved])) == 1
    both = asked(late=[LATE], moved=[moved, moved | {"number": 7, "agency": "Police", "times_moved": 2}])
    assert both[1].asks == "“Agree a route” has been moved twice. What stands in its way?"


def test_a_measure_of_concern_is_asked_about_until_it_is_explained():
    question = one(cards=[CARD])
    assert question.whom == "Children's services"
    assert "since September 2025" in question.asks
    assert question.because == (
        "52% in March 2026, on average 62%; the target is 80%. No explanation has been sent."
    )
    assert asked(cards=[CARD | {"is_explained": True}]) == []
    assert asked(cards=[CARD | {"standing": "better"}, CARD | {"standing": "few"}]) == []


def test_slow_reviews_say_where_chance_may_be_the_reason():
    row = {
        "figure": "reviews_in_time", "count": 11, "of": 17, "was_count": 17, "was_of": 20,
        "on": date(2026, 3, 31),
    }  # fmt: skip
    question = one(figures=[row])
    assert question.whom == PANEL
    assert question.because.endswith("17 of 20 the year before. Small numbers: this may be chance.")
    assert asked(figures=[row | {"count": 17}]) == []


def test_late_reports_are_asked_for_the_longest_late_with_how_many_more():
    row = {
        "standing": "late",
        "title": "MAPPA",
        "agency": "",
        "agency_slug": "",
        "due_on": DUE,
        "days_late": 5,
    }
    assert one(reports=[row]).because == "Due 10 September 2025, 5 days ago."
    two = one(reports=[row, row | {"title": "MARAC"}])
    assert two.because.endswith("One other report is late too.")
    undated = one(reports=[row | {"due_on": None, "days_late": None, "note": "Called late."}])
    assert undated.because == "Called late."
    assert asked(reports=[row | {"standing": "due"}, row | {"standing": "received"}]) == []


def test_a_silent_partner_is_asked_and_several_are_asked_together():
    row = {"agency": "Ambulance", "agency_slug": "ambulance", "supplies": "no", "note": "New system."}
    dated = {"last_due_on": DUE, "last_sent_on": date(2025, 3, 9)}
    question = one(partners=[row | dated])
    assert question.whom == "Ambulance"
    assert question.because == (
        "Those due on 10 September 2025 have not come; the last came on 9 March 2025. New system."
    )
    several = one(partners=[row, row | {"agency": "Police"}])
    assert several.whom == BOARD
    assert several.because.startswith("Nothing comes from Ambulance and Police.")
    assert asked(partners=[row | {"supplies": "some"}, row | {"supplies": "yes"}]) == []


def test_lessons_without_an_action_are_asked_about():
    idle = {"lesson": "Ask about fathers", "number": None}
    question = one(lessons=[idle, idle | {"number": 4}])
    assert question.because == "1 of 2 of the panel's lessons; one of them: Ask about fathers"
    assert asked(lessons=[idle | {"number": 4}]) == []


def test_a_late_repeat_and_a_slipped_audit_are_asked_about():
    repeat = {
        "key": "k",
        "title": "Plans",
        "standing": "late",
        "due_on": DUE,
        "days_late": 60,
        "grade": "good",
    }
    assert "60 days ago. It was graded good." in one(re_audits=[repeat]).because
    assert asked(re_audits=[repeat | {"standing": "due_soon"}]) == []
    slipped = {"key": "s", "title": "Neglect", "standing": "slipped", "outcome": "", "note": "No auditor."}
    assert one(audits=[slipped]).because == "It slipped. No auditor."


def test_a_challenge_after_which_nothing_changed_is_asked_again():
    row = {
        "raised_by": "Chair",
        "asked_of": "Police",
        "agency_slug": "police",
        "question": "Why?",
        "answer": "",
    }
    question = one(challenges=[row | {"raised_on": DUE, "changed": ""}])
    assert question.asks == "You were asked: Why? What has changed since?"
    assert question.because == "Asked by Chair on 10 September 2025. No answer is recorded."
    assert asked(challenges=[row | {"raised_on": DUE, "changed": "A rota"}]) == []


def test_an_action_that_nobody_holds_is_asked_about_only_where_it_is_the_exception():
    nobody = {"number": 399, "title": "Agree a budget", "agency": "", "agency_slug": "", "due_on": None}
    assert one(nobodys=[nobody]).because == "Action 399 names no owner. No date agreed."
    many = asked(nobodys=[nobody], figures=open_actions(27, 26, 28))
    assert [question.asks for question in many] == ["Who answers for each of the actions, and by when?"]


def test_at_most_six_are_asked_and_no_agency_more_than_twice():
    cards = [CARD | {"title": f"Measure {number}", "owner": f"Agency {number % 3}"} for number in range(12)]
    found = asked(cards=cards)
    assert len(found) == 6
    whom = [question.whom for question in found]
    assert max(whom.count(each) for each in whom) == 2


def test_every_rule_is_used():
    assert len(set(RULES)) == len(RULES) == 12
