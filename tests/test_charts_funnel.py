"""The funnel: who is drawn, where the axes end, where names stand, what can be chosen."""

from math import sqrt

import pytest

from lscb_core.charts import funnel
from lscb_core.charts.labels import CHARACTER
from lscb_core.domain.intervals import funnel_limits
from tests import charts_examples as examples

FUNNEL = examples.agencies()
RATE = FUNNEL.options["rate"]


def _scale(channel):
    return FUNNEL.spec()["encoding"][channel]["scale"]


def test_an_agency_with_fewer_than_ten_referrals_is_not_drawn():
    drawn = {row["agency"] for row in FUNNEL.rows("point")}
    assert drawn == {who for who, *_ in examples.AGENCIES}
    assert "Youth justice" not in FUNNEL.svg()
    shared = FUNNEL.frame.fillna({"share": 0.375, "low": 0.1, "high": 0.7, "position": "within"})
    assert "Youth justice" not in {row["agency"] for row in FUNNEL._replace(frame=shared).rows("point")}


def test_an_agency_whose_counts_are_hidden_is_not_drawn():
    hidden = FUNNEL.frame.copy()
    hidden.loc[hidden["agency"] == "GPs", ["below", "referrals", "share", "low", "high"]] = None
    assert "GPs" not in {row["agency"] for row in FUNNEL._replace(frame=hidden).rows("point")}


def test_the_axes_hold_every_point():
    left, right = _scale("x")["domain"]
    low, high = _scale("y")["domain"]
    for row in FUNNEL.rows("point"):
        assert left < row["referrals"] < right
        assert low < row["share"] < high


def test_a_new_month_does_not_change_the_drawing():
    later = FUNNEL.frame.copy()
    later["share"] = later["share"] + 0.004
    assert funnel.shape(later, rate=RATE) == funnel.shape(FUNNEL.frame, rate=RATE)


def test_the_curves_are_the_limits_of_the_rules():
    curve = FUNNEL.rows("limit")
    for row in curve:
        reach = 1.959964 * sqrt(RATE * (1 - RATE) / row["referrals"])
        assert row["high_95"] == pytest.approx(min(RATE + reach, 1))
        assert row["low_998"] == pytest.approx(funnel_limits(RATE, row["referrals"]).low_998)
    assert [curve[0]["referrals"], curve[-1]["referrals"]] == pytest.approx(_scale("x")["domain"])


def test_the_boards_line_is_named_after_whose_rate_it_is():
    assert "board 33.6%" in [row["note"] for row in FUNNEL.rows("end")]
    england = FUNNEL._replace(options={"rate": RATE, "name": "England"})
    assert "England 33.6%" in [row["note"] for row in england.rows("end")]


def test_outliers_have_another_shape_as_well_as_another_colour():
    encoding = FUNNEL.spec()["layer"][-1]["encoding"]
    shapes = dict(zip(encoding["shape"]["scale"]["domain"], encoding["shape"]["scale"]["range"], strict=True))
    assert (shapes["well above"], shapes["within"], shapes["well below"]) == (
        "triangle-up",
        "circle",
        "triangle-down",
    )


@pytest.mark.parametrize(("fits", "width"), [("full", 952), ("wide", 792), ("middle", 472), ("phone", 262)])
def test_names_do_not_overlap_at_any_width(fits, width):
    left, right = _scale("x")["domain"]
    low, high = _scale("y")["domain"]
    boxes = []
    for row in FUNNEL.rows("name"):
        if row["fits"] == fits:
            x = (sqrt(row["referrals"]) - sqrt(left)) / (sqrt(right) - sqrt(left)) * width + row["dx"]
            y = (high - row["share"]) / (high - low) * 344 + row["dy"]
            half = len(row["note"]) * CHARACTER / 2
            boxes.append((x - half, y - 8, x + half, y + 8))
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart


def _named(fits):
    return [row for row in FUNNEL.rows("name") if row["fits"] == fits]


def test_a_wide_screen_names_everybody_and_a_phone_only_outliers():
    assert len(_named("full")) == len(examples.AGENCIES)
    assert "within" not in {row["position"] for row in _named("phone")}
    assert {"Police 42%", "Housing 44%", "Schools 27%"} <= {row["note"] for row in _named("phone")}


def test_what_is_drawn_follows_the_width():
    assert "Probation 32%" in FUNNEL.svg(1120)
    assert "Probation 32%" not in FUNNEL.svg(345)
    assert "99.8% limit" in FUNNEL.svg(1120)
    assert "99.8% limit" not in FUNNEL.svg(345)


def test_a_point_can_be_chosen_by_the_name_of_its_agency():
    [choice] = FUNNEL.spec()["params"]
    assert choice == {
        "name": "agency",
        "select": {"type": "point", "fields": ["agency"]},
        "views": ["agencies"],
    }
    assert FUNNEL.spec()["layer"][-1]["name"] == "agencies"


def test_the_words_name_who_stands_outside():
    words = FUNNEL.words()
    assert "above what chance explains: Housing 44% (95 of 216), Police 42% (1,204 of 2,874)" in words
    assert "within what chance explains: Ambulance 39% (58 of 149)" in words
    assert "board 33.6%" in words
