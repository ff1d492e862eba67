"""Builders of audits for tests: an audit, its questions with their answers, what it found and advised."""

from datetime import date
from itertools import count

from lscb_core.db.tables import Audit, AuditQuestion, AuditResult, Finding, Recommendation
from lscb_core.domain.vocab import ActionSource, AuditKind, Grade
from tests import make

_numbers = count(1)


def audit(session, on, key="", **fields) -> Audit:
    """An audit of March 2025, reported on 10 April and graded good, if nothing else is said."""
    key = key or f"audit-{next(_numbers)}"
    plain = {
        "title": key.title(),
        "theme": key.title(),
        "kind": AuditKind.MULTI_AGENCY,
        "month": date(2025, 3, 1),
        "reported_on": date(2025, 4, 10),
        "grade": Grade.GOOD,
        "cases": 18,
        "origin_id": make.origin(session).id,
        "source": "Test 1",
    }
    return make.added(session, Audit(board_id=on.id, key=key, **(plain | fields)))


def planned(session, on, key="", **fields) -> Audit:
    """An audit that has not been done, planned for June 2025 if nothing else is said."""
    month = fields.pop("month", date(2025, 6, 1))
    plain = {"status": "planned", "reported_on": None, "grade": None, "cases": None, "planned_on": month}
    return audit(session, on, key, month=month, **(plain | fields))


def question(session, of, text="Was the child seen?", *answers, **fields) -> AuditQuestion:
    """A question of an audit; each answer is (met, applicable), and behind them agency and case if any."""
    place = fields.pop("position", None) or next(_numbers)
    asked = make.added(session, AuditQuestion(audit_id=of.id, position=place, text=text, **fields))
    for met, applicable, *whose in answers:
        agency, case = (*whose, None, None)[:2]
        row = AuditResult(question_id=asked.id, met=met, applicable=applicable, case_number=case)
        row.agency_id = agency.id if agency else None
        make.added(session, row)
    return asked


def finding(session, of, text="Plans were late.", **fields) -> Finding:
    told = {"board_id": of.board_id, "audit_id": of.id, "source_kind": ActionSource.AUDIT, "text": text}
    return make.added(session, Finding(**(told | fields)))


def advice(session, of, text="Write plans in time.", **fields) -> Recommendation:
    told = {"board_id": of.board_id, "audit_id": of.id, "source_kind": ActionSource.AUDIT, "text": text}
    return make.added(session, Recommendation(key=f"advice-{next(_numbers)}", **(told | fields)))
