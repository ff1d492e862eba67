"""Counts by source of referral, added up to the board's agencies by the board's own map.

An agency's count is the sum of cells that readers see; where one of them is hidden, so is the sum. Nothing is
told that could not be added up by hand, so the map may be changed at any time.
"""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.commands.placing.referral_cells import Shown
from lscb_core.commands.placing.referral_feeds import OTHERS
from lscb_core.db.tables import Agency, SourceAgency
from lscb_core.domain.codes import SOURCE_GROUP_LABELS, SOURCE_GROUPS
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.thresholds import BELOW
from lscb_core.imports.grids.referrals import Spot


def agencies_of_sources(session: Session, board_id: int) -> dict[str, str]:
    """Source code -> short name of the agency; a code of its own comes before its group."""
    mapped = (
        sa.select(col(SourceAgency.source), col(Agency.slug))
        .join(Agency, col(Agency.id) == SourceAgency.agency_id)
        .where(col(SourceAgency.board_id) == board_id)
    )
    said = {row.source: row.slug for row in session.connection().execute(mapped)}
    named = {code: said.get(code) or said.get(group, OTHERS) for code, group in SOURCE_GROUPS.items()}
    return named if said else {}


def by_agency(shown: Mapping[Spot, Shown], named: Mapping[str, str]) -> dict[Spot, Shown]:
    """Cells of agencies from the cells of groups and sources that are shown, as far as these reach."""
    wholes = {spot for spot in shown if (spot.split, spot.step, spot.outcome) == ("all", "referral", "all")}
    found: dict[Spot, Shown] = {}
    for whole in (spot for spot in wholes if spot.level in ("all", BELOW)):
        for agency in dict.fromkeys(named.values()):
            parts = [shown.get(part) for part in _parts(whole, agency, named)]
            if parts and None not in parts:
                total = HIDDEN if HIDDEN in parts else sum(n for n in parts if isinstance(n, int))
                found[whole._replace(split="agency", part=agency)] = total
    return found


def _parts(whole: Spot, agency: str, named: Mapping[str, str]) -> Iterator[Spot]:
    """Whole groups where the agency has all of one; else the single sources, which years alone have."""
    for group in SOURCE_GROUP_LABELS:
        codes = [code for code, its in SOURCE_GROUPS.items() if its == group]
        own = [code for code in codes if named[code] == agency]
        if own == codes:
            yield whole._replace(split="group", part=group)
        else:
            yield from (whole._replace(split="source", part=code) for code in own)
