"""What every chart keeps to: a drawing without data, one table, words, both themes, no outside help."""

import json
import re
from html import unescape
from importlib import import_module
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from lscb_core import charts
from lscb_core.charts import draw
from lscb_core.charts.theme import DARK, LIGHT
from tests.charts_examples import EXAMPLES

every_chart = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
INKS = {"light": LIGHT, "dark": DARK}


def _layers(spec):
    return spec["layer"]


def _fields(node):
    """All columns that a drawing asks for, in channels and in expressions."""
    if isinstance(node, list):
        return set().union(*map(_fields, node))
    if not isinstance(node, dict):
        return set(re.findall(r"datum\.(\w+)", node)) if isinstance(node, str) else set()
    named = {node["field"]} if isinstance(node.get("field"), str) else set()
    return named.union(*map(_fields, node.values()))


def _parts(spec):
    tests = [step["filter"] for layer in _layers(spec) for step in layer.get("transform", [])]
    return {part for test in tests for part in re.findall(r"datum\.part === '(\w+)'", test)}


def test_every_chart_is_tried_here_or_has_tests_of_its_own():
    folder = Path(charts.__file__).parent
    names = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    drawing = {name for name in names if hasattr(import_module(f"lscb_core.charts.{name}"), "spec")}
    tried = {example.name for example in EXAMPLES}
    own = {path.stem.removeprefix("test_charts_") for path in Path(__file__).parent.glob("test_charts_*.py")}
    assert tried <= drawing
    assert drawing - tried - own == set()


@every_chart
@pytest.mark.parametrize("theme", INKS)
def test_a_drawing_is_valid_vega_lite(example, theme):
    whole = draw.whole(example.spec(INKS[theme]), example.table())
    alt.LayerChart.from_dict(whole, validate=True)


@every_chart
def test_no_layer_names_data_of_its_own(example):
    spec = example.spec()
    assert not [node for node in (spec, *_layers(spec)) if {"data", "datasets", "$schema"} & node.keys()]


@every_chart
def test_a_drawing_is_made_once_and_a_page_gets_the_same_again(example):
    assert example.spec() is example.spec()


@every_chart
def test_options_of_the_other_functions_are_let_by(example):
    more = example.options | {"an_option_of_another_function": 1}
    assert example.kind.shape(example.frame, **more) == example.kind.shape(example.frame, **example.options)
    assert example.kind.table(example.frame, **more) == example.table()
    assert example.kind.alt_text(example.frame, **more) == example.words()


@every_chart
def test_a_drawing_is_short_enough_to_be_sent_at_every_run(example):
    assert len(json.dumps(example.spec())) < 6000


@every_chart
def test_all_that_a_drawing_asks_for_is_in_the_table(example):
    beyond_the_table = {"index", "label", "value"}  # of an axis' own labels
    asked = _fields(_layers(example.spec())) | _fields(example.spec()["encoding"])
    assert asked - beyond_the_table <= set(example.table().column_names)


@every_chart
def test_every_part_of_the_table_is_drawn_and_every_layer_has_its_part(example):
    assert set(example.table()["part"].to_pylist()) == _parts(example.spec())


@every_chart
def test_colours_come_from_the_theme_alone(example):
    for ink in INKS.values():
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(example.spec(ink))))
        known = {getattr(ink, name) for name in ink.__slots__ if "grades" not in name}
        assert used <= known | {*ink.grades, *ink.on_grades}


@every_chart
def test_no_chart_has_a_legend_to_be_matched_by_colour(example):
    assert "role-legend" not in example.svg()


@every_chart
def test_a_mark_that_speaks_has_its_own_words(example):
    spoken = [layer for layer in _layers(example.spec()) if layer["mark"].get("aria") is not False]
    assert all("description" in layer["encoding"] for layer in spoken)
    said = {row["said"] for part in _parts({"layer": spoken}) for row in example.rows(part)}
    heard = re.findall(r'aria-label="([^"]+)"', example.svg())
    assert said
    assert said <= set(map(unescape, heard))


@every_chart
def test_the_table_is_plain_words_and_numbers(example):
    assert {str(field.type) for field in example.table().schema} <= {"string", "double"}


@every_chart
def test_a_frame_without_a_needed_column_is_refused(example):
    short = example.frame.drop(columns=example.frame.columns[0])
    with pytest.raises(KeyError):
        example.kind.table(short, **example.options)


@every_chart
def test_the_words_are_sentences_with_figures(example):
    assert re.search(r"\d", example.words())
    assert example.words().endswith(".")
    assert not re.search(r"nan|None|\bnull\b", example.words())


@every_chart
def test_nothing_missing_is_written_as_nan_or_null(example):
    svg = example.svg(345)
    assert not re.search(r">[^<]*\b(NaN|null|undefined)\b[^<]*<", svg)


@every_chart
def test_an_empty_frame_draws_and_speaks(example):
    empty = pd.DataFrame(columns=example.frame.columns)
    spec = example.kind.spec(LIGHT, **example.kind.shape(empty, **example.options))
    assert draw.svg(spec, example.kind.table(empty, **example.options)).startswith("<svg")
    assert example.kind.alt_text(empty, **example.options).endswith(".")


@pytest.mark.parametrize("width", [345, 640, 1120])
@every_chart
def test_nothing_is_drawn_beyond_the_picture(example, width):
    svg = example.svg(width)
    assert float(re.search(r'<svg[^>]* width="([\d.]+)"', svg)[1]) <= width


def test_a_picture_for_paper_is_png_at_twice_the_size():
    picture = draw.png(EXAMPLES[0].spec(), EXAMPLES[0].table(), width=300)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert 560 <= int.from_bytes(picture[16:20], "big") <= 640
