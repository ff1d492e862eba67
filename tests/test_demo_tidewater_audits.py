"""The invented board's audits: their programme, their answers, and the actions that follow."""

from collections import Counter, defaultdict

from sqlmodel import Session, select

from lscb_core.db.tables import Action, Audit, AuditQuestion, AuditResult
from lscb_core.domain.intervals import TOO_FEW, has_changed
from lscb_core.domain.periods import month_start
from lscb_core.domain.vocab import Grade
from tests.tidewater import last_meeting


def answers(session: Session, audit: Audit) -> dict[str, list[AuditResult]]:
    """Key of a question -> its results: of all together, of agencies, of cases."""
    found = defaultdict(list)
    asked = select(AuditQuestion.key, AuditResult).join(AuditResult)
    for key, result in session.exec(asked.where(AuditQuestion.audit_id == audit.id)):
        found[key].append(result)
    return found


def together(session: Session, audit: Audit) -> dict[str, tuple[int, int]]:
    """Key of a question -> cases that met it, of those it applied to, for all agencies together."""
    found = answers(session, audit).items()
    return {key: (r.met, r.applicable) for key, results in found for r in results if r.agency_id is None}


def test_sixty_audits_are_done_planned_or_slipped_as_their_months_say(demo, demo_day):
    audits = demo.exec(select(Audit)).all()
    assert Counter(a.status for a in audits) == {"done": 52, "planned": 7, "slipped": 1}
    for audit in audits:
        assert (audit.month < month_start(demo_day)) == (audit.status != "planned")
        assert (audit.status == "done") == (audit.reported_on is not None)
        assert audit.reported_on is None or audit.month < audit.reported_on <= demo_day
    assert {a.grade for a in audits} == {None, *Grade} - {Grade.ADEQUATE}


def test_two_audits_were_graded_since_the_last_meeting_and_one_of_them_is_good(demo, demo_day):
    last = last_meeting(demo, demo_day)
    new = [a for a in demo.exec(select(Audit)) if a.grade and a.reported_on > last]
    assert {a.theme: a.grade for a in new} == {
        "Exploitation": Grade.REQUIRES_IMPROVEMENT,
        "Thresholds": Grade.GOOD,
    }


def test_two_repeats_are_overdue_today(demo, demo_day):
    audits = demo.exec(select(Audit)).all()
    repeated = {a.reaudit_of_id for a in audits if a.status == "done"}
    late = [a for a in audits if a.reaudit_due_on and a.reaudit_due_on < demo_day and a.id not in repeated]
    assert {a.theme for a in late} == {"Disabled children", "Domestic abuse"}


def test_a_repeat_asks_the_same_questions_and_one_answer_has_clearly_changed(demo):
    of_it = select(Audit).where(Audit.theme == "Exploitation", Audit.status == "done")
    new = max(demo.exec(of_it), key=lambda audit: audit.month)
    before = together(demo, demo.get(Audit, new.reaudit_of_id))
    after = together(demo, new)
    assert set(before) == set(after)
    clear = [
        key
        for key, was in before.items()
        if was[1] >= TOO_FEW and after[key][1] >= TOO_FEW and has_changed(*was, *after[key])
    ]
    assert clear == ["own-words"]


def test_where_every_agency_read_the_same_cases_all_have_met_what_each_has(demo):
    shared = [a for a in demo.exec(select(Audit)) if a.is_case_by_agency]
    assert len(shared) >= 3
    for audit in shared:
        for results in answers(demo, audit).values():
            cells = [r for r in results if r.case_number]
            [whole] = [r for r in results if r.agency_id is None]
            concerned = {c.case_number for c in cells if c.applicable}
            missed = {c.case_number for c in cells if c.applicable and not c.met}
            assert (whole.met, whole.applicable) == (len(concerned - missed), len(concerned))
            assert {c.case_number for c in cells} == set(range(1, audit.cases + 1))
            assert len({c.agency_id for c in cells}) == 5
            for own in (r for r in results if r.agency_id and not r.case_number):
                mine = [c for c in cells if c.agency_id == own.agency_id]
                assert own.met == sum(c.met for c in mine)


def test_a_sample_of_referrals_adds_up_over_the_agencies_that_sent_them(demo):
    for audit in demo.exec(select(Audit).where(Audit.theme == "Thresholds", Audit.status == "done")):
        for results in answers(demo, audit).values():
            [whole] = [r for r in results if r.agency_id is None]
            parts = [r for r in results if r.agency_id]
            assert whole.met == sum(r.met for r in parts)
            assert whole.applicable == sum(r.applicable for r in parts) <= audit.cases


def test_an_action_comes_from_an_audit_that_had_been_reported(demo):
    audits = {audit.id: audit for audit in demo.exec(select(Audit))}
    linked = [action for action in demo.exec(select(Action)) if action.audit_id]
    assert len(linked) > 150
    assert all(audits[action.audit_id].reported_on <= action.raised_on for action in linked)
