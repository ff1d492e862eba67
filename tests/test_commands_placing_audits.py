"""Audit results of returns: put together from all who read the cases, taken apart again when undone."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.db.tables import Action, Audit, AuditQuestion, AuditResult, Event
from lscb_core.domain.vocab import AuditKind, Role
from lscb_core.errors import BadInput, NotPermitted
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.audit_cases import case_answers
from lscb_core.queries.audits import audits
from tests import make, make_audits
from tests.make_returns import DAY_AFTER, NEXT_DAY, agency_of, audit_scope, send, undo

KEY, SEEN, PLANNED = "neglect-2025", "Was the child seen?", "Was the plan written in time?"
MARCH = date(2025, 3, 1)
ABOUT = {
    "title": "Neglect",
    "theme": "Neglect",
    "kind": "multi_agency",
    "month": "2025-03-31",
    "method": "Files",
}


@pytest.fixture
def board(session):
    return make.seated_board(session, "police", "health", "schools")


def answer(met, of, *, agency="police", case=None, position=1, question=SEEN, **about):
    row = {"question": question, "position": position, "agency": agency, "case": case}
    return ABOUT | row | {"met": met, "applicable": of} | about


def cases(agency, *met, position=1, question=SEEN):
    """One answer a case: 1 met, 0 not met, None does not apply."""
    return [
        answer(one or 0, int(one is not None), agency=agency, case=at, position=position, question=question)
        for at, one in enumerate(met, 1)
    ]


def shown(session, on, day=DAY_AFTER, key=KEY):
    """(position, agency) -> met and applicable, as the page of that day has them."""
    found = questions(session, view=make.view(on, as_at=day), audit=key)
    return {(row.position, row.agency_slug): (row.met, row.applicable) for row in found.itertuples()}


def listed(session, on, day=DAY_AFTER):
    return {row.key: row for row in audits(session, view=make.view(on, as_at=day)).itertuples()}


def test_a_new_audit_is_added_as_done_with_its_questions_and_answers(session, board):
    sent = audit_scope(KEY, "all", answer(7, 9), answer(4, 9, agency="health"), answer(10, 18, agency=None))
    taken = send(session, board, sent)
    row = listed(session, board)[KEY]
    assert (row.title, row.standing, row.month, row.method) == ("Neglect", "done", MARCH, "Files")
    assert shown(session, board) == {(1, ""): (10, 18), (1, "health"): (4, 9), (1, "police"): (7, 9)}
    assert session.exec(select(Audit)).one().kind is AuditKind.MULTI_AGENCY
    assert taken.changes[0].what == f"Audit {KEY}"
    assert (taken.changes[0].before, taken.changes[0].now) == ("", "done, March 2025")
    assert ("question 1, Police", "7 of 9") in [(c.what.split(", ", 1)[-1], c.now) for c in taken.changes]


def test_single_cases_are_held_and_added_up_for_each_agency_and_all(session, board):
    send(
        session,
        board,
        audit_scope(KEY, "all", *cases("police", 1, 0, 1, None), *cases("health", 1, 1, None, None)),
    )
    # All together met a case where each agency that it concerned did: the first and the third.
    assert shown(session, board) == {(1, ""): (2, 3), (1, "health"): (2, 2), (1, "police"): (2, 3)}
    found = case_answers(session, view=make.view(board, as_at=DAY_AFTER), audit=KEY)
    police = found[found["agency_slug"] == "police"]["answer"].tolist()
    assert police == ["met", "not_met", "met", "not_applicable"]
    row = listed(session, board)[KEY]
    assert (row.cases, bool(row.is_case_by_agency)) == (4, True)


def test_each_agencys_return_joins_the_others_and_replaces_its_own_alone(session, board):
    send(session, board, audit_scope(KEY, "police", *cases("police", 1, 1)))
    assert shown(session, board) == {(1, ""): (2, 2), (1, "police"): (2, 2)}
    assert not listed(session, board)[KEY].is_case_by_agency
    health = send(session, board, audit_scope(KEY, "health", *cases("health", 1, 0)), day=NEXT_DAY)
    send(session, board, audit_scope(KEY, "police", *cases("police", 0, 1)), day=NEXT_DAY)
    assert shown(session, board) == {(1, ""): (0, 2), (1, "health"): (1, 2), (1, "police"): (1, 2)}
    undo(session, health)
    assert shown(session, board) == {(1, ""): (1, 2), (1, "police"): (1, 2)}
    assert not listed(session, board)[KEY].is_case_by_agency


def test_an_agencys_own_return_comes_before_an_older_one_of_the_whole_board(session, board):
    two = [answer(7, 9), answer(1, 9, position=2, question=PLANNED), answer(5, 9, agency="health")]
    whole = send(session, board, audit_scope(KEY, "all", *two))
    own = send(session, board, audit_scope(KEY, "police", answer(8, 9)), day=NEXT_DAY)
    assert shown(session, board) == {(1, "health"): (5, 9), (1, "police"): (8, 9)}
    undo(session, own)
    assert shown(session, board)[1, "police"] == (7, 9)
    again = send(session, board, audit_scope(KEY, "police", answer(9, 9)), day=DAY_AFTER)
    undo(session, whole)
    assert shown(session, board) == {(1, "police"): (9, 9)}
    undo(session, again)
    assert listed(session, board) == {}
    for table in (Audit, AuditQuestion, AuditResult):
        assert session.exec(select(table)).all() == []


def test_undoing_in_the_middle_leaves_the_later_file(session, board):
    first = send(session, board, audit_scope(KEY, "police", answer(7, 9)))
    second = send(session, board, audit_scope(KEY, "police", answer(8, 9)), day=NEXT_DAY)
    undo(session, first)
    assert shown(session, board) == {(1, "police"): (8, 9)}
    undo(session, second)
    assert listed(session, board) == {}


def test_a_planned_audit_is_done_by_its_results_and_planned_again_without_them(session, board):
    planned = make_audits.planned(session, board, KEY, month=date(2025, 4, 1), title="Neglect, as planned")
    session.commit()
    taken = send(session, board, audit_scope(KEY, "police", *cases("police", 1, 1, 0)))
    row = listed(session, board)[KEY]
    assert (row.title, row.standing, row.month, row.cases) == ("Neglect, as planned", "done", MARCH, 3)
    undo(session, taken)
    session.refresh(planned)
    kept = (planned.status, planned.month, planned.cases, planned.is_case_by_agency)
    assert kept == ("planned", date(2025, 4, 1), None, False)
    planned.month = date(2025, 6, 1)  # put off by hand; another return then comes and goes
    session.commit()
    undo(session, send(session, board, audit_scope(KEY, "police", answer(1, 2)), day=DAY_AFTER))
    session.refresh(planned)
    assert (planned.status, planned.month) == ("planned", date(2025, 6, 1))
    assert shown(session, board) == {}


def test_answers_of_another_origin_give_way_and_come_back(session, board):
    audit = make_audits.audit(session, board, KEY)
    police = agency_of(session, "police")
    make_audits.question(session, audit, SEEN, (6, 9, police), (11, 18), position=1)
    session.commit()
    first = send(session, board, audit_scope(KEY, "police", *cases("police", 1, 0)))
    # What a document says of all agencies together is not replaced by what one of them adds up to.
    assert shown(session, board) == {(1, ""): (11, 18), (1, "police"): (1, 2)}
    second = send(session, board, audit_scope(KEY, "health", answer(3, 4, agency="health")), day=NEXT_DAY)
    undo(session, first)
    assert shown(session, board) == {(1, ""): (11, 18), (1, "health"): (3, 4), (1, "police"): (6, 9)}
    undo(session, second)
    assert shown(session, board) == {(1, ""): (11, 18), (1, "police"): (6, 9)}
    asides = select(Event.note).where(Event.record_kind == "auditresult")
    assert set(session.exec(asides)) == {f"Audit {KEY}, question 1, police"}
    assert listed(session, board)[KEY].grade == "good"


def test_a_question_that_the_register_words_otherwise_is_refused(session, board):
    make_audits.question(session, make_audits.audit(session, board, KEY), PLANNED, (1, 2), position=1)
    session.commit()
    with pytest.raises(BadInput, match="two wordings") as refused:
        send(session, board, audit_scope(KEY, "police", answer(7, 9)))
    assert PLANNED in refused.value.why


def test_two_agencies_may_not_mean_two_questions_by_one_number(session, board):
    send(session, board, audit_scope(KEY, "police", answer(7, 9)))
    send(
        session,
        board,
        audit_scope(KEY, "schools", answer(7, 9, agency="schools", question=" was the CHILD seen")),
    )
    with pytest.raises(BadInput, match="question 1 has two wordings"):
        send(session, board, audit_scope(KEY, "health", answer(7, 9, agency="health", question=PLANNED)))


def test_an_audit_of_another_month_is_not_this_one(session, board):
    make_audits.audit(session, board, KEY, month=date(2024, 11, 1))
    session.commit()
    with pytest.raises(BadInput, match="November 2024"):
        send(session, board, audit_scope(KEY, "police", answer(7, 9)))


def test_an_audit_that_actions_came_from_does_not_vanish(session, board):
    taken = send(session, board, audit_scope(KEY, "police", answer(7, 9)))
    action = make.action(session, board)
    action.audit_id = session.exec(select(Audit)).one().id
    session.commit()
    with pytest.raises(BadInput, match="has actions"):
        undo(session, taken)
    session.rollback()
    assert shown(session, board) == {(1, "police"): (7, 9)}
    session.exec(select(Action)).one().audit_id = None
    session.commit()
    undo(session, taken)
    assert listed(session, board) == {}


def test_an_agencys_return_speaks_for_that_agency_alone(session, board):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=agency_of(session, "police"))
    send(session, board, audit_scope(KEY, "police", answer(7, 9, agency=None)), actor=lead)
    assert shown(session, board) == {(1, "police"): (7, 9)}
    with pytest.raises(BadInput, match="another agency's answers"):
        send(session, board, audit_scope(KEY, "police", answer(7, 9, agency="health")), actor=lead)
    session.rollback()
    for whose in ("health", "all"):
        with pytest.raises(NotPermitted):
            send(session, board, audit_scope(KEY, whose, answer(7, 9, agency=None)), actor=lead)
        session.rollback()


def test_an_agency_does_not_reword_an_audit_that_the_board_has_sent(session, board):
    lead = make.account(session, Role.AGENCY_LEAD, board, leads=agency_of(session, "police"))
    send(session, board, audit_scope(KEY, "all", answer(7, 9, agency="health")))
    other = {"title": "Another name", "theme": "Other", "month": "2024-11-30"}
    send(session, board, audit_scope(KEY, "police", answer(7, 9, agency=None, **other)), actor=lead)
    [held] = session.exec(select(Audit)).all()
    assert (held.title, held.theme, held.month.isoformat()) == ("Neglect", "Neglect", "2025-03-01")
    assert shown(session, board)[1, "police"] == (7, 9)


@pytest.mark.parametrize(
    ("fields", "words"), [({"met": 3, "of": 2}, "3 cases of 2"), ({"agency": "housing"}, "housing")]
)
def test_answers_that_cannot_be_are_refused(session, board, fields, words):
    with pytest.raises(BadInput, match=words):
        send(session, board, audit_scope(KEY, "all", answer(**({"met": 1, "of": 2} | fields))))


def test_a_question_left_blank_is_no_answer(session, board):
    send(
        session,
        board,
        audit_scope(KEY, "police", answer(7, 9), answer(None, None, position=2, question=PLANNED)),
    )
    assert shown(session, board) == {(1, "police"): (7, 9)}
