"""The figures that charts show are the frame's, and what is hidden or too few never becomes a mark."""

import re
from datetime import date

import pandas as pd
import pytest

from lscb_core.charts import steps, strips
from tests import charts_examples as examples


def _texts(picture):
    """What is written in a picture, in the order of drawing."""
    return re.findall(r">([^<>]+)</text>", picture.replace("&#39;", "'"))


def test_late_bars_are_as_long_as_the_counts_and_stand_in_the_frames_order():
    late = examples.late()
    assert [(r["agency"], r["start"], r["end"]) for r in late.rows("over_28")] == [
        ("Police", 0, 3),
        ("Mental health", 0, 1),
    ]
    assert [(r["agency"], r["start"], r["end"]) for r in late.rows("up_to_28")] == [
        ("Police", 3, 4),
        ("Housing", 0, 2),
        ("GPs", 0, 1),
    ]
    written = _texts(late.svg())
    assert [text for text in written if text in set(late.frame["agency"])] == list(late.frame["agency"])


def test_late_bars_say_how_many_and_how_long():
    notes = [row["note"] for row in examples.late().rows("note")]
    assert notes == ["4, longest 141 days", "2, longest 12 days", "1, longest 203 days", "1, longest 1 day"]
    assert [row["start"] for row in examples.late().rows("note")] == [4, 2, 1, 1]  # where the bars end
    assert examples.late().words().startswith("Late actions by agency. Police 4, longest 141 days; Housing 2")


def test_a_step_says_its_share_of_the_step_before_and_the_year_before():
    notes = [(row["step"], row["note"], row["short"]) for row in examples.conversion().rows("step")]
    assert notes == [
        ("Contacts", "18,460", "18,460"),
        ("Referrals", "7,936 · 43% (was 45%)", "7,936 · 43%"),
        ("Protection plans", "486 · 81%", "486 · 81%"),
    ]


def test_a_hidden_step_keeps_its_place_and_shows_its_letter():
    written = _texts(examples.conversion().svg())
    names = [text for text in written if text in set(examples.conversion().frame["step"])]
    assert names == list(examples.conversion().frame["step"])
    assert [row["note"] for row in examples.conversion().rows("missing")] == ["c"]
    unsaid = pd.DataFrame([("Conferences", None, None, None)], columns=list(steps.columns)[:4])
    assert steps.table(unsaid).to_pylist()[0]["note"] == "not held"


def test_a_phone_leaves_out_the_year_before():
    assert "7,936 · 43% (was 45%)" in _texts(examples.conversion().svg(640))
    assert "7,936 · 43%" in _texts(examples.conversion().svg(345))


def test_strips_share_one_scale():
    bars = {
        (row["group"], row["period"]): row["down"] - row["top"] for row in examples.counts().rows("count")
    }
    assert bars[("2 Early help", "2025-26")] == pytest.approx(strips.BARS)  # the largest of all
    assert bars[("4 Specialist", "2024-25")] == pytest.approx(strips.BARS * 65 / 260)
    assert [row["note"] for row in examples.counts().rows("hidden")] == ["c"]
    assert [row["note"] for row in examples.counts().rows("name")] == ["260 in 2025-26", "c in 2025-26"]


def test_the_boards_own_council_stands_out_and_england_is_a_line():
    councils = examples.councils()
    assert [(row["area"], row["note"]) for row in councils.rows("board")] == [("Stockton-on-Tees", "24.8%")]
    assert [row["note"] for row in councils.rows("england")] == ["England 22.4%"]
    assert [(row["area"], row["note"]) for row in councils.rows("missing")] == [("Tameside", "c")]
    bold = re.findall(r'font-weight="(?:bold|700)"[^>]*>([^<]+)<', councils.svg())
    assert "Stockton-on-Tees" in bold
    assert "Wigan" not in bold


def test_a_council_without_a_figure_keeps_its_place():
    listed = [area for area in examples.councils().frame["area"] if area != "England"]
    assert [text for text in _texts(examples.councils().svg()) if text in listed] == listed


def test_a_council_is_compared_without_a_league_table():
    assert examples.councils().words() == (
        "Re-referrals. Stockton-on-Tees 24.8%; England 22.4%; "
        "neighbours 19.0% to 27.3%; 1 of 3 neighbours are higher."
    )


def test_no_line_crosses_a_year_without_a_figure():
    runs = {row["year"]: row["run"] for row in examples.years().rows("board")}
    assert 2016 not in runs
    assert runs[2015] != runs[2017]
    assert runs[2017] == runs[2024]
    assert [(row["year"], row["note"]) for row in examples.years().rows("symbol")] == [(2016, "x")]


def test_a_line_that_ends_early_says_in_which_year():
    frame = examples.years().frame.copy()
    frame.loc[frame["year"] == 2024, "england"] = None
    [name] = examples.years()._replace(frame=frame).rows("england_name")
    assert name["note"] == "England\n22%\nin 2023"
    [board] = examples.years()._replace(frame=frame).rows("board_name")
    assert "in 20" not in board["note"]


@pytest.mark.parametrize("ends", [(23.4, 23.3), (15.1, 15.0), (29.0, 28.9), (16.0, 28.0)])
def test_names_at_the_ends_of_lines_do_not_touch_or_leave_the_plot(ends):
    years = examples.years()
    years.frame.loc[years.frame["year"] == 2024, ["board", "england"]] = list(ends)
    low, high = years.spec()["encoding"]["y"]["scale"]["domain"]
    boxes = []
    for row in years.rows("board_name") + years.rows("england_name"):
        top = (high - row["value"]) / (high - low) * 226 + row["dy"]
        boxes.append((top, top + 15 * len(row["note"].split("\n"))))
    (upper, lower) = sorted(boxes)
    assert upper[0] >= 0
    assert upper[1] <= lower[0]
    assert lower[1] <= 226


def test_values_beside_each_other_have_the_same_decimal_places():
    shown = [row["note"] for part in ("board", "neighbour") for row in examples.councils().rows(part)]
    assert shown == ["24.8%", "27.3%", "23.7%", "19.0%"]
    assert {row["shown"] for row in examples.years().rows("england")} == {"22%"}


def test_a_trend_leaves_out_a_month_that_was_not_sent():
    months = examples.months()
    assert len(months.rows("month")) == 23
    runs = {row["month"]: row["run"] for row in months.rows("month")}
    assert runs["August 2024"] != runs["October 2024"]
    assert runs["March 2025"] != runs["April 2025"]  # another threshold document


def test_a_threshold_document_stands_before_the_month_of_its_first_day():
    months = examples.months()
    [document] = months.rows("document")
    assert document["on"] == "2025-04-01"
    [april] = [row for row in months.rows("month") if row["month"] == "April 2025"]
    [march] = [row for row in months.rows("month") if row["month"] == "March 2025"]
    assert march["on"] < document["on"] < april["on"]
    assert document["note"] == "Threshold guide\nin use, 1 April 2025"


def test_a_document_from_before_the_months_shown_is_not_drawn():
    months = examples.months()
    long_ago = months.options | {"documents": (("Old guide", date(2020, 1, 1)),)}
    assert not months._replace(options=long_ago).rows("document")


def test_levels_before_and_since_are_the_ones_handed_over():
    names = [row["note"] for row in examples.months().rows("era_name")]
    assert names == ["Before: 36.2%", "Since: 30.9%"]
    assert [row["share"] for row in examples.months().rows("era")] == [0.362, 0.309]


def test_days_may_come_as_moments_of_a_frame():
    months, graded = examples.months(), examples.grades()
    for example, column in ((months, "month"), (graded, "month")):
        moments = example.frame.assign(**{column: pd.to_datetime(example.frame[column])})
        assert example._replace(frame=moments).table() == example.table()
