"""The figures that a chair looks at before a meeting, each as it stood on one day."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ActionState
from lscb_core.domain.audits import Standing
from lscb_core.domain.periods import months_back
from lscb_core.domain.vocab import Grade
from lscb_core.queries import action_rows
from lscb_core.queries.asking import Ask
from lscb_core.queries.audits import audits
from lscb_core.queries.frames import records
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.queries.measures import latest_measures
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.reports import reports
from lscb_core.queries.view import View
from lscb_core.queries.year_figures import Figures, Held, death_figures, referral_figures

LONG_LATE_DAYS = 91
MONTHS_COUNTED = 12
GOOD = (Grade.GOOD.value, Grade.OUTSTANDING.value)
AS_PUBLISHED = (
    "children_on_plan",
    "looked_after_children",
    "referrals_rate",
    "re_referrals",
    "assessed_not_in_need",
    "plans_at_31_march_rate",
)


def key_figures(ask: Ask, view: View, since: date | None) -> Figures:
    """Every figure that the board holds on the view's day; what it has no rows for is left out.

    `since` is the day from which audits are counted (none given: a year back).
    """
    found = _audits(ask, view, since or months_back(view.as_at, MONTHS_COUNTED)) | _published(ask, view)
    found |= referral_figures(ask, view) | ask(death_figures, view)
    return found | standing_figures(ask, view)


def standing_figures(ask: Ask, view: View) -> Figures:
    """The figures that are told against the last meeting: how things stood on the view's day."""
    found: Figures = ask(action_figures, view) | _reports(ask, view)
    return found | _measures(ask, view) | _partners(ask, view)


def action_figures(session: Session, *, view: View) -> Figures:
    """Open actions: how many are late, very late, without a date, without an owner."""
    state, long_ago = ActionState, view.as_at - timedelta(days=LONG_LATE_DAYS)
    late, is_open = action_rows.is_late(view), action_rows.is_open()
    wanted = {
        "actions_late": late,
        "actions_late_over_3_months": sa.and_(late, col(state.due_on) < long_ago),
        "actions_no_date": sa.and_(is_open, col(state.due_on).is_(None)),
        "actions_no_owner": action_rows.is_nobodys(),
        "open": is_open,
    }
    counts = (action_rows.count_of(condition).label(key) for key, condition in wanted.items())
    counted = sa.select(*counts).select_from(state).where(*action_rows.standing(view))
    row = session.connection().execute(counted).mappings().one()
    return {key: Held(int(row[key]), int(row["open"])) for key in wanted if key != "open" and row["open"]}


def _audits(ask: Ask, view: View, since: date) -> Figures:
    """Audits graded after a day, and how far the programme has come.

    A row without a month may stand for several audits or for a whole programme, as reports tell of them:
    where there is one, nobody can say how many audits of how many were done.
    """
    listed = records(ask(audits, view))
    told = [row["grade"] for row in listed if row["grade"] and _is_after(since, row)]
    found = {"audits_good": Held(sum(grade in GOOD for grade in told), len(told), on=since, against="since")}
    found = found if told else {}
    if listed and all(row["month"] or row["planned_on"] for row in listed):
        done = sum(row["standing"] == Standing.DONE.value for row in listed)
        found["audits_done"] = Held(done, len(listed))
    return found


def _is_after(since: date, audit: dict[str, Any]) -> bool:
    """Whether the audit was told of after a day; without a day of report or a month, nobody knows."""
    told: date | None = audit["reported_on"] or audit["month"]
    return told is not None and told > since


def _reports(ask: Ask, view: View) -> Figures:
    """Reports late, of those due in the year up to the day and of those that came, or are late, undated.

    Where no report has a date and none is called late, nobody can say how many are late.
    """
    first = months_back(view.as_at, MONTHS_COUNTED)
    listed = [row for row in records(ask(reports, view)) if _is_due(row, first, view.as_at)]
    late = sum(row["standing"] == "late" for row in listed)
    is_known = late or any(row["due_on"] for row in listed)
    return {"reports_late": Held(late, len(listed))} if is_known else {}


def _is_due(report: dict[str, Any], first: date, last: date) -> bool:
    if report["due_on"] is None or report["standing"] == "late":
        return report["standing"] in ("late", "received")
    is_in_year: bool = first < report["due_on"] <= last
    return is_in_year and report["standing"] != "not stated"


def _measures(ask: Ask, view: View) -> Figures:
    """Measures of concern of those that can be read; the number of children on a plan."""
    cards = records(ask(measure_cards, view))
    read = [card["standing"] for card in cards if card["standing"] != "few" and card["better"] != "neither"]
    found = {"measures_of_concern": Held(read.count("worse"), len(read))} if read else {}
    for card in cards:
        if card["measure"] == "children_on_plan" and card["value"] is not None:
            found["children_on_plan"] = Held(value=card["value"], on=card["period"], note=card["note"])
    return found


def _partners(ask: Ask, view: View) -> Figures:
    """Partners whose last return came in full, of those that were asked."""
    asked = ask(partner_returns, view)
    sent = int((asked["supplies"] == "yes").sum())
    return {"partners_sending": Held(sent, len(asked))} if len(asked) else {}


def _published(ask: Ask, view: View) -> Figures:
    """The latest published figures: of a document as they stand, of a statistic beside England's."""
    latest = records(ask(latest_measures, view))
    chosen = [row for row in latest if row["measure"] in AS_PUBLISHED and row["value"] is not None]
    return {
        row["measure"]: Held(
            value=row["value"], on=row["period_end"], against="England", was=_england(row), note=row["note"]
        )
        for row in sorted(chosen, key=lambda row: row["period_end"])
        if row["span"] != "month" or row["label"]  # a board's own series is read by its card
    }


def _england(row: dict[str, Any]) -> Held | None:
    return None if row["england_value"] is None else Held(value=row["england_value"])
