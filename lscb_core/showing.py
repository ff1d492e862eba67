"""What `show` prints: for each word, the frames that the page of that name shows.

To add one: the questions whose frames it gives, by name, and its line in SHOWN.
"""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

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
Asked = Mapping[str, Callable[..., pd.DataFrame]]
"""Name of a frame -> the question that it answers."""

_MEASURES: Asked = {
    "measures": latest_measures,
    "explanations": comments,
    "partners' figures": partner_returns,
    "where they stand": measure_cards,
    "series": measure_series,
    "figures of the reports": document_figures,
}
# What a file on single children (census, Annex A) tells, and where it comes from.
_FROM_CHILDREN: Asked = {
    "sources": census.below_threshold_by_source,
    "whole board beside sources": census.whole_in_stretch,
    "single sources": census.single_sources,
    "steps by source": census.steps_by_source,
    "by published source": census.referrals_by_group,
    "months by source": census_parts.sources_of_months,
    "months by outcome": census_parts.outcomes_of_months,
    "re-referrals by month": census_shares.re_referrals_by_month,
    "re-referrals by year": census_shares.re_referrals_by_year,
    "conferences by month": census_shares.conferences_by_month,
    "conferences by year": census_shares.conferences_by_year,
    "time to conference": census_parts.days_to_conference,
    "plans started": census_parts.plans_started,
    "plans open by length": census_parts.plans_open_by_length,
    "plans open by category": census_parts.plans_open_by_category,
    "own file beside published": own_beside_published,
    "files": files_behind,
}
_THRESHOLDS: Asked = {
    "referrals": referrals_beside,
    "beside England and neighbours": comparison,
    "who refers, beside England": sources_of_referral,
    "agencies": thresholds.below_threshold_by_agency,
    "whole board": thresholds.whole_board,
    "months": thresholds.below_threshold_by_month,
    "conversion": referral_flow.conversion,
    "by source": referral_flow.referrals_by_source,
    "by level": referral_flow.referrals_by_level,
    "by outcome": referral_flow.referrals_by_outcome,
    "documents": documents,
    "said of their use": said_of_thresholds,
    **_FROM_CHILDREN,
}
_ACTIONS: Asked = {"actions": actions, "late by agency": late_by_agency, "by source": by_source}
_DEATHS: Asked = {
    "counts": death_counts,
    "timeliness": timeliness,
    "lessons": lessons,
    "annual report": panel_reports,
}
_AUDITS: Asked = {
    "audits": audits,
    "questions": questions,
    "findings": findings,
    "recommended": recommended,
    "re_audits": re_audits,
}
_AGENCIES: Asked = {"agencies": agencies}
_ONE_AGENCY: Asked = {
    **_AGENCIES,
    "judgement": one_agency.judgement,
    "actions": actions,
    "attendance": one_agency.attendance,
    "months": one_agency.threshold_months,
    "measures": measure_cards,
    "audit answers": one_agency.audit_answers,
    "section 11": board_work.section_11,
    "training": board_work.training,
    "challenges": board_work.challenges,
    "reports": reports,
    "returns": partner_returns,
    "other boards": one_agency.other_seats,
}
_BRIEFING: Asked = {
    "figures": briefing.figures,
    "changes": briefing.changes,
    "late by agency": late_by_agency,
    "late actions": overdue_actions,
    "reports": reports,
    "inspections": board_work.inspections,
}


def _answers(asked: Asked, session: Session, view: View) -> Frames:
    return {name: question(session, view=view) for name, question in asked.items()}


def _agency(session: Session, view: View) -> Frames:
    return _answers(_AGENCIES if view.agency_id is None else _ONE_AGENCY, session, view)


def _history(session: Session, view: View) -> Frames:
    return {"events": to_take(events(session, view=view, who=person(session, OPERATOR), most=MOST_TAKEN))}


SHOWN: dict[str, Callable[[Session, View], Frames]] = {
    "actions": partial(_answers, _ACTIONS),
    "agency": _agency,
    "audits": partial(_answers, _AUDITS),
    "briefing": partial(_answers, _BRIEFING),
    "deaths": partial(_answers, _DEATHS),
    "history": _history,
    "measures": partial(_answers, _MEASURES),
    "reports": partial(_answers, {"reports": reports}),
    "thresholds": partial(_answers, _THRESHOLDS),
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
