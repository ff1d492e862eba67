"""Builders of the board's figures and other work: measures month by month, returns, reports, challenges."""

from datetime import date

from sqlmodel import select

from lscb_core.db.tables import (
    Challenge,
    Commentary,
    Coverage,
    Inspection,
    MeasurePriority,
    MeasureSubGroup,
    Meeting,
    Observation,
    Report,
    Section11Score,
    Target,
    Training,
)
from lscb_core.domain.periods import month_end, month_start, months_back
from tests import make

LAST = date(2025, 3, 31)


def observed(session, on, measure, value, end=LAST, **fields) -> Observation:
    """A value of one month, known on its last day."""
    agency = fields.pop("agency", None)
    plain = {
        "span": "month",
        "period_start": month_start(end),
        "known_on": end,
        "symbol": "c" if value is None else "",
        "agency_id": agency.id if agency else None,
        "origin_id": make.origin(session).id,
    }
    row = {"area_id": on.area_id, "measure": measure, "value": value, "period_end": end}
    return make.added(session, Observation(**(row | plain | fields)))


def months(count, last=LAST):
    """The last days of so many months, the last one last."""
    return [month_end(months_back(month_start(last), back)) for back in reversed(range(count))]


def series(session, on, measure, values, last=LAST, **fields) -> None:
    """Values of consecutive months, the last one last."""
    for end, value in zip(months(len(values), last), values, strict=True):
        observed(session, on, measure, value, end, **fields)


def comment(session, on, measure, written_on, text="Because.", **fields) -> Commentary:
    agency = fields.pop("agency", None)
    row = {"board_id": on.id, "measure": measure, "text": text, "written_on": written_on}
    plain = {"signed_by": "Head of service", "agency_id": agency.id if agency else None}
    return make.added(session, Commentary(**(row | plain | fields)))


def target(session, on, measure, value, since=date(2020, 4, 1)) -> Target:
    return make.added(session, Target(board_id=on.id, measure=measure, value=value, valid_from=since))


def serves(session, on, measure, *, priority=None, sub_group=None) -> None:
    """Tag a measure."""
    if priority:
        tag = MeasurePriority(board_id=on.id, measure=measure, priority_id=priority.id)
        make.added(session, tag)
    if sub_group:
        make.added(session, MeasureSubGroup(board_id=on.id, measure=measure, sub_group_id=sub_group.id))


def returned(session, on, agency, due_on, sent_on=None, **fields) -> Coverage:
    """A return that was due; not sent if no day is given."""
    row = {"board_id": on.id, "agency_id": agency.id, "due_on": due_on, "sent_on": sent_on}
    plain = {"supplies": "yes" if sent_on or not due_on else "no"}
    return make.added(session, Coverage(**(row | plain | fields)))


def report(session, on, key="mappa", **fields) -> Report:
    """A report due a week before the usual day and not received."""
    agency = fields.pop("agency", None)
    plain = {"title": key.upper(), "kind": "other", "due_on": date(2025, 4, 23), "source": "Test 1"}
    plain |= {"origin_id": make.origin(session).id, "agency_id": agency.id if agency else None}
    return make.added(session, Report(board_id=on.id, key=key, **(plain | fields)))


def challenge(session, on, question="Why?", raised_on=date(2025, 4, 1), **fields) -> Challenge:
    agency = fields.pop("agency", None)
    plain = {"raised_by": "Chair", "asked_of": "Police", "agency_id": agency.id if agency else None}
    row = {"board_id": on.id, "question": question, "raised_on": raised_on}
    return make.added(session, Challenge(**(row | plain | fields)))


def inspection(session, on, subject="The board", inspected_on=date(2024, 6, 18), **fields) -> Inspection:
    row = {"board_id": on.id, "subject": subject, "inspected_on": inspected_on, "inspector": "Ofsted"}
    return make.added(session, Inspection(**(row | fields)))


def section_11(session, on, agency, standard, **fields) -> Section11Score:
    """A standard's `own` and `challenged` scores, returned in October 2024."""
    row = {"board_id": on.id, "agency_id": agency.id, "standard": standard, "status": "returned"}
    return make.added(session, Section11Score(**(row | {"returned_on": date(2024, 10, 31)} | fields)))


def course(session, on, agency, title, **fields) -> Training:
    """A course that ended in February 2025, with places `booked` and people who `attended`."""
    row = {"board_id": on.id, "agency_id": agency.id, "title": title, "period": "February 2025"}
    return make.added(session, Training(**(row | {"period_end": date(2025, 2, 28)} | fields)))


def presence(session, on, agency, held_on, was_there) -> None:
    """Whether the agency was at a board meeting, which is added where it is not there."""
    known = select(Meeting).where(Meeting.board_id == on.id, Meeting.held_on == held_on)
    if session.exec(known).first() is None:
        make.meeting(session, on, held_on)
    told = {"numerator": int(was_there), "denominator": 1, "span": "day", "period_start": held_on}
    observed(session, on, "meetings_attended", 100.0 * was_there, held_on, agency=agency, **told)
