"""Measures as series: what is known on the day, where each stands, what explains it."""

from datetime import date, timedelta

import pandas as pd
import pytest

from lscb_core.queries.document_figures import DOCUMENT_FIGURES, document_figures
from lscb_core.queries.measure_cards import CARDS, measure_cards
from lscb_core.queries.measure_series import SERIES, measure_series
from tests import make, make_work

ON_TIME, TRAINING, ON_PLAN = "return_interviews_72h", "training_no_shows", "children_on_plan"
STEADY = [60, 62, 61, 63, 60, 62, 61, 63, 60, 62, 61, 63]
LAST = make_work.LAST
DAY = timedelta(days=1)


def card(session, board, measure=ON_TIME, **view):
    cards = measure_cards(session, view=make.view(board, **view))
    assert list(cards.columns) == list(CARDS)
    [found] = cards[cards["measure"] == measure].to_dict("records")
    return found


def values(session, board, **view):
    listed = measure_series(session, view=make.view(board, **view))
    assert list(listed.columns) == list(SERIES)
    return listed["value"].tolist()


def test_a_month_is_known_from_its_last_day_and_a_late_return_from_its_own(session, board):
    make_work.observed(session, board, ON_TIME, 60, LAST)
    make_work.observed(session, board, ON_TIME, 50, date(2025, 2, 28), known_on=LAST + DAY)
    assert values(session, board, as_at=LAST - DAY) == []
    assert values(session, board, as_at=LAST) == [60]
    assert values(session, board, as_at=LAST + DAY) == [50, 60]


def test_the_last_revision_known_counts(session, board):
    make_work.observed(session, board, ON_TIME, 60, LAST)
    make_work.observed(session, board, ON_TIME, 65, LAST, revision=2, known_on=LAST + 9 * DAY)
    assert values(session, board, as_at=LAST + 8 * DAY) == [60]
    assert values(session, board, as_at=LAST + 9 * DAY) == [65]


def test_a_series_is_the_last_two_years_oldest_first(session, board):
    make_work.series(session, board, ON_TIME, list(range(30)))
    assert values(session, board) == list(range(6, 30))


def test_only_months_and_quarters_of_the_registry_are_series(session, board):
    make_work.observed(session, board, "referrals", 900, LAST, span="year")
    make_work.observed(session, board, "something_else", 1, LAST)
    make_work.observed(session, board, ON_PLAN, 192, LAST, label="In a document", unit="count")
    make_work.observed(session, board, "private_fostering", 9, LAST, span="quarter")
    assert values(session, board) == [9]


def test_measures_come_in_the_order_of_the_registry(session, board):
    for measure in (TRAINING, ON_TIME, "police_notifications_below"):
        make_work.observed(session, board, measure, 1)
    listed = measure_series(session, view=make.view(board))
    assert listed["measure"].tolist() == ["police_notifications_below", ON_TIME, TRAINING]


def test_the_whole_areas_figure_counts_or_else_that_of_the_one_agency_that_sends_it(session, board):
    police, health = make.agency(session, board), make.agency(session, board, "health")
    make_work.observed(session, board, ON_PLAN, 200)
    make_work.observed(session, board, ON_PLAN, 7, agency=police)
    make_work.observed(session, board, "police_notifications_below", 40, agency=police)
    make_work.observed(session, board, TRAINING, 20, agency=police)
    make_work.observed(session, board, TRAINING, 30, agency=health)
    listed = measure_series(session, view=make.view(board))
    assert dict(zip(listed["measure"], listed["value"], strict=True)) == {
        "police_notifications_below": 40,
        ON_PLAN: 200,
    }
    assert sorted(values(session, board, agency_id=police.id)) == [7, 20, 40]


def test_filters_take_the_measures_that_serve_them(session, board):
    aim, group = make.priority(session, board), make.sub_group(session, board)
    make_work.observed(session, board, ON_TIME, 60)
    make_work.observed(session, board, TRAINING, 20)
    make_work.serves(session, board, ON_TIME, priority=aim)
    make_work.serves(session, board, TRAINING, sub_group=group)
    assert values(session, board, priority_id=aim.id) == [60]
    assert values(session, board, sub_group_id=group.id) == [20]


def test_another_boards_figures_are_left_out(session, board):
    make_work.observed(session, make.board(session, "elsewhere"), ON_TIME, 60)
    assert values(session, board) == []
    assert measure_cards(session, view=make.view(board)).empty


def test_limits_are_worked_out_from_the_values_that_are_shown(session, board):
    make_work.series(session, board, ON_TIME, [*STEADY, None])
    listed = measure_series(session, view=make.view(board))
    # Twelve values: mean 61.5; moving ranges 2,1,2,3,2,1,2,3,2,1,2 have the mean 21/11, limits 2.66 x that.
    assert listed["mean"].tolist() == [61.5] * 13
    assert listed["upper"].iloc[0] == pytest.approx(61.5 + 2.66 * 21 / 11)
    assert listed["lower"].iloc[0] == pytest.approx(61.5 - 2.66 * 21 / 11)
    assert pd.isna(listed["value"].iloc[-1])
    assert (listed["symbol"].iloc[-1], listed["type"].iloc[-1]) == ("c", "common_cause")


def test_eleven_points_are_too_few_and_twelve_are_enough(session, board):
    make_work.series(session, board, ON_TIME, STEADY[:11])
    make_work.series(session, board, TRAINING, STEADY)
    few, enough = card(session, board), card(session, board, TRAINING)
    assert (few["standing"], few["points"], pd.isna(few["mean"])) == ("few", 11, True)
    assert (enough["standing"], enough["points"], enough["mean"]) == ("steady", 12, 61.5)


def test_whether_a_signal_is_bad_follows_from_the_measures_better_direction(session, board):
    fallen = [*STEADY, 40, 40]
    for measure in (ON_TIME, TRAINING, ON_PLAN):
        make_work.series(session, board, measure, fallen)
    standings = {m: card(session, board, m)["standing"] for m in (ON_TIME, TRAINING, ON_PLAN)}
    assert standings == {ON_TIME: "worse", TRAINING: "better", ON_PLAN: "changed"}
    assert card(session, board)["signal_since"] == date(2025, 2, 28)  # the first of the two low months


def test_an_explanation_counts_from_the_end_of_the_month_in_which_the_signal_began(session, board):
    make_work.series(session, board, ON_TIME, [*STEADY, 40, 40])
    make_work.comment(session, board, ON_TIME, date(2025, 2, 27), "Before it fell.")
    before = card(session, board)
    assert (before["is_explained"], before["text"]) == (False, "")
    make_work.comment(session, board, ON_TIME, date(2025, 2, 28), "Nobody could drive.")
    make_work.comment(session, board, ON_TIME, make.TODAY + DAY, "Told later.")
    after = card(session, board)
    assert (after["is_explained"], after["text"]) == (True, "Nobody could drive.")


def test_a_steady_measure_needs_no_explanation_but_shows_the_newest(session, board):
    make_work.series(session, board, ON_TIME, STEADY)
    assert card(session, board)["is_explained"]
    make_work.comment(session, board, ON_TIME, date(2024, 1, 1), "Old.")
    make_work.comment(session, board, ON_TIME, date(2024, 6, 1), "Newer.")
    found = card(session, board)
    assert (found["text"], found["signed_by"], found["written_on"]) == (
        "Newer.",
        "Head of service",
        date(2024, 6, 1),
    )


def test_the_target_is_the_one_of_the_day(session, board):
    make_work.observed(session, board, ON_TIME, 60)
    make_work.target(session, board, ON_TIME, 70)
    make_work.target(session, board, ON_TIME, 80, make.TODAY)
    make_work.target(session, board, ON_TIME, 90, make.TODAY + DAY)
    assert card(session, board)["target"] == 80
    assert card(session, board, as_at=make.TODAY - DAY)["target"] == 70


def test_an_explanation_is_owed_by_the_agency_or_else_by_the_sub_group(session, board):
    police, group = make.agency(session, board), make.sub_group(session, board)
    make_work.observed(session, board, "police_notifications_below", 40, agency=police)
    make_work.observed(session, board, ON_PLAN, 200)
    make_work.serves(session, board, ON_PLAN, sub_group=group)
    assert card(session, board, "police_notifications_below")["owner"] == "Police"
    assert card(session, board, ON_PLAN)["owner"] == "Quality-Assurance"


def test_doubts_about_any_shown_month_stay_with_the_measure(session, board):
    make_work.observed(session, board, ON_TIME, 60, date(2025, 2, 28), note="Two areas only.")
    make_work.observed(session, board, ON_TIME, 61, LAST, note="Two areas only.")
    assert card(session, board)["note"] == "Two areas only."


def test_a_documents_contradicting_figures_stand_side_by_side_with_their_doubts(session, board):
    words = {"label": "Children on a plan", "unit": "count"}
    for value, end, span in ((184, date(2025, 1, 31), "month"), (164, date(2025, 1, 1), "day")):
        make_work.observed(session, board, ON_PLAN, value, end, span=span, note="Both are given.", **words)
    make_work.observed(session, board, ON_TIME, 60)  # no document's figure
    make_work.observed(session, board, ON_PLAN, 192, make.TODAY + DAY, **words)  # not yet known
    listed = document_figures(session, view=make.view(board))
    assert list(listed.columns) == list(DOCUMENT_FIGURES)
    assert listed["value"].tolist() == [164, 184]
    assert listed["note"].tolist() == ["Both are given."] * 2


def test_what_a_document_expects_is_known_from_the_document_on(session, board):
    told = {"label": "Turning 18", "unit": "count", "span": "part", "known_on": LAST}
    make_work.observed(session, board, "turning_18", 40, date(2025, 6, 30), **told)
    assert document_figures(session, view=make.view(board, as_at=LAST - DAY)).empty
    assert document_figures(session, view=make.view(board, as_at=LAST))["value"].tolist() == [40]
