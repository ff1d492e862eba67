"""What a file that is undone leaves on pages of past days: what stood on them while it stood, nothing before.

A figure that comes for the first time counts from the end of its period, so that past days have figures too.
Once its file is undone, it was there from the day on which the file came until it went.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import DeathCount, Import, Observation, ReferralCount

Revised = type[DeathCount] | type[Observation] | type[ReferralCount]
REVISED: tuple[Revised, ...] = (DeathCount, Observation, ReferralCount)


def only_from(session: Session, *, origin_id: int, day: date) -> None:
    """What was taken back of this origin's figures counts from that day on at the earliest.

    Nothing is done where several files have one origin, as those of the demonstration.
    """
    files = sa.select(sa.func.count()).where(col(Import.origin_id) == origin_id)
    if session.connection().execute(files).scalar_one() > 1:
        return
    for table in REVISED:
        gone = [col(table.withdrawn_on).is_not(None), col(table.origin_id) == origin_id]
        earlier = sa.update(table).where(*gone, col(table.known_on) < day)
        session.connection().execute(earlier.values(known_on=day))


def known_on(end: date, *, on: date, was_shown: bool) -> date:
    """From when a figure counts: its period's end when it comes first, its own day (`on`) when it corrects.

    It comes first, too, where all that stood before came and went on one day (`ever_shown`).
    """
    return on if was_shown else min(end, on)


def ever_shown(table: Revised) -> sa.ColumnElement[bool]:
    """The condition that a row stood on some day: not where its file came and went on one."""
    gone = col(table.withdrawn_on)
    return sa.or_(gone.is_(None), gone > col(table.known_on))
