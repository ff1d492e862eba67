"""A whole in its parts, from a file on single children: plans, the time to a conference; who refers, and with
what outcome, where there are months and no whole year yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.codes import ABUSE
from lscb_core.domain.intervals import too_few
from lscb_core.domain.periods import months_back
from lscb_core.domain.thresholds import Step
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.census import NAMES
from lscb_core.queries.referral_flow import outcome_names
from lscb_core.queries.referral_rows import NOTHING, Count
from lscb_core.queries.referral_shares import tidied
from lscb_core.queries.stretches import how_counted, totals, within
from lscb_core.queries.view import View

LENGTHS = {
    "3m": "3 months or less",
    "6m": "3 to 6 months",
    "12m": "6 to 12 months",
    "24m": "1 to 2 years",
    "24m+": "2 years or more",
}
DAYS = {
    "0-10": "10 days or less",
    "11-15": "11 to 15 days",
    "16-20": "16 to 20 days",
    "21+": "21 days or more",
    "unknown": "Not known",
}
PARTS = {
    "part": "category, length or working days",
    "n": "number (empty: hidden)",
    "share": "share of all, a fraction of 1 (empty: hidden, or of under 10)",
    "was": "the same share a year earlier, a fraction of 1",
    "n_before": "number a year earlier (empty: hidden or not held)",
    "symbol": "why a number is missing (key: codes.SYMBOLS)",
    "of": "all of them (empty: hidden)",
    "code": "the part's code",
    "period_end": "last day of the year",
}
OPEN = "plan_open"


def plans_started(session: Session, *, view: View) -> pd.DataFrame:
    """Plans started in the last complete year, by first category of abuse. Columns: PARTS."""
    return _parts(session, view, Step.PLAN.value, "category", ABUSE)


def plans_open_by_category(session: Session, *, view: View) -> pd.DataFrame:
    """Plans open on the last day of the last complete year, by latest category. Columns: PARTS."""
    return _parts(session, view, OPEN, "category", ABUSE)


def plans_open_by_length(session: Session, *, view: View) -> pd.DataFrame:
    """Plans open on that day, by how long they had been. Columns: PARTS."""
    return _parts(session, view, OPEN, "length", LENGTHS)


def days_to_conference(session: Session, *, view: View) -> pd.DataFrame:
    """Conferences of the last complete year by working days since the enquiry began. Columns: PARTS."""
    return _parts(session, view, Step.CONFERENCE.value, "days", DAYS)


def sources_of_months(session: Session, *, view: View) -> pd.DataFrame:
    """Who refers in the last months in a row, most first; empty where a whole year can be shown.

    Columns: PARTS.
    """
    parts = _of_months(session, view, "part", NAMES, cells.of_part("group"), cells.of_level("all"))
    return parts.sort_values("n", ascending=False, kind="stable", na_position="last", ignore_index=True)


def outcomes_of_months(session: Session, *, view: View) -> pd.DataFrame:
    """What became of the referrals of these months, as far as the file knows. Columns: PARTS."""
    which = (cells.of_part("all"), col(ReferralCount.level) == "all", col(ReferralCount.outcome) != "all")
    parts = _of_months(session, view, "outcome", outcome_names(()), *which)
    return parts.assign(part=parts["code"].map(outcome_names(parts["code"])))


def _of_months(session: Session, view: View, key: str, names: Mapping[str, str], *which: Any) -> pd.DataFrame:
    """A row for each part that the months of a file on single children tell of."""
    counted = how_counted(session, view=view)
    if counted.stretch is None or counted.stretch.is_year or not counted.is_nfa_only:
        return pd.DataFrame(columns=list(PARTS))
    of = (cells.referrals(), within(counted.stretch))
    told = totals(cells.known(session, view, *of, *which), counted.stretch, key)
    whole = cells.known(session, view, *of, cells.of_part("all"), cells.of_level("all"))
    now = {part: each for (part,), each in told.items()}
    now |= {"all": totals(whole, counted.stretch, "part").get(("all",), NOTHING)}
    rows = [_part(code, name, now, {}) for code, name in names.items() if code in now]
    return tidied([row | {"period_end": counted.stretch.last} for row in rows], PARTS)


def _parts(session: Session, view: View, step: str, split: str, names: Mapping[str, str]) -> pd.DataFrame:
    """A row for each part of the last year that is split so, with the year before beside it."""
    which = (col(ReferralCount.step) == step, cells.of_level("all"), cells.spanning("year"))
    either = col(ReferralCount.split).in_(["all", split])
    told: dict[date, dict[str, Count]] = {}
    for row in cells.known(session, view, *which, either):
        told.setdefault(row["period_end"], {})[row["part"]] = cells.count(row)
    split_so = [end for end, parts in told.items() if parts.keys() & names.keys()]
    if not split_so:
        return pd.DataFrame(columns=list(PARTS))
    now, before = told[max(split_so)], told.get(months_back(max(split_so), 12), {})
    rows = [_part(code, name, now, before) | {"period_end": max(split_so)} for code, name in names.items()]
    return tidied(rows, PARTS)


def _part(code: str, name: str, now: Mapping[str, Count], before: Mapping[str, Count]) -> dict[str, Any]:
    mine, was = now.get(code, NOTHING), before.get(code, NOTHING)
    return {
        "part": name,
        "code": code,
        "n": mine.number,
        "symbol": mine.symbol,
        "share": _of_all(mine, now.get("all", NOTHING)),
        "n_before": was.number,
        "was": _of_all(was, before.get("all", NOTHING)),
        "of": now.get("all", NOTHING).number,
    }


def _of_all(part: Count, whole: Count) -> float | None:
    """The part's share; none where either is hidden or the whole is under ten."""
    if part.number is None or whole.number is None or too_few(whole.number):
        return None
    return part.number / whole.number
