"""A series with its limits: which signals are large, where lines break, one drawing for all measures."""

import pytest

from lscb_core.charts import xmr
from lscb_core.charts.theme import LIGHT
from lscb_core.charts.xmr_words import KINDS
from lscb_core.domain.spc import Kind
from tests import charts_examples as examples

SERIES = examples.series()


def test_every_kind_of_point_has_words_a_colour_and_a_shape():
    encoding = SERIES.spec()["layer"][-1]["encoding"]
    assert (
        set(KINDS)
        == set(Kind)
        == set(encoding["color"]["scale"]["domain"])
        == set(encoding["shape"]["scale"]["domain"])
    )
    assert len(set(encoding["shape"]["scale"]["range"])) == 5


def test_a_signal_is_large_only_within_the_last_twelve_months():
    large = {row["on"] for row in SERIES.rows("point") if row["size"] == xmr.LARGE}
    signals = {row["on"] for row in SERIES.rows("point") if row["type"] != "common_cause"}
    assert large == {on for on in signals if on > "2025-03-31"}
    assert large
    assert large != signals


def test_limits_and_target_are_the_ones_handed_over():
    [band] = SERIES.rows("band")
    assert (band["value"], band["upper"]) == (SERIES.frame["lower"][0], SERIES.frame["upper"][0])
    assert [row["value"] for row in SERIES.rows("limit")] == [band["value"], band["upper"]]
    assert [row["value"] for row in SERIES.rows("mean")] == [SERIES.frame["mean"][0]]
    assert [row["value"] for row in SERIES.rows("target")] == [80]
    assert (band["on"], band["until"]) == ("2024-04-30", "2026-03-31")


def test_fewer_than_twelve_points_have_no_band():
    short = examples.series([6, 8, 7, 9, 6, 10, 8, 9])
    assert not short.rows("band")
    assert len(short.rows("point")) == 8
    assert "too few points for limits" in short.words()


def test_no_line_is_drawn_over_a_month_that_was_not_sent():
    values = [*range(50, 60), None, *range(50, 63)]
    runs = [row["run"] for row in examples.series(values).rows("point")]
    assert len(runs) == 23
    assert runs[9] != runs[10]
    assert len(set(runs)) == 2


def test_each_stretch_between_declared_changes_has_its_own_limits():
    frame = SERIES.frame.assign(stretch=["before"] * 12 + ["since"] * 12)
    frame.loc[12:, ["mean", "lower", "upper"]] = [70.0, 60.0, 80.0]
    before, since = SERIES._replace(frame=frame).rows("band")
    assert before["until"] < since["on"]
    assert (since["value"], since["upper"]) == (60, 80)


def test_all_measures_of_a_page_share_one_drawing():
    other = examples.series([float(at % 7) for at in range(24)], title="Another measure", target=5.0)
    assert other.spec() is SERIES.spec()
    assert examples.series(unit="").spec() is not SERIES.spec()


def test_values_are_said_with_their_unit():
    assert SERIES.rows("point")[-1]["said"] == "March 2026: 52%, worse than ordinary"
    weeks = examples.series([11.25] * 12, unit=" weeks").rows("point")[-1]
    assert weeks["shown"] == "11.2 weeks"


def test_the_words_tell_the_latest_value_its_range_and_the_news():
    words = SERIES.words()
    assert words.startswith("Return interviews: 52% in March 2026, average 62.2%, ordinary ups and downs 49.")
    signals = [row["type"] for row in SERIES.frame.tail(12).to_dict("records")]
    assert f"{signals.count('special_cause_concern')} worse than ordinary" in words


def test_a_height_can_be_asked_for():
    assert xmr.spec(LIGHT, **xmr.shape(SERIES.frame, height=220))["height"] == 220


@pytest.mark.parametrize("width", [300, 560])
def test_the_dates_under_a_series_are_its_first_and_its_last(width):
    assert "Apr 24" in SERIES.svg(width)
    assert "Mar 26" in SERIES.svg(width)
