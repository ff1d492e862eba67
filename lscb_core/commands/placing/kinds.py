"""Which kind of scope is placed by whom."""

from lscb_core.commands.placing.actions import place_actions
from lscb_core.commands.placing.attendance import place_attendance
from lscb_core.commands.placing.audits import place_audits
from lscb_core.commands.placing.deaths import place_deaths
from lscb_core.commands.placing.measures import place_measures
from lscb_core.commands.placing.model import Placer
from lscb_core.commands.placing.published import place_published
from lscb_core.commands.placing.referrals import place_referrals
from lscb_core.commands.placing.section11 import place_section11
from lscb_core.commands.placing.training import place_training

PLACERS: dict[str, Placer] = {
    "cin-census": place_referrals,
    "annex-a": place_referrals,
    "dfe": place_published,
    "template/thresholds": place_referrals,
    "template/steps": place_referrals,
    "template/actions": place_actions,
    "template/attendance": place_attendance,
    "template/audits": place_audits,
    "template/deaths": place_deaths,
    "template/measures": place_measures,
    "template/section11": place_section11,
    "template/training": place_training,
}


def kind_of(key: str) -> str:
    """The kind in a scope's key: its first word, or of a template the first two."""
    first, *rest = key.split("/")
    return f"{first}/{rest[0]}" if first == "template" else first
