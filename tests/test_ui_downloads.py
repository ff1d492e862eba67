"""Tables to take away: nothing in them runs, nothing in them is lost, and no address can be guessed."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from lscb_core.ui.downloads import csv_of, excel_of
from tests.naughty import FORMULAS, LONG, NOT_TEXT, WORDS

ABOUT = "Testford board, as at 31 March 2014"
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n=")


def read_csv(content: bytes) -> list[list[str]]:
    """Every line, as a program that follows the standard reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_excel(content: bytes) -> list[list[object]]:
    """Every line of the sheet, and a check that no cell is a formula."""
    [sheet] = load_workbook(io.BytesIO(content)).worksheets
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "inlineStr", "n", "e"}
    return [[cell.value for cell in row] for row in sheet.rows]


def as_taken(text: str) -> str:
    """What a file holds of a text: an apostrophe before what would run, plain ends of lines."""
    marked = f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
    return marked.replace("\r\n", "\n").replace("\r", "\n")


def table(*words: str) -> pd.DataFrame:
    return pd.DataFrame({"What": list(words), "Days late": [3] * len(words)}, dtype=object)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_runs_as_a_formula_in_either_file(text):
    [_, _, [cell, days]] = read_csv(csv_of(table(text), ABOUT))
    assert (cell, days) == (as_taken(text), "3")
    assert not cell.startswith(RUNS)
    [_, _, _, [cell, days]] = read_excel(excel_of(table(text), ABOUT))
    assert (cell, days) == (as_taken(text), 3)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_heading_or_a_boards_name_does_not_run_either(text):
    frame = pd.DataFrame({text: [1]})
    [[head], [name], _] = read_csv(csv_of(frame, text))
    assert name == as_taken(text)
    assert head.startswith(as_taken(text))
    [[head], _, [name], _] = read_excel(excel_of(frame, text))
    assert name == as_taken(text)
    assert head.startswith(as_taken(text))


def test_a_number_below_zero_stays_a_number():
    frame = pd.DataFrame({"Change": [-3, 2]})
    assert read_csv(csv_of(frame, ABOUT))[2:] == [["-3"], ["2"]]
    assert read_excel(excel_of(frame, ABOUT))[3:] == [[-3], [2]]


def test_every_other_text_comes_back_as_it_was():
    frame = table(*WORDS)
    assert [row[0] for row in read_csv(csv_of(frame, ABOUT))[2:]] == list(WORDS)
    assert [row[0] or "" for row in read_excel(excel_of(frame, ABOUT))[3:]] == list(WORDS)


@given(text=some.text(max_size=60))
@settings(deadline=None)
def test_whatever_was_typed_comes_back_from_a_csv(text):
    [_, _, [cell, _]] = read_csv(csv_of(table(text), ABOUT))
    assert cell == as_taken(text)


@given(text=some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=60))
@settings(deadline=None, max_examples=15)
def test_whatever_was_typed_comes_back_from_a_workbook(text):
    [_, _, _, [cell, _]] = read_excel(excel_of(table(text), ABOUT))
    assert (cell or "") == as_taken(text)


@pytest.mark.parametrize("text", NOT_TEXT)
def test_what_is_no_text_leaves_a_mark_and_the_rest_of_the_table(text):
    [_, _, [_, days]] = read_csv(csv_of(table(text), ABOUT))
    assert days == "3"
    [_, _, _, [cell, days]] = read_excel(excel_of(table(text), text))
    assert "\ufffd" in cell
    assert days == 3


def test_a_very_long_text_is_whole_in_a_csv_and_as_long_as_excel_allows_in_a_workbook():
    assert read_csv(csv_of(table(LONG), ABOUT))[2][0] == LONG
    assert read_excel(excel_of(table(LONG), ABOUT))[3][0] == LONG[:32_766] + "…"


def test_the_first_line_says_what_the_table_is_and_carries_a_number_of_its_own():
    said = re.compile(re.escape(ABOUT) + r"\. Export ([0-9a-f]{32})")
    heads = [read_csv(csv_of(table("x"), ABOUT))[0][0], read_excel(excel_of(table("x"), ABOUT))[0][0]]
    assert all(said.fullmatch(head) for head in heads)
    assert heads[0] != heads[1]


@pytest.mark.parametrize("made", [csv_of, excel_of])
def test_the_same_table_taken_twice_gives_two_files(made):
    assert made(table("x"), ABOUT) != made(table("x"), ABOUT)


def test_a_quotation_mark_in_a_boards_name_breaks_nothing():
    [[head], names, _] = read_csv(csv_of(table("x"), 'The "new" board, as at today'))
    assert head.startswith('The "new" board, as at today. Export ')
    assert names == ["What", "Days late"]


def test_excel_is_told_which_letters_these_are():
    assert csv_of(table("é"), ABOUT).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("frame", [table(), pd.DataFrame()])
def test_an_empty_table_can_be_taken_too(frame):
    assert len(read_csv(csv_of(frame, ABOUT))) >= 1
    assert read_excel(excel_of(frame, ABOUT))[0][0].startswith(ABOUT)
