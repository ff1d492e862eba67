"""The invented board's counts of children: right in their sums, and nothing small can be worked out."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.referrals import place_referrals
from lscb_core.commands.placing.standing import standing
from lscb_core.db.access import OPERATOR, person
from lscb_core.db.tables import (
    Board,
    DeathCount,
    DeathExact,
    Observation,
    PanelLesson,
    ReferralCount,
    ReferralExact,
)
from lscb_core.domain.intervals import placement
from tests.tidewater import LATER, tightest

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)
BELOW = ("nfa", "advice", "early_help")
REFERRED_BY = {"police": 28.5, "schools": 20.3, "health": 14.7}  # England, year to March 2024, in percent


def exact(session: Session, table, behind, link: str) -> dict[int, int]:
    """Row -> what was counted, whether it is shown or hidden."""
    hidden = {getattr(row, link): row.count for row in session.exec(select(behind))}
    return {row.id: hidden.get(row.id, row.count) for row in session.exec(select(table))}


def referrals(session: Session) -> dict[tuple, int]:
    counted = exact(session, ReferralCount, ReferralExact, "referral_count_id")
    return {place(row): counted[row.id] for row in session.exec(select(ReferralCount))}


def place(row: ReferralCount) -> tuple:
    return (row.step, row.span, row.period_end, row.split, row.part, row.level, row.outcome)


def year_of(month: date) -> date:
    return date(month.year + (month.month > 3), 3, 31)


def equalities(places: Iterable[tuple]) -> list[tuple[tuple, list[tuple]]]:
    """What adds up to what, worked out from the places alone: (total, its parts)."""
    parts: dict[tuple, list[tuple]] = defaultdict(list)
    for spot in places:
        step, span, end, split, part, level, outcome = spot
        whole = (step, span, end, split, part, "all", "all")
        if level.isdigit():
            parts["levels", whole].append(spot)
        if outcome != "all":
            parts["outcomes", whole].append(spot)
            if outcome in BELOW:
                parts["below", (*whole[:5], "below", "all")].append(spot)
        if split == "agency":
            parts["agencies", (step, span, end, "all", "all", level, outcome)].append(spot)
        if span == "month":
            parts["months", (step, "year", year_of(end), *spot[3:])].append(spot)
    known = set(places)
    return [(total, listed) for (_, total), listed in parts.items() if total in known]


def test_every_declared_sum_of_referrals_holds_on_what_was_counted(demo):
    counted = referrals(demo)
    found = equalities(counted)
    assert len(found) > 600
    for total, parts in found:
        assert counted[total] == sum(counted[part] for part in parts), total


def test_every_complete_year_has_its_own_row_and_twelve_months(demo):
    months = defaultdict(set)
    for step, span, end, split, *_ in referrals(demo):
        if (step, split) == ("referral", "all"):
            months[span, year_of(end)].add(end)
    complete = {year for (span, year) in months if span == "year"}
    assert len(complete) == 5
    assert {year for (span, year), ends in months.items() if span == "month" and len(ends) == 12} == complete


@pytest.mark.parametrize(
    ("table", "behind", "link"),
    [
        (ReferralCount, ReferralExact, "referral_count_id"),
        (DeathCount, DeathExact, "death_count_id"),
    ],
)
def test_no_count_from_one_to_five_is_shown_and_each_hidden_one_is_kept_exactly(demo, table, behind, link):
    kept = {getattr(row, link): row.count for row in demo.exec(select(behind))}
    rows = demo.exec(select(table)).all()
    assert {row.count for row in rows if row.count is not None}.isdisjoint(range(1, 6))
    assert {row.symbol for row in rows} == {"", "c"}
    assert {row.id for row in rows if row.symbol == "c"} == set(kept)
    assert all(row.count is None for row in rows if row.symbol == "c")
    assert 0 not in kept.values()


def test_what_is_left_when_below_is_taken_off_is_never_a_small_count(demo):
    shown = {place(row): row.count for row in demo.exec(select(ReferralCount)) if row.count is not None}
    pairs = [(whole, (*whole[:5], "below", "all")) for whole in shown if whole[5:] == ("all", "all")]
    rest = [shown[whole] - shown[below] for whole, below in pairs if below in shown]
    assert len(rest) > 300
    assert not {1, 2, 3, 4, 5} & set(rest)


def test_no_hidden_count_of_referrals_can_be_pinned_down(demo):
    counted = referrals(demo)
    last = max(end for _, span, end, *_ in counted if span == "year")
    mine = {spot: count for spot, count in counted.items() if year_of(spot[2]) == last}
    hidden = {place(r) for r in demo.exec(select(ReferralCount)) if r.symbol and place(r) in mine}
    assert len(hidden) > 30
    assert tightest(mine, hidden, equalities(mine)) >= 2


def test_no_hidden_count_of_deaths_can_be_pinned_down(demo):
    counted = exact(demo, DeathCount, DeathExact, "death_count_id")
    cells, hidden, parts = {}, set(), defaultdict(list)
    of = {"age": ("all", "all"), "expectedness": ("all", "all")}
    of |= dict.fromkeys(("category", "modifiable"), ("reviews", "completed"))
    for row in demo.exec(select(DeathCount)):
        name = (row.span, row.period_end, row.dimension, row.key)
        cells[name] = counted[row.id]
        if row.symbol:
            hidden.add(name)
        if row.dimension in of:
            parts[row.span, row.period_end, *of[row.dimension], row.dimension].append(name)
        if row.span == "year":
            for back in range(5):
                end = row.period_end.replace(year=row.period_end.year + back)
                parts["pooled", end, row.dimension, row.key, ""].append(name)
    sums = [(total[:4], listed) for total, listed in parts.items() if total[:4] in cells]
    assert all(cells[total] == sum(cells[part] for part in listed) for total, listed in sums)
    assert len([total for total, _ in sums if total[0] == "pooled"]) > 60
    assert tightest(cells, hidden, sums) >= 2


def test_fewer_referrals_fall_below_since_the_new_document_and_the_police_stand_out(demo):
    counted = referrals(demo)
    years = sorted(spot[2] for spot in counted if spot[0] == "referral" and spot[1] == "year")
    share = {}
    for year in (years[0], years[-1]):
        of, below = (counted["referral", "year", year, "all", "all", lv, "all"] for lv in ("all", "below"))
        share[year] = below / of
    assert share[years[0]] == pytest.approx(0.384, abs=0.01)
    assert share[years[-1]] == pytest.approx(0.333, abs=0.01)

    def stands(part: str) -> str:
        spots = [("referral", "year", years[-1], "agency", part, lv, "all") for lv in ("below", "all")]
        return placement(*(counted[spot] for spot in spots), share[years[-1]])

    assert (stands("police"), stands("schools")) == ("well above", "well below")


def test_who_refers_is_mixed_as_in_england(demo):
    last = max(row.period_end for row in demo.exec(select(Observation)) if row.measure == "referrals")
    mix = {
        row.measure.removeprefix("referrals_from_"): row
        for row in demo.exec(select(Observation).where(Observation.period_end == last))
        if row.measure.startswith("referrals_from_")
    }
    assert len(mix) == 11
    assert len({row.denominator for row in mix.values()}) == 1
    assert sum(row.numerator for row in mix.values()) == mix["police"].denominator
    for group, percent in REFERRED_BY.items():
        assert mix[group].value == pytest.approx(percent, abs=1.5)


def test_every_year_has_its_deaths_and_some_lessons_still_wait_for_an_action(demo):
    years = [r.count for r in demo.exec(select(DeathCount)) if (r.span, r.dimension) == ("year", "all")]
    assert len(years) == 7
    assert all(15 <= count <= 21 for count in years)
    lessons = demo.exec(select(PanelLesson)).all()
    assert (len(lessons), sum(lesson.action_id is None for lesson in lessons)) == (12, 2)


def test_what_was_sent_gives_again_exactly_what_is_shown(demo):
    held = demo.exec(select(Board)).one()
    sent = list(standing(demo, board_id=held.id).values())
    place = Place(demo, held, person(demo, OPERATOR), NOON, LATER, 1)
    assert len(sent) > 700
    assert place_referrals(place, sent) == []
