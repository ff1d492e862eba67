"""The measures in words: what needs an answer, where each stands, what single figures say."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.spc import Standing
from lscb_core.findings import measures as words
from lscb_core.queries.document_figures import DOCUMENT_FIGURES
from lscb_core.queries.measure_cards import CARDS
from lscb_core.queries.partner_returns import RETURNS

CARD = {
    "measure": "return_interviews_72h", "title": "Return interviews", "unit": "percent", "better": "higher",
    "standing": "steady", "is_explained": True,
    "first_period": date(2024, 4, 30), "period": date(2026, 3, 31),
    "value": 51.8, "mean": 62.2, "target": 80.0, "text": "", "signed_by": "Head of service",
    "written_on": date(2026, 3, 4), "owner": "Police",
}  # fmt: skip
OWED = {"standing": "worse", "is_explained": False}


def cards(*changes):
    return pd.DataFrame([CARD | change for change in changes], columns=list(CARDS))


def figures(*rows):
    plain = {"label": "Children on a plan", "unit": "count", "value": 164.0, "period_end": date(2014, 1, 31)}
    listed = pd.DataFrame([plain | row for row in rows], columns=list(DOCUMENT_FIGURES))
    return listed.astype({"numerator": "Int64", "denominator": "Int64"})


def test_the_headline_counts_measures_that_can_be_better_or_worse():
    held = cards(OWED, {}, {"standing": "changed", "better": "neither"}, {"standing": "few"})
    assert words.headline(held) == "1 of 2 measures gives cause for concern"
    assert words.headline(cards(OWED, OWED, {})) == "2 of 3 measures give cause for concern"
    assert words.headline(cards({})) == "None of 1 measure gives cause for concern"
    assert words.headline(cards({"standing": "few"})) == "Measures"


def test_the_sentence_says_how_many_have_no_explanation_and_of_which_months():
    assert words.lead(cards(OWED, {})) == (
        "Those that need an answer stand first. **1 of them has no explanation.** "
        "Figures from April 2024 to March 2026."
    )
    assert "explanation" not in words.lead(cards({"standing": "worse"}))


def test_every_standing_has_a_group_and_a_badge():
    standings = set(Standing.__args__)
    assert {each for kinds in words.GROUPS.values() for each in kinds} == standings == set(words.BADGES)


def test_groups_without_a_measure_are_not_shown():
    assert list(words.groups(cards({}, OWED))) == ["Needs an answer", "No real change"]


def test_levels_are_said_as_far_as_they_are_known():
    assert words.levels(CARD) == "**52%**, average 62%, target 80%"
    assert words.levels(CARD | {"unit": "count", "value": 9.0, "mean": None, "target": None}) == "**9**"
    assert words.levels(CARD | {"unit": "days", "value": 81.6, "mean": 80.0, "target": None}) == (
        "**81.6 days**, average 80 days"
    )


def test_an_explanation_is_owed_where_the_measure_is_worse_and_nobody_has_said_why():
    assert words.is_owed(CARD | OWED)
    assert not words.is_owed(CARD | {"standing": "worse"})
    assert not words.is_owed(CARD | {"standing": "changed", "is_explained": False})
    assert words.card_line(CARD | OWED)[2].endswith("March 2026. No explanation yet.")


def test_an_explanation_is_signed_with_role_and_day():
    assert words.signature(CARD) == "Head of service, 4 March 2026"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"period_start": date(2014, 1, 1)}, "**164**, January 2014"),
        ({}, "**164**, 31 January 2014"),
        ({"value": None}, "**No figure**, 31 January 2014"),
        (
            {"unit": "percent", "value": 94.0, "numerator": 47, "denominator": 50},
            "**94%** (47 of 50), 31 January 2014",
        ),
    ],
)
def test_a_single_figure_is_said_with_its_period_and_its_counts(row, expected):
    [[found]] = words.by_measure(figures(row)).values()
    assert words.observed(found) == expected


def test_contradicting_figures_stand_together():
    both = words.by_measure(figures({}, {"value": 184.0}))
    assert [row["value"] for row in both["Children on a plan"]] == [164.0, 184.0]
    assert words.documents_headline(figures({}, {"value": None})) == "1 figure from published reports"
    assert words.documents_headline(figures()) == "No measure is held"


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        (["yes", "no", "some", "no", "some"], "Only one of five partners sends all figures"),
        (["yes", "yes", "no"], "Two of three partners send all figures"),
        (["no", "no"], "No partner sends all its figures"),
        (["yes", "yes"], "All two partners send their figures"),
    ],
)
def test_who_sends_figures_is_the_title(supplies, expected):
    returns = pd.DataFrame([{"supplies": each} for each in supplies], columns=list(RETURNS))
    assert words.partners_title(returns) == expected


def test_the_newest_comment_on_each_measure_is_kept():
    said = pd.DataFrame(
        [{"measure": "a", "text": "new"}, {"measure": "b", "text": "b"}, {"measure": "a", "text": "old"}]
    )
    assert {key: row["text"] for key, row in words.newest(said).items()} == {"a": "new", "b": "b"}
