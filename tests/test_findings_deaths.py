"""What the page of child deaths claims, and what it does not."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.findings import deaths as finds
from lscb_core.findings.death_cards import Card, cards, newest_period
from lscb_core.queries.deaths import COUNTS, TIMELINESS
from lscb_core.queries.panel import LESSONS
from lscb_core.queries.reports import REPORTS

ALL, COMPLETED, IN_TIME = ("all", "all"), ("reviews", "completed"), ("reviews", "in_time")
NO_REPORT = pd.DataFrame(columns=list(REPORTS))


def years(*told):
    """Timeliness: (done, of) or a symbol for each year, the oldest first."""
    rows = []
    for number, said in enumerate(told):
        done, of = (None, None) if isinstance(said, str) else said
        share = done / of if of and of >= 10 else None
        symbol = said if isinstance(said, str) else ""
        rows.append({"year": f"year {number}", "done": done, "of": of, "share": share, "symbol": symbol})
    return pd.DataFrame(rows, columns=list(TIMELINESS)).astype({"done": "Int64", "of": "Int64"})


def counts(cells, *, before=None, pooled=None, period="2024-25", span="year"):
    """The grid: numbers or symbols of the newest year, of the one before, of five years together."""
    parts = [("Five years", date(2025, 3, 31), "pooled", pooled or {})]
    parts += [(period, date(2025, 3, 31), span, cells), ("2023-24", date(2024, 3, 31), "year", before or {})]
    rows = [
        {
            "dimension": dimension,
            "key": key,
            "span": kind,
            "period": name,
            "period_end": end,
            "count": None if isinstance(said, str) else said,
            "symbol": said if isinstance(said, str) else "",
            "is_hidden": isinstance(said, str),
        }
        for name, end, kind, numbers in parts
        for (dimension, key), said in numbers.items()
    ]
    return pd.DataFrame(rows, columns=list(COUNTS)).astype({"count": "Int64"})


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (((17, 20), (11, 17)), "A smaller share of reviews was done in time, perhaps by chance"),
        (((11, 17), (17, 20)), "A larger share of reviews was done in time, perhaps by chance"),
        (((60, 60), (30, 60)), "A smaller share of reviews was done in time"),
        (((10, 20), (20, 40)), "The same share of reviews was done in time as before"),
        (((11, 17),), "11 of 17 reviews were done in time"),
        (((17, 20), (3, 6)), "3 of 6 reviews were done in time"),  # too few for a share
        (((17, 20), "c"), "Reviews done in time, year by year"),  # an older year is not told as the newest
        (("x",), "Reviews done in time, year by year"),
        ((), "Reviews done in time, year by year"),
    ],
)
def test_the_finding_on_timeliness_claims_no_more_than_chance_allows(told, says):
    assert finds.timeliness(years(*told)) == says


@pytest.mark.parametrize(
    ("young", "says"),
    [
        (45, "Nearly half of the children were under four weeks old"),
        (48, "Half of the children were under four weeks old"),
        (49, "More than half of the children were under four weeks old"),
        (30, "About a third of the children were under four weeks old"),
        (28, "How old the children were"),  # under three in ten nothing stands out
        ("c", "How old the children were"),
    ],
)
def test_the_largest_age_group_is_told_when_it_stands_out(young, says):
    assert finds.split(counts({}, pooled={ALL: 96, ("age", "0-27d"): young}), "age") == says


def test_a_group_of_a_handful_is_never_a_finding():
    assert finds.split(counts({ALL: 9, ("age", "0-27d"): 8}), "age") == "How old the children were"


def test_five_years_together_are_told_rather_than_one():
    told = counts({ALL: 20, ("age", "0-27d"): 20}, pooled={ALL: 100, ("age", "0-27d"): 40})
    assert finds.split(told, "age").startswith("More than a third")


def test_without_five_years_together_the_newest_year_is_told():
    told = counts({ALL: 20, ("age", "0-27d"): 20}, before={ALL: 20, ("age", "0-27d"): 9})
    assert finds.split(told, "age").startswith("Nearly all")


def test_causes_and_lessons_are_shares_of_reviews():
    told = counts({ALL: 100, COMPLETED: 20, ("category", "8"): 10, ("modifiable", "yes"): 7})
    assert finds.split(told, "category") == "Half of the reviews: perinatal or neonatal event"
    assert finds.split(told, "modifiable") == "In 7 of 20 reviews something could have been changed"


def test_unexpected_deaths_and_those_from_harm_are_told_as_counts():
    told = counts({ALL: 5, ("expectedness", "unexpected"): 2, ("abuse", "yes"): 0})
    assert finds.split(told, "expectedness") == "2 of 5 deaths were unexpected"
    assert finds.split(told, "abuse") == "None of the 5 deaths was from abuse or neglect"


def test_a_hidden_number_makes_no_finding():
    told = counts({ALL: 20, COMPLETED: 20, ("modifiable", "yes"): "c", ("expectedness", "unexpected"): "c"})
    assert finds.split(told, "modifiable") == "Could anything have been changed?"
    assert finds.split(told, "expectedness") == "Expected and unexpected deaths"
    assert finds.split(counts({}), "age") == "How old the children were"


def test_what_a_report_leaves_out_is_named():
    told = counts({ALL: 12, ("expectedness", "unexpected"): 3, IN_TIME: "x"})
    assert finds.not_given(told) == (
        "the children's ages, what they died of or whether anything could have been changed"
    )


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (["late", "late", "late"], "All three lessons wait for a late action"),
        (["late", "closed"], "One of two lessons waits for a late action"),
        (
            ["", "", "late", "late", "late", "closed"],
            "Two of six lessons have no action, three wait for a late one",
        ),
        (["", "closed"], "One of two lessons has no action"),
        ([""], "The one lesson here has no action"),
        (["on_time", "no_date", "moved_twice"], "All three lessons still wait for their action"),
        (["on_time", "closed"], "One of two lessons still waits for its action"),
        (["closed", "closed"], "Every lesson has led to an action that is closed and checked"),
    ],
)
def test_the_finding_on_lessons_says_what_became_of_them(now, says):
    assert finds.lessons(pd.DataFrame({"now": now}, columns=list(LESSONS))) == says


@pytest.mark.parametrize(
    ("days", "says"), [(182, "six months (182 days)"), (365, "twelve months (365 days)"), (100, "100 days")]
)
def test_the_limit_of_a_review_is_told_in_months_where_it_makes_months(days, says):
    assert finds.limit(days) == says


def test_the_first_three_figures_held_and_the_report_make_the_cards():
    now = {ALL: 18, COMPLETED: 17, IN_TIME: 11, ("modifiable", "yes"): 7, ("expectedness", "unexpected"): 7}
    before = {ALL: 20, COMPLETED: 24, ("modifiable", "yes"): 8}
    shown = cards(counts(now, before=before, pooled={ALL: 95}), report("late", due=date(2025, 1, 31)))
    assert [(card.label, card.value, card.change, card.is_worse) for card in shown] == [
        ("Deaths notified", "18", "20 the year before", False),
        ("Reviews completed", "17", "11 of them in time", False),
        ("With a lesson", "7 of 17", "8 of 24 before", False),
        ("Annual report", "Late", "due 31 Jan 2025", True),
    ]


def test_a_part_of_a_year_is_told_as_one():
    now = {ALL: 5, ("expectedness", "expected"): 3, ("expectedness", "unexpected"): 2, ("abuse", "yes"): 0}
    told = counts(now, period="April to autumn 2013", span="part")
    assert [(card.value, card.change) for card in cards(told, NO_REPORT)] == [
        ("5", "in part of 2025"), ("2 of 5", "3 expected"), ("0 of 5", "in part of 2025"),
    ]  # fmt: skip
    assert newest_period(told) == "April to autumn 2013"


def test_a_hidden_figure_stays_a_letter_on_its_card_and_is_explained():
    shown = cards(counts({COMPLETED: 17, IN_TIME: "c", ("modifiable", "yes"): "c"}), NO_REPORT)
    assert [(card.value, card.change) for card in shown] == [
        ("17", "in time: hidden"),
        ("c of 17", "in 2024-25"),
    ]
    assert "hidden" in shown[1].help


def test_without_figures_there_are_no_cards():
    assert cards(counts({}), NO_REPORT) == []


def report(standing, *, due=None, received=None, title="Panel's report"):
    """A frame of one annual report."""
    row = {"title": title, "standing": standing, "due_on": due, "received_on": received}
    return pd.DataFrame([row], columns=list(REPORTS))


def test_the_late_report_is_told_before_the_last_one_that_came():
    came = report("received", due=date(2025, 1, 31), received=date(2025, 1, 20))
    late = report("late", due=date(2024, 1, 31))
    [card] = cards(counts({}), pd.concat([came, late]))
    assert card == Card("Annual report", "Late", "due 31 Jan 2024", "Panel's report", is_worse=True)
    [card] = cards(counts({}), came)
    assert (card.value, card.change, card.is_worse) == ("Received", "came 20 Jan 2025", False)


def test_a_report_without_a_date_says_so():
    assert [card.change for card in cards(counts({}), report("late"))] == ["no date given"]
