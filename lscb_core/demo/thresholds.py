"""Five years of referrals by month, agency, level and outcome, and the other steps on the way to a plan."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from lscb_core.demo.returns import add_returns
from lscb_core.demo.series import monthly
from lscb_core.demo.stage import Stage
from lscb_core.demo.words import Row, sheet
from lscb_core.domain.periods import year_end
from lscb_core.imports.grids.protecting import protect_referrals
from lscb_core.imports.grids.referrals import Kind, referral_grid, with_steps

USUAL, SEASON = (
    655,
    (0, 10, 25, 30, -70, 5, 35, 30, -35, 5, -10, 35),
)  # January first; schools close in August
STEPS = ("assessment", "section_47", "conference", "plan")
POLICE = "police"


def add_thresholds(stage: Stage) -> None:
    """Draw the referrals, protect them on the declared grid, store them, and keep what was sent."""
    counted: Counter[Kind] = Counter()
    for end in stage.clock.months:
        counted.update(_month(stage, end))
    grid = referral_grid(counted, parts=[row["part"] for row in sheet("sources")])
    totals = {end: sum(n for kind, n in counted.items() if kind[0] == end) for end in stage.clock.months}
    steps = {(step, end): n for end in totals for step, n in _steps(stage, end, totals[end])}
    protect_referrals(
        stage.session,
        area_id=stage.area_id,
        origin_id=stage.origin_id,
        grid=with_steps(grid, steps),
    )
    add_returns(stage, counted, steps)


def _month(stage: Stage, end: date) -> Iterator[Kind]:
    """The referrals of one month, one by one."""
    chance = stage.chance(f"referrals {end}")
    years_ago = stage.clock.last_year.year - year_end(end).year
    size = USUAL + SEASON[end.month - 1] - 4 * years_ago + chance.randrange(-25, 26)
    sources = sheet("sources")
    came = chance.choices(sources, weights=[int(row["share"]) for row in sources], k=size)
    for row in sources:
        here = came.count(row)
        below = _below(stage, end, row, here, chance)
        yield from _outcomes(end, row["part"], "below", below, chance)
        yield from _outcomes(end, row["part"], "above", here - below, chance)


def _below(stage: Stage, end: date, row: Row, here: int, chance: Random) -> int:
    """How many needed no social work: by chance around the agency's share; the police as drawn by hand."""
    if row["part"] == POLICE:
        ago = stage.clock.months_ago(end)
        return round(here * monthly("police_notifications_below", ago) / 100)
    share = int(row["after" if end >= stage.clock.rolled_out_on else "before"])
    return sum(chance.randrange(1000) < share for _ in range(here))


def _outcomes(end: date, part: str, side: str, many: int, chance: Random) -> Iterator[Kind]:
    known = [row for row in sheet("outcomes") if row["side"] == side]
    for row in chance.choices(known, weights=[int(row["weight"]) for row in known], k=many):
        levels = [int(row[f"level_{level}"]) for level in range(1, 5)]
        [level] = chance.choices("1234", weights=levels)
        yield end, part, level, row["outcome"]


def _steps(stage: Stage, end: date, referrals: int) -> Iterator[tuple[str, int]]:
    """Contacts before the referrals, and each later step as a share of the one before it."""
    chance = stage.chance(f"steps {end}")
    back = stage.clock.last_year.year - year_end(end).year
    [rates] = [row for row in sheet("steps") if int(row["year_back"]) == back]
    yield "contact", referrals * int(rates["contact"]) // 1000 + chance.randrange(-30, 31)
    count = referrals
    for step in STEPS:
        share = int(rates[step]) + chance.randrange(-12, 13)
        count = (count * share + 500) // 1000
        yield step, count
