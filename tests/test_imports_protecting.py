"""Counts of people are protected on their declared grid when they are stored."""

from datetime import date

import pytest
from sqlmodel import select

from lscb_core.db.tables import Area, DeathCount, DeathExact, Origin, ReferralCount, ReferralExact
from lscb_core.domain.periods import month_ends
from lscb_core.imports.grids.deaths import Cell, death_grid
from lscb_core.imports.grids.protecting import protect_deaths, protect_referrals
from lscb_core.imports.grids.referrals import ABOVE, Spot, complete_years, referral_grid, with_steps

MAY, YEAR = date(2025, 5, 31), date(2026, 3, 31)
MONTHS = month_ends(date(2025, 4, 1), YEAR)


@pytest.fixture
def whose(session) -> dict[str, int]:
    area, origin = Area(code="test", name="Test", kind="invented"), Origin(key="t", kind="return", title="T")
    session.add_all([area, origin])
    session.flush()
    return {"area_id": area.id, "origin_id": origin.id}


def month(**sent: tuple[int, int]) -> dict:
    """Agency -> how many below the threshold, and how many above it, in May."""
    below = {(MAY, part, "2", "advice"): counts[0] for part, counts in sent.items()}
    return below | {(MAY, part, "3", "assessment"): counts[1] for part, counts in sent.items()}


def stored(session, table=ReferralCount) -> dict:
    rows = session.exec(select(table)).all()
    if table is DeathCount:
        return {Cell(r.period_end, r.dimension, r.key, r.span): r for r in rows}
    return {Spot(r.period_end, r.span, r.step, r.split, r.part, r.level, r.outcome): r for r in rows}


def test_the_grid_counts_each_referral_wherever_it_belongs():
    grid = referral_grid(month(police=(30, 70), schools=(12, 40)), parts=["police", "schools", "housing"])
    whole, police = Spot(MAY), Spot(MAY, split="agency", part="police")
    assert (grid[whole], grid[whole._replace(level="below")], grid[whole._replace(level="2")]) == (
        152,
        42,
        42,
    )
    assert (grid[whole._replace(outcome="assessment")], grid[whole._replace(level="1")]) == (110, 0)
    assert (grid[police], grid[police._replace(level="below")]) == (100, 30)
    assert grid[Spot(MAY, split="agency", part="housing")] == 0
    assert police._replace(level="2") not in grid  # by level an agency is counted for whole years only


def test_a_year_has_a_row_of_its_own_only_when_its_twelve_months_are_there():
    assert complete_years(MONTHS) == [YEAR]
    assert complete_years(MONTHS[:-1]) == []
    counted = {(end, "police", "3", "assessment"): 10 for end in MONTHS}
    grid = with_steps(referral_grid(counted, parts=["police"]), {("contact", end): 25 for end in MONTHS})
    assert grid[Spot(YEAR, "year")] == 120
    assert grid[Spot(YEAR, "year", split="agency", part="police", level="3")] == 120
    assert grid[Spot(YEAR, "year", step="contact")] == 300


def test_a_small_count_is_hidden_with_another_and_kept_exactly(session, whose):
    sent = month(police=(60, 140), schools=(30, 80), housing=(3, 20), gps=(9, 31))
    grid = referral_grid(sent, parts=["police", "schools", "housing", "gps"])
    hidden = protect_referrals(session, grid=grid, **whose)
    rows = stored(session)
    housing = Spot(MAY, split="agency", part="housing", level="below")
    assert (rows[housing].count, rows[housing].symbol) == (None, "c")
    assert session.get(ReferralExact, rows[housing].id).count == 3
    others = {s for s, row in rows.items() if row.symbol and s.level == "below" and s != housing}
    assert others, "with one hidden part alone the total would give it away"
    assert {spot for spot, row in rows.items() if row.symbol} == {s for s in hidden if s.level != ABOVE}


def test_what_is_shown_is_what_was_counted_and_was_known_when_its_period_ended(session, whose):
    grid = referral_grid(month(police=(60, 140), schools=(30, 80)), parts=["police", "schools"])
    protect_referrals(session, grid=grid, **whose)
    rows = stored(session)
    assert {spot: row.count for spot, row in rows.items()} == {
        spot: count for spot, count in grid.items() if spot.level != ABOVE
    }
    assert {(row.known_on, row.period_start) for row in rows.values()} == {(MAY, date(2025, 5, 1))}


def test_what_is_left_above_the_threshold_is_protected_though_it_is_not_stored(session, whose):
    grid = referral_grid(
        month(police=(60, 140), schools=(40, 2), gps=(50, 45)), parts=["police", "schools", "gps"]
    )
    protect_referrals(session, grid=grid, **whose)
    rows = stored(session)
    schools = Spot(MAY, split="agency", part="schools")
    pair = rows[schools], rows[schools._replace(level="below")]
    assert any(row.symbol for row in pair), "all less below would be 2"
    assert all(spot.level != ABOVE for spot in rows)


def test_a_sum_that_does_not_hold_is_refused(session, whose):
    grid = referral_grid(month(police=(60, 140)), parts=["police"])
    grid[Spot(MAY)] += 1
    with pytest.raises(ValueError, match="parts are"):
        protect_referrals(session, grid=grid, **whose)


def deaths(end: date, ages: list[int]) -> dict[Cell, int]:
    bands = ("0-27d", "28-364d", "1-4y", "5-9y", "10-14y", "15-17y")
    total = sum(ages)
    return {
        Cell(end): total,
        **{Cell(end, "age", band): count for band, count in zip(bands, ages, strict=True)},
        Cell(end, "expectedness", "expected"): total - 7,
        Cell(end, "expectedness", "unexpected"): 7,
        Cell(end, "reviews", "completed"): 16,
        Cell(end, "reviews", "in_time"): 10,
        Cell(end, "category", "8"): 16,
        Cell(end, "modifiable", "yes"): 16,
    }


def test_five_years_of_deaths_are_pooled_and_small_bands_hidden(session, whose):
    ends = [YEAR.replace(year=2026 - back) for back in range(5)]
    yearly = {k: v for end in ends for k, v in deaths(end, [9, 4, 2, 0, 3, 2]).items()}
    protect_deaths(session, grid=death_grid(yearly), **whose)
    rows = stored(session, DeathCount)
    pooled = rows[Cell(YEAR, span="pooled")]
    assert (pooled.count, pooled.period_start, pooled.period_label) == (
        100, date(2021, 4, 1), "Five years to 31 March 2026",
    )  # fmt: skip
    year = {key: rows[Cell(YEAR, "age", key)] for key in ("0-27d", "28-364d", "5-9y")}
    assert [(row.count, row.symbol) for row in year.values()] == [(9, ""), (None, "c"), (0, "")]
    assert session.get(DeathExact, year["28-364d"].id).count == 4
    assert Cell(YEAR, "reviews", "late") not in rows
