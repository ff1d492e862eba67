"""The views open to a reader without the right to exact counts, and whom each of their counts counts."""

from sqlmodel import select

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.periods import month_ends, year_start
from lscb_core.domain.vocab import AGE_BANDS, DEATH_CATEGORIES, Outcome
from lscb_core.queries.choices import choices
from lscb_core.queries.view import Choice, operator_view
from tests.reader_attack import people_of

SELDOM = 12
LEVELS = ("1", "2", "3", "4")
OUTCOMES = tuple(str(outcome) for outcome in Outcome)
SIDES = {"below": ("nfa", "advice", "early_help"), "above": ("assessment", "section_47", "other")}


def every_view(session, slug, today, *, thorough):
    """Days x filters. Not thorough: every day without a filter, every filter on some of the days."""
    plain = operator_view(session, choice=Choice(slug), today=today)
    offered = choices(session, view=plain, today=today)
    filters = [{}]
    filters += [{"agency": each.key} for each in offered.agencies]
    filters += [{"priority": each.key} for each in offered.priorities]
    filters += [{"sub_group": each.key} for each in offered.sub_groups]
    for place, day in enumerate(offered.days):
        for chosen in filters if thorough or place % SELDOM == 0 else filters[:1]:
            yield operator_view(session, choice=Choice(slug, day, **chosen), today=today), chosen


def parts_of(session, view):
    """The agencies, and everybody else, that referrals are counted by."""
    found = select(ReferralCount.part).where(
        ReferralCount.area_id == view.area_id, ReferralCount.split == "agency"
    )
    return tuple(sorted(set(session.exec(found))))


def cell(end, part="all", level="all", outcome="all", *, span="year", step="referral"):
    """A count of referrals (or of another step) as the views sort it."""
    return "referral", step, span, end, part, level, outcome


def death(end, dimension, key, span="year"):
    """A count of deaths or of reviews as the views sort it."""
    return "death", end, dimension, key, span


def people(parts):
    """A function: cell -> the people it counts."""
    known = {}

    def makes_up(seen):
        if seen not in known:
            known[seen] = _deaths(*seen[1:]) if seen[0] == "death" else _referrals(parts, seen)
        return known[seen]

    return makes_up


def _referrals(parts, seen):
    _, step, span, end, part, level, outcome = seen
    months = month_ends(year_start(end), end) if span == "year" else [end]
    if step != "referral":
        return [(step, month) for month in months]
    return people_of(
        step=[step],
        months=months,
        parts=parts if part == "all" else [part],
        levels=[level] if level in LEVELS else LEVELS,
        outcomes=SIDES.get(level, OUTCOMES) if outcome == "all" else [outcome],
    )


def _deaths(end, dimension, key, span):
    years = [end.replace(year=end.year - back) for back in range(5)] if span == "pooled" else [end]

    def chosen(name, every):
        return [key] if dimension == name else every

    if dimension in ("all", "age", "expectedness", "abuse"):
        return people_of(
            what=["death"],
            years=years,
            ages=chosen("age", list(AGE_BANDS)),
            expected=chosen("expectedness", ["expected", "unexpected"]),
        )
    return people_of(
        what=["review"],
        years=years,
        causes=chosen("category", list(DEATH_CATEGORIES)),
        changed=chosen("modifiable", ["yes", "no", "unknown"]),
        in_time={"in_time": [True], "late": [False]}.get(key, [True, False]),
    )
