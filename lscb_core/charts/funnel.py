"""Agencies against the board's own share: where chance would put them, and who stands outside."""

from functools import lru_cache

import altair as alt
import pandas as pd
import pyarrow as pa

from lscb_core.charts import funnel_rows, parts
from lscb_core.charts.funnel_rows import SIZES, Field
from lscb_core.charts.parts import Row, bare_axis, colour, label, layer, rows_of, said, tidy, tips, x, y
from lscb_core.charts.theme import Channels, Ink, Spec, finish
from lscb_core.domain.intervals import too_few
from lscb_core.domain.numbers import percent, whole

columns = {
    "agency": "who referred",
    "below": "referrals below the threshold; empty where it is hidden",
    "referrals": "referrals sent; empty where it is hidden",
    "share": "below of referrals, a fraction of 1; empty where they are too few",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "position": "well above, above, within, below or well below what chance explains",
}
SHAPES = {
    "well above": "triangle-up",
    "above": "triangle-up",
    "within": "circle",
    "below": "triangle-down",
    "well below": "triangle-down",
}
HEIGHT = 400
FITS = "datum.fits === (width > 1040 ? 'full' : width > 880 ? 'wide' : width > 560 ? 'middle' : 'phone')"


def shape(
    frame: pd.DataFrame,
    *,
    rate: float,
    across: str = "Referrals sent in the year",
    who: str = "agency",
    what: str = "below the threshold",
    **_: object,
) -> dict[str, float | str]:
    """The reach of the axes, rounded. `rate` is the whole board's share, a fraction of 1.

    `who` are compared (agency or source), and `what` the share is of.
    """
    at = funnel_rows.field(_drawn(frame), rate)
    return {"left": at.left, "right": at.right, "low": at.low, "high": at.high} | {
        "across": across,
        "who": who,
        "what": what,
    }


@lru_cache(maxsize=64)
def spec(
    ink: Ink,
    *,
    left: int,
    right: int,
    low: float,
    high: float,
    across: str,
    who: str = "agency",
    what: str = "below the threshold",
) -> Spec:
    """The drawing. Choosing a point sets the selection `agency`, a list of {'agency': name}."""
    at = Field(left, right, low, high)
    drawn = [*_limits(ink), *_names(ink), _points(ink, who.capitalize(), what.capitalize())]
    return finish(ink, HEIGHT, *drawn, shared=_axes(at, across))


def _axes(at: Field, title: str) -> Channels:
    # On a wide screen the words at the lines' ends need room; a phone has none to spare.
    room = {"expr": "width > 560 ? width - 88 : width - 4"}
    size = alt.Scale(type="sqrt", domain=[at.left, at.right], nice=False, range=[0, room])
    values = [number for number in SIZES if at.left <= number <= at.right]
    ticks = alt.Axis(values=values, grid=False, format=",d", labelOverlap="greedy", labelSeparation=8)
    up = bare_axis(format=".0%", tickCount=5)
    share = y("share", scale=alt.Scale(domain=[at.low, at.high], nice=False), title=None, axis=up)
    return {"x": x("referrals", scale=size, title=title, axis=ticks), "y": share}


def _limits(ink: Ink) -> list[alt.Chart]:
    def line(level: str, dash: list[int]) -> alt.Chart:
        style: Row = {"color": ink.grey, "strokeWidth": 1.2, "strokeDash": dash, "clip": True}
        return layer("line", "limit", aria=False, **style).encode(y=y(level))

    band = layer("area", "limit", aria=False, color=ink.band, opacity=1, clip=True)
    rate = layer("rule", "rate", aria=False, color=ink.ink, strokeWidth=1.2)
    end = label("end", also="width > 560", align="left", dx=6, fontSize=12, color=ink.muted)
    return [
        band.encode(y=y("low_95"), y2=alt.Y2(field="high_95")),
        *(line(level, [1, 0]) for level in ("low_998", "high_998")),
        *(line(level, [4, 3]) for level in ("low_95", "high_95")),
        rate.encode(x2=alt.X2(field="until")),
        end,
    ]


def _names(ink: Ink) -> list[alt.Chart]:
    outside = "datum.position !== 'within'"
    weight = parts.when(outside, 600, 400)
    ground = parts.when("datum.ground === 'band'", ink.band, ink.page)
    style: Row = {"fontWeight": weight, "dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}}
    halo = label("name", also=FITS, stroke=ground, strokeWidth=4, strokeJoin="round", **style)
    return [halo, label("name", also=FITS, color=parts.when(outside, ink.ink, ink.muted), **style)]


def _points(ink: Ink, who: str, what: str) -> alt.Chart:
    inks = dict(zip(SHAPES, (ink.orange, ink.orange, ink.grey, ink.teal, ink.teal), strict=True))
    told = tips(
        agency=who, counts=what, percent="Share", likely="Likely range (95%)",
        position="Against chance",
    )  # fmt: skip
    style: Row = {"filled": True, "size": 110, "opacity": 1, "stroke": ink.page, "strokeWidth": 1}
    # A hand where a click leads on: agencies have pages of their own, sources have none.
    hand = {"cursor": "pointer"} if who == "Agency" else {}
    points = layer("point", "point", **hand, **style).encode(
        color=colour("position", inks),
        shape=parts.shapes("position", SHAPES),
        tooltip=told,
        description=said(),
    )
    # Named, or each process would name it anew and the page would lose the choice.
    return points.properties(name="agencies").add_params(
        alt.selection_point(name="agency", fields=["agency"])
    )


def table(frame: pd.DataFrame, *, rate: float, name: str = "board", **_: object) -> pa.Table:
    """Limits, points and names. Agencies with fewer than ten referrals are not drawn. Frame: `columns`.

    `name` is what `rate` belongs to: the board, or England. Limits: domain.intervals.
    """
    points = _drawn(frame)
    at = funnel_rows.field(points, rate)
    rows = [*funnel_rows.limits(at, rate), *funnel_rows.ends(at, rate, name)]
    rows += [*map(funnel_rows.point, points), *funnel_rows.names(points, at, rate)]
    text = ("agency", "position", "counts", "percent", "likely", "note", "fits", "ground", "said")
    curves = ("low_998", "low_95", "high_95", "high_998")
    return tidy(rows, text=text, number=("referrals", "until", "share", "dx", "dy", *curves))


def _drawn(frame: pd.DataFrame) -> list[Row]:
    known = (row for row in rows_of(frame, columns) if row["share"] is not None)
    return [row for row in known if not too_few(row["referrals"])]


def alt_text(
    frame: pd.DataFrame,
    *,
    rate: float,
    name: str = "board",
    who: str = "agency",
    what: str = "below the threshold",
    **_: object,
) -> str:
    """Who stands above, below and within what chance explains, with counts."""
    groups: dict[str, list[str]] = {"above": [], "below": [], "within": []}
    for row in _drawn(frame):
        counts = f"{whole(row['below'])} of {whole(row['referrals'])}"
        groups[row["position"].removeprefix("well ")].append(f"{row['agency']} {row['share']:.0%} ({counts})")
    told = [f"{place} what chance explains: {', '.join(who)}" for place, who in groups.items() if who]
    return f"Share {what} by {who}; {name} {percent(rate)}. " + "; ".join(told) + "."
