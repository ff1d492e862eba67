"""Which kind of scope is placed by whom."""

from lscb_core.commands.placing.model import Placer
from lscb_core.commands.placing.referrals import place_referrals

PLACERS: dict[str, Placer] = {
    "cin-census": place_referrals,
    "annex-a": place_referrals,
    "template/thresholds": place_referrals,
    "template/steps": place_referrals,
}


def kind_of(key: str) -> str:
    """The kind in a scope's key: its first word, or of a template the first two."""
    first, *rest = key.split("/")
    return f"{first}/{rest[0]}" if first == "template" else first
