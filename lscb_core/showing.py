"""What `show` prints: for each word, the frames that the page of that name shows.

To add one: a function that gives named frames, and its line in SHOWN.
"""

from collections.abc import Callable, Mapping

import pandas as pd
from sqlmodel import Session

from lscb_core.queries import referral_flow, thresholds
from lscb_core.queries.audit_answers import questions
from lscb_core.queries.audit_findings import findings, recommended
from lscb_core.queries.audits import audits
from lscb_core.queries.comparisons import comparison
from lscb_core.queries.deaths import death_counts, timeliness
from lscb_core.queries.measures import comments, coverage, latest_measures
from lscb_core.queries.panel import lessons, panel_reports
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
        "partners' figures": coverage(session, view=view),
    }


def _reports(session: Session, view: View) -> Frames:
    return {"reports": reports(session, view=view)}


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


SHOWN: dict[str, Callable[[Session, View], Frames]] = {
    "audits": _audits,
    "deaths": _deaths,
    "measures": _measures,
    "reports": _reports,
    "thresholds": _thresholds,
}
