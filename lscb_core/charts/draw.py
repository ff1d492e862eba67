"""A chart as a picture without a browser: for the board pack and for tests."""

import pyarrow as pa

from lscb_core.charts.theme import Spec

# Free, measured exactly by the drawing engine, and of much the same width as the font on screen.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def whole(spec: Spec, table: pa.Table, *, width: int = 640) -> Spec:
    """The drawing with its data inside, a width in pixels and a font that is everywhere."""
    config = spec["config"] | {"font": FONT}
    fit = {"type": "fit", "contains": "padding"}
    return spec | {"data": {"values": table.to_pylist()}, "width": width, "autosize": fit, "config": config}


def svg(spec: Spec, table: pa.Table, *, width: int = 640) -> str:
    """The chart as SVG text, `width` pixels wide."""
    # Imported here: it carries a JavaScript engine that pages never need.
    import vl_convert

    return str(vl_convert.vegalite_to_svg(whole(spec, table, width=width), vl_version="6.4"))


def png(spec: Spec, table: pa.Table, *, width: int = 640, scale: float = 2.0) -> bytes:
    """The chart as PNG, `width` times `scale` pixels wide."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg(spec, table, width=width), scale=scale))
