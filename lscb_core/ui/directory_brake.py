"""How often one address may set out for the council's directory, and come back from it, within a minute.

Nobody has to be signed in for that, and at both steps the server asks the directory something. Each process
counts in its own memory: where there are two, one address may go twice as often, which does no harm.
"""

from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from threading import Lock

from cachetools import LRUCache

from lscb_core.accounts.signing_in import NotSignedIn

MOST = 60
"""A whole council may come from one address, and a board's members at one time: when the meeting begins."""
WITHIN = timedelta(minutes=1)
ADDRESSES = 10_000
"""How many addresses are remembered. Of more, those that have not come for longest are forgotten."""


class Brake:
    """Counts one step of the way. What is refused does not count: nobody waits longer for having tried."""

    def __init__(self) -> None:
        self._steps: LRUCache[str, deque[datetime]] = LRUCache(maxsize=ADDRESSES)
        self._lock = Lock()

    def check(self, address: str, *, at: datetime) -> None:
        """Count a step from the address. Raises TooOften where it has made as many as it may."""
        with self._lock:
            steps = self._steps.setdefault(counted_as(address), deque(maxlen=MOST))
            if len(steps) == MOST and timedelta(0) <= at - steps[0] < WITHIN:
                raise TooOften(
                    "You are not signed in.",
                    why="Too many have set out for the council's directory from your network just now.",
                    advice="Wait a minute, then press the button again.",
                )
            steps.append(at)


class TooOften(NotSignedIn):
    """The address has made as many steps within a minute as it may."""


def counted_as(address: str) -> str:
    """What of an address is counted: all who have one network of IPv6 (its first 64 bits) are one."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or int(known) >> 64)
