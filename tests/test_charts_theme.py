"""The inks can be told apart from what they stand on, and the pages' theme uses the same."""

import tomllib
from pathlib import Path

import pytest

from lscb_core.charts.theme import DARK, LIGHT

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "lscb_core" / "ui" / "static"
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
both = pytest.mark.parametrize(("ink", "name"), [(LIGHT, "light"), (DARK, "dark")], ids=["light", "dark"])


def _light(hue: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert _contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert _contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


@both
def test_text_can_be_read_on_the_page_and_on_a_band(ink, name):
    for ground in (ink.page, ink.band):
        assert _contrast(ink.ink, ground) >= 4.5
        assert _contrast(ink.muted, ground) >= 4.5


@both
@pytest.mark.parametrize("hue", ["blue", "teal", "plum", "orange", "grey"])
def test_marks_can_be_seen_on_the_page(ink, name, hue):
    assert _contrast(getattr(ink, hue), ink.page) >= 3


@both
def test_letters_can_be_read_on_their_tiles(ink, name):
    for tile, letter in zip(ink.grades, ink.on_grades, strict=True):
        assert _contrast(tile, letter) >= 4.5


@both
def test_the_pages_use_the_inks_of_the_charts(ink, name):
    theme = CONFIG["theme"][name]
    assert (theme["backgroundColor"], theme["textColor"]) == (ink.page, ink.ink)
    assert (theme["blueColor"], theme["orangeColor"]) == (ink.blue, ink.orange)


@both
def test_the_edge_of_an_input_can_be_seen(ink, name):
    assert _contrast(CONFIG["theme"][name]["borderColor"], ink.page) >= 3


def test_the_font_is_our_own_file_with_its_licence():
    [face] = CONFIG["theme"]["fontFaces"]
    assert (STATIC / face["url"].removeprefix("app/static/")).read_bytes()[:4] == b"wOF2"
    assert "SIL Open Font License" in (STATIC / "public-sans-OFL.txt").read_text()
    assert face["family"] in CONFIG["theme"]["font"]


def test_nothing_of_the_look_comes_from_outside():
    assert "://" not in str(CONFIG)
    logo = (STATIC / "logo.svg").read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in logo
    assert (STATIC / "icon.png").read_bytes()[:4] == b"\x89PNG"


def test_the_server_tells_nobody_what_went_wrong_and_takes_no_large_file():
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["server"]["maxUploadSize"] == 500  # the census; each page allows less (ui/uploads.py)
    assert CONFIG["browser"]["gatherUsageStats"] is False
