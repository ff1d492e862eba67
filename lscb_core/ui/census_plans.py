"""Wholes in their parts, as bars: protection plans, the time to a conference, some months' referrals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from lscb_core.charts import steps
from lscb_core.domain.periods import between, day
from lscb_core.findings import census as findings
from lscb_core.queries import census_parts as queries
from lscb_core.queries.stretches import how_counted
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.provenance import where_from, whole_board
from lscb_core.ui.threshold_parts import in_percent, words_of

IN_TWIN = ("part", "n", "share", "n_before", "was", "symbol")
KEY = "**c** hidden: the number is small, or would give a small one away."
BEFORE = "In brackets the share a year earlier."


@dataclass(frozen=True, slots=True)
class Whole:
    """One whole in its parts: its query, its title, what is counted ({day}, {months}), the step it is of."""

    name: str
    question: Callable[..., pd.DataFrame]
    title: Callable[[pd.DataFrame], str]
    what: str
    step: str


PLANS = (
    Whole(
        "time to conference",
        queries.days_to_conference,
        findings.time_to_conference,
        "First conferences in the year to {day}, by working days since the section 47 enquiry began.",
        "conference",
    ),
    Whole(
        "plans started by category",
        queries.plans_started,
        partial(
            findings.largest_part, whole="plans started", otherwise="Protection plans started, by category"
        ),
        "Protection plans started in the year to {day}, by the first category of abuse.",
        "plan",
    ),
    Whole(
        "plans open by length",
        queries.plans_open_by_length,
        findings.plans_open,
        "Protection plans open on {day}, by how long they had been.",
        queries.OPEN,
    ),
    Whole(
        "plans open by category",
        queries.plans_open_by_category,
        partial(findings.largest_part, whole="open plans", otherwise="Open protection plans, by category"),
        "Protection plans open on {day}, by the latest category of abuse.",
        queries.OPEN,
    ),
)
OF_MONTHS = (
    Whole(
        "referrals by source",
        queries.sources_of_months,
        partial(findings.largest_part, whole="referrals", otherwise="Who refers"),
        "Referrals, {months}, by who referred.",
        "referral",
    ),
    Whole(
        "referrals by outcome",
        queries.outcomes_of_months,
        findings.ended_early,
        "Referrals, {months}, by what became of them as far as the file tells.",
        "referral",
    ),
)


def plans(page: Page) -> None:
    """Plans and conferences of the last complete year that a file on single children tells of."""
    _two_by_two(page, PLANS)


def of_the_months(page: Page) -> None:
    """Who refers, and what became of it, in the months of a file that is no whole year."""
    _two_by_two(page, OF_MONTHS)


def _two_by_two(page: Page, wholes: Iterable[Whole]) -> None:
    """Two beside each other; those without figures are left out."""
    shown = [(whole, parts) for whole in wholes if len(parts := page.ask(whole.question))]
    for at in range(0, len(shown), 2):
        for column, (whole, parts) in zip(st.columns(2, gap="large"), shown[at : at + 2], strict=False):
            with column:
                _bars(page, whole, parts)


def _bars(page: Page, whole: Whole, parts: pd.DataFrame) -> None:
    """Count and share of each part; a hidden number is a muted letter, with its key beneath."""
    on = parts["period_end"].iloc[0]
    what = whole.what.format(day=day(on), months=_months(page))
    show.finding(*page.keep(whole.name, lambda: (whole.title(parts), _note(page, parts, what))))
    drawn = page.keep(f"{whole.name}/bars", lambda: parts.rename(columns={"part": "step"}))
    show.chart(page, steps, drawn, key=whole.name.replace(" ", "-"), of="Of all", title=what.rstrip("."))
    if "c" in set(parts["symbol"]):
        show.note(KEY)
    twin = page.keep(f"{whole.name}/table", lambda: in_percent(parts))
    show.twin(page, twin, words_of(queries.PARTS, IN_TWIN), whole.name)
    where_from(page, (whole.step,), _since(page, on), on)


def _since(page: Page, on: date) -> date:
    """The first of the months that end on that day, where they are shown in place of a year."""
    stretch = page.ask(how_counted).stretch
    return on if stretch is None or stretch.is_year else stretch.first


def _months(page: Page) -> str:
    stretch = page.ask(how_counted).stretch
    return between(stretch.first, stretch.last) if stretch else ""


def _note(page: Page, parts: pd.DataFrame, what: str) -> str:
    before = BEFORE if parts["was"].notna().any() else ""
    return " ".join(part for part in (what, before, whole_board(page)) if part)
