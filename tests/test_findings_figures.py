"""The key figures in words: which come first, what stands under them, when they are red or green."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.domain.indicators import INDICATORS
from lscb_core.findings import figures as words
from lscb_core.findings.figure_changes import change_of, value
from lscb_core.findings.figure_words import LEADS_TO, LINKS, MOST_SHOWN, ORDER, UNDATED_FIRST
from lscb_core.queries.briefing import FIGURES

EMPTY = dict.fromkeys(FIGURES, None) | {"against": "", "note": ""}


def row(figure, count=None, of=None, **more):
    return EMPTY | {"figure": figure, "count": count, "of": of} | more


def frame(*rows):
    whole = dict.fromkeys(("count", "of", "was_count", "was_of"), "Int64")
    return pd.DataFrame(list(rows), columns=list(FIGURES)).astype(whole)


def since(figure, now, was, of=(40, 42)):
    """A count now and at the last meeting."""
    return row(figure, now, of[0], was_count=was, was_of=of[1], against="meeting")


def yearly(figure, now, was):
    return row(
        figure, *now, was_count=was[0], was_of=was[1], against="year", on=date(2026, 3, 31), was_value=None
    )


def dated(no_date, late, of=28):
    """Open actions of which so many have no date and so many are late."""
    return [row("actions_no_date", no_date, of), row("actions_late", late, of)]


def test_every_figure_that_may_be_shown_is_defined_in_the_registry():
    named = {*ORDER, *UNDATED_FIRST, *LEADS_TO, *LINKS}
    assert named <= set(INDICATORS)


def test_every_label_and_change_fits_on_a_phone():
    assert [key for key in ORDER if len(INDICATORS[key].short) > 18] == []


def test_at_most_eight_figures_are_shown_in_the_order_of_their_weight():
    day = date(2026, 2, 12)
    held = frame(*(row(key, 1, 2, on=day) for key in reversed(ORDER) if key != "actions_no_date"))
    shown = [each.key for each in words.shown(held)]
    assert len(shown) == MOST_SHOWN
    assert shown == [key for key in ORDER if key != "actions_no_date"][:MOST_SHOWN]


def test_what_a_board_does_not_hold_gives_its_place_to_the_next():
    shown = words.shown(frame(row("audits_done", 2, 5), row("actions_late", 1, 9)))
    assert [each.key for each in shown] == ["actions_late", "audits_done"]


@pytest.mark.parametrize(("no_date", "leads"), [(14, "actions_late"), (15, "actions_no_date")])
def test_missing_dates_lead_where_more_than_half_of_the_actions_have_none(no_date, leads):
    assert words.shown(frame(*dated(no_date, 1)))[0].key == leads


def test_where_hardly_any_action_has_a_date_none_late_is_not_told_as_good_news():
    _, late = words.shown(frame(*dated(27, 0)))
    assert (late.value, late.change, late.tone) == ("0 of 28", "only one dated", "neither")
    assert (late.link, late.changes) == ("Open actions", {})
    assert words.shown(frame(*dated(28, 0)))[1].change == "none is dated"


def test_over_three_months_late_is_left_out_where_it_could_not_be_otherwise():
    held = frame(*dated(27, 0), row("actions_late_over_3_months", 0, 28))
    assert "actions_late_over_3_months" not in [each.key for each in words.shown(held)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (row("actions_late", 14, 40), "14 of 40"),
        (row("actions_late_over_3_months", 3, 40), "3"),
        (row("below_threshold", 332, 1000), "33.2%"),
        (row("below_threshold", 3, 9), "3 of 9"),  # under ten: no percentage
        (row("below_threshold", 3, 10), "30.0%"),
        (row("reviews_in_time", 11, 17), "11 of 17"),
        (row("deaths_notified", 12), "12"),
        (row("children_on_plan", value=220.0), "220"),
        (row("referrals_rate", value=1644.44), "1,644.4"),
        (row("re_referrals", value=18.9), "18.9%"),
    ],
)
def test_a_value_is_said_as_its_measure_asks(said, expected):
    assert value(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (since("actions_late", 14, 9), ("5 more", "worse", "up")),
        (since("actions_late", 9, 14), ("5 fewer", "better", "down")),
        (since("actions_late", 9, 9), ("no change", "neither", "off")),
        (since("partners_sending", 3, 2), ("1 more", "better", "up")),
        (
            row("children_on_plan", value=220.0, was_value=228.0, against="meeting"),
            ("8 fewer", "neither", "down"),
        ),
    ],
)
def test_a_change_since_the_meeting_is_worse_or_better_as_the_registry_says(said, expected):
    assert change_of(said, {}) == expected


def test_a_change_from_the_year_before_is_coloured_only_where_chance_does_not_explain_it():
    small = change_of(yearly("reviews_in_time", (11, 17), (17, 20)), {})
    assert small == ("was 17 of 20", "neither", "down")
    large = change_of(yearly("below_threshold", (332, 1000), (378, 1000)), {})
    assert large == ("was 37.8%", "better", "down")


def test_a_published_figure_stands_beside_england_without_a_judgement():
    said = row("re_referrals", value=18.9, was_value=22.5, against="England")
    assert change_of(said, {}) == ("England 22.5%", "neither", "off")


def test_an_agencys_share_stands_beside_the_boards():
    said = row("below_threshold", 20, 40, was_count=30, was_of=100, against="board")
    assert change_of(said, {}) == ("board 30.0%", "neither", "off")


def test_audits_say_from_which_day_they_are_counted_and_deaths_how_many_were_unexpected():
    assert change_of(row("audits_good", 1, 2, on=date(2026, 2, 12)), {})[0] == "since 12 Feb"
    assert change_of(row("deaths_notified", 12, was_count=3), {})[0] == "3 unexpected"
    assert change_of(row("deaths_notified", 12), {})[0] == ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "See all"), (1, "See it"), (2, "See both"), (3, "See all three"), (14, "See all 14")],
)
def test_a_link_says_how_many_are_behind_it(number, expected):
    assert words.all_of(number) == expected


def test_late_reports_open_on_the_spot_and_other_figures_on_their_page():
    late, reports = words.shown(frame(row("actions_late", 14, 40), row("reports_late", 2, 14)))
    assert (late.page, dict(late.changes), late.link) == ("actions", {"show": "late"}, "See all 14")
    assert reports.page == ""


def test_a_link_promises_no_more_than_the_list_behind_it_shows():
    nobodys, long = words.shown(
        frame(row("actions_no_owner", 26, 28), row("actions_late_over_3_months", 3, 28))
    )[::-1]
    assert (nobodys.link, dict(nobodys.changes)) == ("See all 26", {"show": "no_owner"})
    assert (long.link, dict(long.changes)) == ("All late ones", {"show": "late"})
    [none] = words.shown(frame(row("actions_no_owner", 0, 28)))
    assert (none.link, none.changes) == ("Open actions", {})


def test_the_key_tells_of_what_the_shown_figures_are_compared_with_and_of_nothing_else():
    met = date(2026, 2, 12)
    assert words.key(frame(since("actions_late", 14, 9)), met).startswith("Change since 12 February 2026.")
    beside = frame(row("re_referrals", value=18.9, was_value=22.5, against="England", on=date(2016, 3, 31)))
    assert words.key(beside, None) == "Published figures beside England."
    assert words.key(frame(row("actions_late", 1, 2)), met) == ""


def test_doubts_about_shown_figures_are_told_with_their_names():
    doubtful = frame(row("children_on_plan", value=192.0, note="164 elsewhere."))
    assert words.notes(doubtful) == ["Children on a plan: 164 elsewhere."]
