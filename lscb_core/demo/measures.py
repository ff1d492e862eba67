"""Monthly measures of the invented board with their targets, tags and signed explanations."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import col, select

from lscb_core.db.tables import (
    Commentary,
    MeasurePriority,
    MeasureSubGroup,
    Observation,
    ReferralCount,
    Target,
)
from lscb_core.demo.series import monthly
from lscb_core.demo.stage import SOURCE, Stage
from lscb_core.demo.words import Row, sheet
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.periods import month_end, month_start, months_back

POLICE, QUARTERLY = "police_notifications_below", "private_fostering"
QUARTERS = (6, 8, 7, 9, 6, 10, 8, 9)


def add_measures(stage: Stage) -> None:
    """Five years of months for each measure, and all that the board says about them."""
    measures = [row for row in sheet("measures") if row["measure"] not in (POLICE, QUARTERLY)]
    stage.add(Observation, (_month(stage, row, end) for row in measures for end in stage.clock.months))
    stage.add(Observation, _police(stage))
    stage.add(Observation, _quarters(stage))
    stage.add(Target, (_target(stage, row) for row in sheet("measures") if row["target"]))
    stage.add(MeasurePriority, _priorities(stage))
    stage.add(MeasureSubGroup, (_sub_group(stage, row) for row in sheet("measures")))
    stage.add(Commentary, (_comment(stage, row) for row in sheet("commentary")))
    stage.add(Commentary, (_judgement(stage, row) for row in sheet("judgements")))


def observation(stage: Stage, measure: str, end: date, **more: Any) -> dict[str, Any]:
    """A row with every column, so that all go in together."""
    empty = {"agency_id": None, "numerator": None, "denominator": None, "value": None, "symbol": ""}
    return {
        "area_id": stage.area_id,
        "measure": measure,
        "span": "month",
        "period_start": month_start(end),
        "period_end": end,
        "known_on": end,
        "source": SOURCE,
        "origin_id": stage.origin_id,
        **empty,
        **more,
    }


def share(numerator: int, denominator: int) -> dict[str, Any]:
    """Numerator and denominator with the percentage, 0 to 100, that they make."""
    value = round(100 * numerator / denominator, 1)
    return {"numerator": numerator, "denominator": denominator, "value": value}


def _month(stage: Stage, row: Row, end: date) -> dict[str, Any]:
    level = monthly(row["measure"], stage.clock.months_ago(end))
    whose = stage.agencies.get(row["agency"])
    if row["unit"] == "count":
        return observation(stage, row["measure"], end, agency_id=whose, value=level)
    chance = stage.chance(f"{row['measure']} {end}")
    of = int(row["of"]) + chance.randrange(-int(row["spread"]), int(row["spread"]) + 1)
    if row["unit"] == "percent":
        counts = share(round(level * of / 100), of)
    else:
        days = round(level * of)
        counts = {"numerator": days, "denominator": of, "value": round(days / of, 1)}
    return observation(stage, row["measure"], end, agency_id=whose, **counts)


def _police(stage: Stage) -> Iterator[dict[str, Any]]:
    """The police's share, from the protected counts of referrals: what is hidden there is hidden here."""
    counts: dict[date, dict[str, int | None]] = {}
    cells = select(ReferralCount).where(
        ReferralCount.area_id == stage.area_id,
        ReferralCount.span == "month",
        ReferralCount.part == "police",
        col(ReferralCount.level).in_(["all", "below"]),
    )
    for cell in stage.session.exec(cells.order_by(col(ReferralCount.period_end))):
        counts.setdefault(cell.period_end, {})[cell.level] = cell.count
    for end, sent in counts.items():
        below, of = sent["below"], sent["all"]
        known = share(below, of) if below is not None and of else {"symbol": HIDDEN}
        yield observation(stage, POLICE, end, agency_id=stage.agencies["police"], **known)


def _quarters(stage: Stage) -> Iterator[dict[str, Any]]:
    """Two years of quarters: too few for limits yet."""
    last = stage.clock.last_month
    ends_ago = (last.month % 3) + 3 * (len(QUARTERS) - 1)
    for place, count in enumerate(QUARTERS):
        end = month_end(months_back(month_start(last), ends_ago - 3 * place))
        start = month_start(months_back(month_start(end), 2))
        more = {"span": "quarter", "period_start": start, "value": float(count)}
        yield observation(stage, QUARTERLY, end, agency_id=stage.agencies["childrens-services"], **more)


def _target(stage: Stage, row: Row) -> dict[str, Any]:
    since = {"valid_from": stage.clock.first_day, "value": float(row["target"])}
    return {"board_id": stage.board_id, "measure": row["measure"], **since}


def _priorities(stage: Stage) -> Iterator[dict[str, Any]]:
    for row in sheet("measures"):
        for key in row["priorities"].split(";"):
            aim = {"board_id": stage.board_id, "priority_id": stage.priorities[key]}
            yield {**aim, "measure": row["measure"]}


def _sub_group(stage: Stage, row: Row) -> dict[str, Any]:
    group = {"board_id": stage.board_id, "sub_group_id": stage.sub_groups[row["sub_group"]]}
    return {**group, "measure": row["measure"]}


def _comment(stage: Stage, row: Row) -> dict[str, Any]:
    return {
        "board_id": stage.board_id,
        "measure": row["measure"],
        "agency_id": stage.agencies.get(row["agency"]),
        "text": row["text"],
        "signed_by": row["signed_by"],
        "written_on": stage.clock.day(int(row["written_ago"])),
        "source": SOURCE,
    }


def _judgement(stage: Stage, row: Row) -> dict[str, Any]:
    """What the chair says of an agency as a whole, at a meeting of the board."""
    held = [day for day in stage.clock.meetings if day < stage.clock.today]
    return {
        "board_id": stage.board_id,
        "measure": "agency_judgement",
        "agency_id": stage.agencies[row["agency"]],
        "text": f"{row['judgement']}. {row['text']}",
        "signed_by": "Independent chair",
        "written_on": held[-1 - int(row["meetings_ago"])],
        "source": SOURCE,
    }
