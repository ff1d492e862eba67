"""How sure a share is, and whether one agency differs from the board by more than chance.

Wilson 1927 for a share; Newcombe 1998 (method 10) for the difference of two; Spiegelhalter 2005
for the funnel. Shares and limits are fractions of 1.
"""

from math import copysign, inf, sqrt
from typing import NamedTuple

Z95 = 1.959963984540054
Z998 = 3.090232306167813

# Below this many in the denominator the counts are shown and no percentage.
TOO_FEW = 10

PLACES = ("well above", "above", "within", "below", "well below")


class Interval(NamedTuple):
    """The likely range, as fractions: low, high."""

    low: float
    high: float


class Limits(NamedTuple):
    """The funnel around a rate at one size: 99.8% and 95% limits, as fractions."""

    low_998: float
    low_95: float
    high_95: float
    high_998: float


def too_few(of: int) -> bool:
    """Fewer than ten: say '3 of 6' and give no percentage."""
    return of < TOO_FEW


def share(met: int, of: int) -> float | None:
    """The fraction met, or None where there is nothing to divide by. Raises ValueError on bad counts."""
    _check(met, of)
    return met / of if of else None


def wilson(met: int, of: int, *, z: float = Z95) -> Interval:
    """The likely range of a share (95% Wilson interval), within 0 and 1.

    Of nothing, nothing is known: (0, 1). Raises ValueError on counts that cannot be.
    """
    _check(met, of)
    if not of:
        return Interval(0.0, 1.0)
    rate, z2 = met / of, z * z
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    half = z * sqrt(rate * (1 - rate) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    # At none and at all the formula's end is 0 or 1 exactly; rounding must not blur that.
    return Interval(max(middle - half, 0.0) if met else 0.0, min(middle + half, 1.0) if met < of else 1.0)


def difference(met: int, of: int, met_after: int, of_after: int) -> Interval:
    """The likely range of share after minus share before (95%, Newcombe's hybrid score method)."""
    before, after = share(met, of), share(met_after, of_after)
    if before is None or after is None:
        return Interval(-1.0, 1.0)
    was, now = wilson(met, of), wilson(met_after, of_after)
    down = sqrt((after - now.low) ** 2 + (was.high - before) ** 2)
    up = sqrt((now.high - after) ** 2 + (before - was.low) ** 2)
    return Interval(max(after - before - down, -1.0), min(after - before + up, 1.0))


def has_changed(met: int, of: int, met_after: int, of_after: int) -> bool:
    """The likely range of the difference leaves out no change at all."""
    low, high = difference(met, of, met_after, of_after)
    return low > 0 or high < 0


def funnel_limits(rate: float, of: float) -> Limits:
    """Where a share of `of` cases is expected around `rate` by chance, within 0 and 1."""
    spread = _spread(rate, of)
    low_998, low_95 = max(rate - Z998 * spread, 0.0), max(rate - Z95 * spread, 0.0)
    high_95, high_998 = min(rate + Z95 * spread, 1.0), min(rate + Z998 * spread, 1.0)
    return Limits(low_998, low_95, high_95, high_998)


def z_score(met: int, of: int, rate: float) -> float:
    """Standard errors between the share and `rate`; 0 of nothing, infinite where chance has no part."""
    found = share(met, of)
    if found is None or found == rate:
        return 0.0
    spread = _spread(rate, of)
    return (found - rate) / spread if spread else copysign(inf, found - rate)


def placement(met: int, of: int, rate: float) -> str:
    """'well above', 'above', 'within', 'below' or 'well below': beyond 99.8%, beyond 95%, or chance."""
    z = z_score(met, of, rate)
    if abs(z) <= Z95:
        return "within"
    well = "well " if abs(z) > Z998 else ""
    return well + ("above" if z > 0 else "below")


def _spread(rate: float, of: float) -> float:
    """The standard error of a share of `of` cases when the true rate is `rate`."""
    if not 0 <= rate <= 1 or of <= 0:
        raise ValueError(f"a rate between 0 and 1 and a size above 0 are needed, not {rate} and {of}")
    return sqrt(rate * (1 - rate) / of)


def _check(met: int, of: int) -> None:
    if met < 0 or met > of:
        raise ValueError(f"{met} of {of} cannot be")
