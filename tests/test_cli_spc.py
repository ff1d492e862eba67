"""`spc`: limits and signals of a series in a file."""

import csv
import io
import json
from functools import partial

import pytest

from tests.terminal import REFUSED, typed

FLAT = [10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10]


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line with these words."""
    return partial(typed, monkeypatch, capsys)


@pytest.fixture
def series(tmp_path):
    """Write values into a file with periods."""

    def write(values):
        path = tmp_path / "series.csv"
        rows = "".join(f"2025-{number:02},{value}\n" for number, value in enumerate(values, start=1))
        path.write_text(f"\ufeffperiod,value\n{rows}", encoding="utf-8")
        return path

    return write


def test_limits_are_the_mean_and_2_66_times_the_mean_moving_range(run, series):
    status, out, _ = run("spc", series(FLAT), "--format", "csv")
    found = list(csv.DictReader(io.StringIO(out)))
    steps = [abs(after - before) for before, after in zip(FLAT, FLAT[1:], strict=False)]
    mean, reach = sum(FLAT) / len(FLAT), 2.66 * sum(steps) / len(steps)
    assert status == 0
    assert list(found[0]) == ["period", "value", "mean", "lower", "upper", "type"]
    assert [row["period"] for row in found] == [f"2025-{number:02}" for number in range(1, 14)]
    for row in found:
        limits = float(row["mean"]), float(row["lower"]), float(row["upper"])
        assert limits == pytest.approx((mean, mean - reach, mean + reach))
        assert row["type"] == "common_cause"


@pytest.mark.parametrize(
    ("better", "kind"),
    [
        ("higher", "special_cause_improvement"),
        ("lower", "special_cause_concern"),
        ("neither", "special_cause_neutral_high"),
    ],
)
def test_a_point_far_out_is_good_or_bad_by_the_direction(run, series, better, kind):
    _, out, _ = run("spc", series([*FLAT, 40]), "--better", better, "--format", "json")
    assert json.loads(out)["series"][-1]["type"] == kind


def test_fewer_than_twelve_points_have_no_limits(run, series):
    _, out, _ = run("spc", series(FLAT[:11]), "--format", "json")
    assert {row["mean"] for row in json.loads(out)["series"]} == {None}


def test_every_bad_row_is_named_and_nothing_is_printed(run, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("period,value\n2025-01,ten\n,12\n2025-03,inf\n2025-04,9\n", encoding="utf-8")
    status, out, err = run("spc", path)
    assert (status, out) == (REFUSED, "")
    assert "bad.csv, row 2, field “value”: “ten” is not a number" in err
    assert "bad.csv, row 3, field “period”: nothing stands here" in err
    assert "bad.csv, row 4, field “value”: “inf” is not a number" in err
    assert "row 5" not in err


@pytest.mark.parametrize("content", [b"", b"period,value\n", b"month,number\n1,2\n", b"\xff\xfe\x00"])
def test_a_file_that_holds_no_series_is_refused(run, tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert run("spc", path)[0] == REFUSED


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    status, _, err = run("spc", tmp_path / "none.csv")
    assert status == REFUSED
    assert "none.csv could not be read" in err
