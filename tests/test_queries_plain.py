"""Frames as text: safe in a spreadsheet, exact in JSON, readable on a terminal."""

import csv
import io
import json
from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.vocab import Status
from lscb_core.queries.plain import as_csv, as_records, as_table


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    written = as_csv(pd.DataFrame({"note": [f"{start}1+1"]}))
    [[_], [cell]] = csv.reader(io.StringIO(written, newline=""))
    assert cell == f"'{start}1+1".replace("\r", "\n")


def test_numbers_below_zero_stay_numbers():
    assert as_csv(pd.DataFrame({"change": [-3], "note": ["plain"]})) == "change,note\n-3,plain\n"


def test_records_are_ready_for_json():
    frame = pd.DataFrame(
        {
            "on": [date(2014, 3, 31), None],
            "count": pd.array([5, None], dtype="Int64"),
            "share": [0.5, float("nan")],
            "status": [Status.COMPLETE, None],
            "late": [True, False],
        }
    )
    assert json.loads(json.dumps(as_records(frame), allow_nan=False)) == [
        {"on": "2014-03-31", "count": 5, "share": 0.5, "status": "complete", "late": True},
        {"on": None, "count": None, "share": None, "status": None, "late": False},
    ]


def test_a_table_shows_days_in_words_and_leaves_empty_columns_out():
    frame = pd.DataFrame({"on": [date(2014, 3, 31)], "value": [4031.0], "empty": [None], "blank": [""]})
    assert as_table(frame).split() == ["on", "value", "31", "Mar", "2014", "4031"]


def test_long_text_is_cut_in_a_table_alone():
    frame = pd.DataFrame({"note": ["word " * 40]})
    assert "…" in as_table(frame)
    assert "…" not in as_csv(frame)


def test_an_empty_table_says_so():
    assert as_table(pd.DataFrame({"note": []})) == "(none)"
