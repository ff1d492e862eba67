"""What `show` prints: for each word, the frames that the page of that name shows.

To add one: a function that gives named frames, and its line in SHOWN.
"""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum

import pandas as pd
from sqlmodel import Session

from lscb_core.db.access import OPERATOR, person
from lscb_core.findings.history import to_take
from lscb_core.queries import (
    board_work,
    briefing,
    census,
    census_parts,
    census_shares,
    one_agency,
    referral_flow,
    thresholds,
)
from lscb_core.queries.actions import actions, by_source, late_by_agency, overdue_actions
from lscb_core.queries.agencies import agencies
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.audit_findings import findings, recommended
from lscb_core.queries.audits import audits
from lscb_core.queries.census_published import own_beside_published
from lscb_core.queries.comparisons import comparison
from lscb_core.queries.deaths import death_counts, timeliness
from lscb_core.queries.document_figures import document_figures
from lscb_core.queries.file_origins import files_behind
from lscb_core.queries.history import MOST_TAKEN, events
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.queries.measure_series import measure_series
from lscb_core.queries.measures import comments, latest_measures
from lscb_core.queries.panel import lessons, panel_reports
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.plain import as_csv, as_records, as_table
from lscb_core.queries.re_audits import re_audits
from lscb_core.queries.referral_sources import referrals_beside, sources_of_referral
from lscb_core.queries.reports import reports
from lscb_core.queries.threshold_documents import documents, said_of_thresholds
from lscb_core.queries.view import View

Frames = Mapping[str, pd.DataFrame]


def _measures(session: Session, view: View) -> Frames:
    return {
        "measures": latest_measures(session, view=view),
        "explanations": comments(session, view=view),
        "partners' figures": partner_returns(session, view=view),
        "where they stand": measure_cards(session, view=view),
        "series": measure_series(session, view=view),
        "figures of the reports": document_figures(session, view=view),
    }


def _thresholds(session: Session, view: View) -> Frames:
    return {
        "referrals": referrals_beside(session, view=view),
        "beside England and neighbours": comparison(session, view=view),
        "who refers, beside England": sources_of_referral(session, view=view),
        "agencies": thresholds.below_threshold_by_agency(session, view=view),
        "whole board": thresholds.whole_board(session, view=view),
        "months": thresholds.below_threshold_by_month(session, view=view),
        "conversion": referral_flow.conversion(session, view=view),
        "by source": referral_flow.referrals_by_source(session, view=view),
        "by level": referral_flow.referrals_by_level(session, view=view),
        "by outcome": referral_flow.referrals_by_outcome(session, view=view),
        "documents": documents(session, view=view),
        "said of their use": said_of_thresholds(session, view=view),
        **_from_children(session, view),
    }


def _from_children(session: Session, view: View) -> Frames:
    """What a file on single children (census, Annex A) tells, and where it comes from."""
    return {
        "sources": census.below_threshold_by_source(session, view=view),
        "whole board beside sources": census.whole_in_stretch(session, view=view),
        "single sources": census.single_sources(session, view=view),
        "steps by source": census.steps_by_source(session, view=view),
        "by published source": census.referrals_by_group(session, view=view),
        "months by source": census_parts.sources_of_months(session, view=view),
        "months by outcome": census_parts.outcomes_of_months(session, view=view),
        "re-referrals by month": census_shares.re_referrals_by_month(session, view=view),
        "re-referrals by year": census_shares.re_referrals_by_year(session, view=view),
        "conferences by month": census_shares.conferences_by_month(session, view=view),
        "conferences by year": census_shares.conferences_by_year(session, view=view),
        "time to conference": census_parts.days_to_conference(session, view=view),
        "plans started": census_parts.plans_started(session, view=view),
        "plans open by length": census_parts.plans_open_by_length(session, view=view),
        "plans open by category": census_parts.plans_open_by_category(session, view=view),
        "own file beside published": own_beside_published(session, view=view),
        "files": files_behind(session, view=view),
    }


def _actions(session: Session, view: View) -> Frames:
    return {
        "actions": actions(session, view=view),
        "late by agency": late_by_agency(session, view=view),
        "by source": by_source(session, view=view),
    }


def _deaths(session: Session, view: View) -> Frames:
    return {
        "counts": death_counts(session, view=view),
        "timeliness": timeliness(session, view=view),
        "lessons": lessons(session, view=view),
        "annual report": panel_reports(session, view=view),
    }


def _audits(session: Session, view: View) -> Frames:
    return {
        "audits": audits(session, view=view),
        "questions": questions(session, view=view),
        "findings": findings(session, view=view),
        "recommended": recommended(session, view=view),
        "re_audits": re_audits(session, view=view),
    }


def _agency(session: Session, view: View) -> Frames:
    listed = {"agencies": agencies(session, view=view)}
    if view.agency_id is None:
        return listed
    return listed | {
        "judgement": one_agency.judgement(session, view=view),
        "actions": actions(session, view=view),
        "attendance": one_agency.attendance(session, view=view),
        "months": one_agency.threshold_months(session, view=view),
        "measures": measure_cards(session, view=view),
        "audit answers": one_agency.audit_answers(session, view=view),
        "section 11": board_work.section_11(session, view=view),
        "training": board_work.training(session, view=view),
        "challenges": board_work.challenges(session, view=view),
        "reports": reports(session, view=view),
        "returns": partner_returns(session, view=view),
        "other boards": one_agency.other_seats(session, view=view),
    }


def _briefing(session: Session, view: View) -> Frames:
    return {
        "figures": briefing.figures(session, view=view),
        "changes": briefing.changes(session, view=view),
        "late by agency": late_by_agency(session, view=view),
        "late actions": overdue_actions(session, view=view),
        "reports": reports(session, view=view),
        "inspections": board_work.inspections(session, view=view),
    }


def _history(session: Session, view: View) -> Frames:
    return {"events": to_take(events(session, view=view, who=person(session, OPERATOR), most=MOST_TAKEN))}


SHOWN: dict[str, Callable[[Session, View], Frames]] = {
    "actions": _actions,
    "agency": _agency,
    "audits": _audits,
    "briefing": _briefing,
    "deaths": _deaths,
    "history": _history,
    "measures": _measures,
    "reports": lambda session, view: {"reports": reports(session, view=view)},
    "thresholds": _thresholds,
}


class Format(StrEnum):
    """How frames are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def printed(frames: Mapping[str, pd.DataFrame], as_: Format) -> str:
    """Named frames as text; a CSV of one frame has no title, so that it can be read as it is."""
    if as_ is Format.JSON:
        records = {name: as_records(frame) for name, frame in frames.items()}
        return json.dumps(records, ensure_ascii=False, indent=2)
    if as_ is Format.CSV:
        texts = {name: as_csv(frame).rstrip("\n") for name, frame in frames.items()}
    else:
        texts = {name: as_table(frame) for name, frame in frames.items()}
    if as_ is Format.CSV and len(texts) == 1:
        return next(iter(texts.values()))
    return "\n\n".join(f"{name}\n{text}" for name, text in texts.items())
