"""Tidewater: an invented board with five years of everything, to try the dashboard with.

Nothing in it is real. The same day gives the same rows on every machine; all dates hang on that day.
"""

from datetime import date

from sqlmodel import Session

from lscb_core.demo.actions import add_actions
from lscb_core.demo.advice import add_judgements
from lscb_core.demo.audits import add_audits
from lscb_core.demo.board import SLUG, set_the_stage
from lscb_core.demo.clock import Clock
from lscb_core.demo.deaths import add_deaths, add_lessons
from lscb_core.demo.measures import add_measures
from lscb_core.demo.reports import add_reports, add_section11
from lscb_core.demo.thresholds import add_thresholds
from lscb_core.demo.work import add_work
from lscb_core.demo.yearly import add_yearly

__all__ = ["SLUG", "load"]


def load(session: Session, *, today: date) -> None:
    """Add the board with everything it holds. Adds and flushes; whoever calls commits."""
    stage = set_the_stage(session, Clock(today))
    audits = add_audits(stage)
    actions = add_actions(stage, audits, add_judgements(stage))
    add_lessons(stage, actions)
    add_deaths(stage)
    add_thresholds(stage)
    add_measures(stage)
    add_yearly(stage)
    add_reports(stage)
    add_section11(stage)
    add_work(stage)
    session.flush()
