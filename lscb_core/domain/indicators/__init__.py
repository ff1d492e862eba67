"""The registry: every measure of the dashboard, defined once.

Pages, packs, the About page and tests are written from `INDICATORS`; a figure that is not in it is not
shown. Sources: the statistics' own guidance for the published ones, the board's returns for the others.
"""

from lscb_core.domain.indicators.board import BOARD
from lscb_core.domain.indicators.children import CHILDREN
from lscb_core.domain.indicators.deaths import DEATHS
from lscb_core.domain.indicators.front_door import FRONT_DOOR
from lscb_core.domain.indicators.model import Better, Indicator, Kind, Span, Unit, worked_out
from lscb_core.domain.indicators.plans import PLANS
from lscb_core.domain.indicators.protection import PROTECTION
from lscb_core.domain.indicators.referrals import REFERRALS
from lscb_core.domain.indicators.register import ACTIONS, AUDITS

__all__ = ["ALL", "INDICATORS", "Better", "Indicator", "Kind", "Span", "Unit", "of_kind", "worked_out"]

ALL: tuple[Indicator, ...] = (
    *FRONT_DOOR,
    *CHILDREN,
    *BOARD,
    *AUDITS,
    *DEATHS,
    *ACTIONS,
    *REFERRALS,
    *PROTECTION,
    *PLANS,
)

INDICATORS: dict[str, Indicator] = {indicator.key: indicator for indicator in ALL}


def of_kind(kind: Kind) -> tuple[Indicator, ...]:
    """The measures of one kind, in the order in which they are shown."""
    return tuple(indicator for indicator in ALL if indicator.kind == kind)
