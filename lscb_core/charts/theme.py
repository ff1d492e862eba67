"""The board's inks and the frame around every chart."""

from dataclasses import dataclass
from typing import Any

import altair as alt

Spec = dict[str, Any]
Channels = dict[str, Any]
FONT_SIZE = 13


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one theme. Frozen, so that it can be part of a cache's key.

    Orange is worse, blue better, teal below the funnel, plum changed, grey chance; none of them ever
    speaks alone, a shape or a letter says the same. `grades` run from inadequate to outstanding.
    """

    page: str
    ink: str
    muted: str
    faint: str
    grey: str
    grid: str
    band: str
    blue: str
    teal: str
    plum: str
    orange: str
    grades: tuple[str, str, str, str, str]
    on_grades: tuple[str, str, str, str, str]


LIGHT = Ink(
    page="#FFFFFF",
    ink="#1F2A33",
    muted="#5B6770",
    faint="#B8C2CB",
    grey="#7D8893",
    grid="#E6EBEF",
    band="#E1E9F0",
    blue="#12436D",
    teal="#28A197",
    plum="#801650",
    orange="#C2500A",
    grades=("#C2500A", "#FAD9BF", "#EDF0F3", "#BBD1E3", "#12436D"),
    on_grades=("#FFFFFF", "#1F2A33", "#1F2A33", "#1F2A33", "#FFFFFF"),
)
DARK = Ink(
    page="#12181E",
    ink="#E9EEF2",
    muted="#A9B4BE",
    faint="#56636F",
    grey="#8794A0",
    grid="#27323B",
    band="#22303C",
    blue="#8DB9E8",
    teal="#56C5B8",
    plum="#E58CBC",
    orange="#FF9A5C",
    grades=("#FF9A5C", "#5A3A22", "#2A343D", "#284C6C", "#B5D3F2"),
    on_grades=("#12181E", "#FFE3CF", "#E9EEF2", "#E9EEF2", "#12181E"),
)


def finish(ink: Ink, height: int, *layers: alt.Chart, shared: Channels | None = None) -> Spec:
    """The drawing as Vega-Lite without data, as wide as its column and `height` pixels high.

    `shared` are channels of all layers, said once: a short drawing is quicker to send.
    """
    together = alt.layer(*layers).encode(**(shared or {}))
    return _without_data(together.to_dict(validate=False)) | {
        "width": "container",
        "height": height,
        "padding": {"left": 0, "right": 6, "top": 6, "bottom": 2},
        "config": _config(ink),
    }


def _without_data(spec: Spec) -> Spec:
    """Layers inherit whatever table is handed over with the drawing, so none may name its own."""
    dropped = {"data", "datasets", "config", "$schema"}
    kept = {key: value for key, value in spec.items() if key not in dropped}
    if "layer" in kept:
        kept["layer"] = [_without_data(layer) for layer in kept["layer"]]
    return kept


def _config(ink: Ink) -> Spec:
    axis = {
        "labelColor": ink.muted,
        "titleColor": ink.muted,
        "gridColor": ink.grid,
        "domainColor": ink.faint,
        "tickColor": ink.faint,
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "labelFlush": False,
    }
    return {
        "background": "transparent",
        "font": "Public Sans, sans-serif",
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "text": {"fontSize": FONT_SIZE, "color": ink.ink},
    }
