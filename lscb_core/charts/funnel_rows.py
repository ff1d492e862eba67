"""The rows of a funnel: its limits, its points, and where each name stands on a wide or a narrow screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, sqrt

from lscb_core.charts.labels import Box, Mark, Placed, place_labels
from lscb_core.charts.parts import Row, likely, percent
from lscb_core.domain.intervals import funnel_limits
from lscb_core.domain.numbers import whole

STEPS = 60
# The narrowest plot of each kind of screen, in pixels, and whether agencies within the funnel are named.
FITS = {"full": (952, True), "wide": (792, True), "middle": (472, True), "phone": (262, False)}
PLOT_HEIGHT = 344
SIZES = (10, 25, 50, 100, 250, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True, slots=True)
class Field:
    """What the axes reach: referrals from `left` to `right`, shares from `low` to `high` (fractions of 1)."""

    left: int
    right: int
    low: float
    high: float

    def to_pixels(self, referrals: float, share: float, width: float) -> tuple[float, float]:
        """Where a point stands in a plot of this width; across by square root."""
        reach = (sqrt(referrals) - sqrt(self.left)) / (sqrt(self.right) - sqrt(self.left))
        return reach * width, (self.high - share) / (self.high - self.low) * PLOT_HEIGHT


def field(points: list[Row], rate: float) -> Field:
    """Axes that hold every point, rounded so that a new month seldom changes the drawing."""
    sizes = [row["referrals"] for row in points] or [10]
    left, right = _rounded(max(min(sizes) * 0.8, 10), floor), _rounded(max(sizes) * 1.06, ceil)
    shares = [rate, *(row["share"] for row in points)]
    limits = funnel_limits(rate, left)
    # A small agency's limits may fill the whole scale; the points decide how much of them is seen.
    low = min(min(shares) - 0.03, max(limits.low_998, min(shares) - 0.15))
    high = max(max(shares) + 0.03, min(limits.high_998, max(shares) + 0.15))
    return Field(left, right, max(floor(low * 20), 0) / 20, min(ceil(high * 20), 20) / 20)


def _rounded(size: float, way: Callable[[float], int]) -> int:
    """To two leading figures, so 3,046 becomes 3,000 or 3,100."""
    step = int(10 ** max(len(str(int(size))) - 2, 0))
    return way(size / step) * step


def limits(at: Field, rate: float) -> Iterator[Row]:
    """The curves, in equal steps of the square root."""
    for step in range(STEPS + 1):
        root = sqrt(at.left) + step / STEPS * (sqrt(at.right) - sqrt(at.left))
        yield {"part": "limit", "referrals": root**2, **funnel_limits(rate, root**2)._asdict()}


def ends(at: Field, rate: float, name: str) -> Iterator[Row]:
    """The board's own line and the words at the lines' right ends."""
    yield {"part": "rate", "referrals": at.left, "until": at.right, "share": rate}
    yield {"part": "end", "referrals": at.right, "share": rate, "note": f"{name} {rate:.1%}"}
    top = funnel_limits(rate, at.right).high_998
    # The two words need a line's height between them, or the limit goes unnamed.
    if (top - rate) / (at.high - at.low) * PLOT_HEIGHT > 14:
        yield {"part": "end", "referrals": at.right, "share": top, "note": "99.8% limit"}


def point(row: Row) -> Row:
    """A mark with what its tooltip says."""
    counts = f"{whole(row['below'])} of {whole(row['referrals'])}"
    told = {"counts": counts, "percent": percent(row["share"]), "likely": likely(row["low"], row["high"])}
    said = f"{row['agency']}: {counts}, {told['percent']}, {row['position']} what chance explains"
    return row | told | {"part": "point", "said": said}


def names(points: list[Row], at: Field, rate: float) -> Iterator[Row]:
    """Where each agency's name stands, for each width; outliers choose first."""
    ordered = sorted(points, key=lambda row: -abs(row["share"] - rate) * sqrt(row["referrals"]))
    ordered.sort(key=lambda row: row["position"] == "within")
    for fits, (width, everyone) in FITS.items():
        named = [row for row in ordered if everyone or row["position"] != "within"]
        marks = [_mark(row, at, rate, width) for row in named]
        clear = _clear([row for row in ordered if row not in named], at, rate, width)
        places = place_labels(marks, width=width, height=PLOT_HEIGHT, clear=clear)
        for row, mark, place in zip(named, marks, places, strict=True):
            if place:
                yield _name(row, mark, place) | {"fits": fits, "ground": _ground(row, place, at, rate)}


def _mark(row: Row, at: Field, rate: float, width: int) -> Mark:
    text = f"{row['agency']} {percent(row['share'])}"
    return Mark(*at.to_pixels(row["referrals"], row["share"], width), text, row["share"] >= rate)


def _clear(unnamed: list[Row], at: Field, rate: float, width: int) -> list[Box]:
    """What no name may cover: the board's own line, and marks that go without a name."""
    line = at.to_pixels(at.left, rate, width)[1]
    spots = [at.to_pixels(row["referrals"], row["share"], width) for row in unnamed]
    return [Box(0, line - 2, width, line + 2), *(Box(x - 6, y - 6, x + 6, y + 6) for x, y in spots)]


def _name(row: Row, mark: Mark, place: Placed) -> Row:
    kept = {name: row[name] for name in ("referrals", "share", "position")}
    return kept | {"part": "name", "note": mark.text, "dx": place.dx, "dy": place.dy}


def _ground(row: Row, place: Placed, at: Field, rate: float) -> str:
    """What a name stands on, for the colour of the halo that keeps the curves out of it."""
    share = row["share"] - place.dy / PLOT_HEIGHT * (at.high - at.low)
    inside = funnel_limits(rate, row["referrals"])
    return "band" if inside.low_95 < share < inside.high_95 else "page"
