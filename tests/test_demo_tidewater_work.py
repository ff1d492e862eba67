"""The invented board's measures, reports and other work, as the pages will find them."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from sqlmodel import select

from lscb_core.db.tables import Commentary, Coverage, Meeting, Observation, Report, Section11Score
from lscb_core.demo.words import sheet
from lscb_core.domain.spc import Kind, xmr
from tests.tidewater import agency_id, last_meeting


def test_two_measures_give_concern_unexplained_one_is_better_one_changed_the_rest_steady(demo, demo_day):
    neither = {"children_on_plan", "looked_after_children"}
    lower = {"police_notifications_below", "training_no_shows", "re_referrals_monthly", "wait_mental_health"}
    found = {}
    monthly = defaultdict(list)
    rows = select(Observation).where(Observation.span == "month").order_by(Observation.period_end)
    for row in demo.exec(rows):
        monthly[row.measure].append(row.value)
    for measure, values in monthly.items():
        better = "neither" if measure in neither else "lower" if measure in lower else "higher"
        found[measure] = set(xmr(values[-24:], better=better).kinds[-3:]) - {Kind.COMMON_CAUSE}
    signals = {measure: kinds for measure, kinds in found.items() if kinds}
    assert len(found) == 9
    assert signals == {
        "police_notifications_below": {Kind.CONCERN},
        "return_interviews_72h": {Kind.CONCERN},
        "training_no_shows": {Kind.IMPROVEMENT},
        "children_on_plan": {Kind.NEUTRAL_HIGH},
    }
    lately = {c.measure for c in demo.exec(select(Commentary)) if (demo_day - c.written_on).days < 365}
    assert set(signals) - lately == {"police_notifications_below", "return_interviews_72h"}


def test_a_share_is_what_its_two_counts_make_and_ends_with_the_last_month(demo, demo_day):
    rows = demo.exec(select(Observation).where(Observation.denominator.is_not(None))).all()
    for row in rows:
        factor = 1 if row.measure == "wait_mental_health" else 100
        assert row.value == pytest.approx(factor * row.numerator / row.denominator, abs=0.0501)
    months = [r.period_end for r in demo.exec(select(Observation).where(Observation.span == "month"))]
    assert max(months) < demo_day
    assert (demo_day - max(months)).days <= 31


def test_children_on_a_plan_are_as_many_in_the_yearly_figure_as_in_march(demo):
    rows = demo.exec(select(Observation)).all()
    monthly = {r.period_end: r.value for r in rows if r.measure == "children_on_plan"}
    yearly = {r.period_end: r.value for r in rows if r.measure == "plans_at_31_march"}
    assert len(yearly) == 5
    assert all(monthly[end] == value for end, value in yearly.items())


def test_fourteen_reports_a_year_two_late_today_and_three_at_the_last_meeting(demo, demo_day):
    reports = demo.exec(select(Report)).all()

    def late(day: date) -> set[str]:
        owed = [r for r in reports if r.due_on < day]
        return {r.kind for r in owed if r.received_on is None or r.received_on > day}

    assert late(demo_day) == {"cdop-annual", "private-fostering"}
    assert late(last_meeting(demo, demo_day)) == {"cdop-annual", "mappa", "iro"}
    past_year = [r for r in reports if 0 <= (demo_day - r.due_on).days < 365]
    assert len(past_year) == len({r.kind for r in past_year}) == 14


def test_challenge_lowers_some_self_checks_and_never_raises_one(demo):
    rounds = defaultdict(list)
    for score in demo.exec(select(Section11Score).where(Section11Score.standard != "")):
        assert score.challenged <= score.own
        rounds[score.returned_on].append(score)
    sizes = {day: len(scores) for day, scores in rounds.items()}
    lowered = {d: len({s.agency_id for s in ss if s.challenged < s.own}) for d, ss in rounds.items()}
    assert [sizes[day] for day in sorted(sizes)] == [80, 88]
    assert [lowered[day] for day in sorted(lowered)] == [5, 6]


def test_those_who_came_to_a_meeting_are_counted_from_who_was_there(demo, demo_day):
    there = Counter()
    for row in demo.exec(select(Observation).where(Observation.measure == "meetings_attended")):
        there[row.period_end] += row.numerator
    held = {m.held_on: m.attended for m in demo.exec(select(Meeting)) if m.held_on < demo_day}
    assert held == there


def test_one_agency_has_sent_nothing_for_months(demo, demo_day):
    rows = demo.exec(select(Coverage).order_by(Coverage.due_on)).all()
    silent = {r.agency_id for r in rows[-12:] if r.sent_on is None}
    assert silent == {agency_id(demo, "ambulance")}
    assert len([r for r in rows if r.agency_id in silent and r.sent_on is None]) == 7
    assert all(r.due_on <= demo_day for r in rows)


@pytest.mark.parametrize("name", ["promises", "open_actions", "closed_lately"])
def test_a_promise_is_short_enough_for_a_line(name):
    assert all(0 < len(row["title"]) <= 60 for row in sheet(name))
