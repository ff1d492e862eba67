"""`show audits`: what the four boards' own reports say of their audits, with what cannot be right marked."""

from datetime import date

import pandas as pd
import pytest

from lscb_core import published
from lscb_core.queries.view import Choice, operator_view
from lscb_core.showing import SHOWN
from tests.published_folder import small_copy

TODAY = date(2026, 4, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_copy(tmp_path_factory.mktemp("audits"))


@pytest.fixture
def shown(session, folder):
    """The frames of a board as at the day of its documents, or another day."""
    published.load(session, folder=folder)

    def show(board, as_at=None):
        view = operator_view(session, choice=Choice(board, as_at), today=TODAY)
        return SHOWN["audits"](session, view)

    return show


def test_brents_four_audits_are_there_with_their_findings_and_repeats(shown):
    frames = shown("brent")
    done = frames["audits"].query("standing == 'done'").set_index("key")
    assert done["cases"].astype(object).where(done["cases"].notna(), None).to_dict() == {
        "journey-of-the-child-2014": 1,
        "child-protection-lists-2013": None,
        "family-engagement-2013": 4,
        "section-47-2013": 19,
    }
    assert set(done["grade"]) == {""}
    assert set(frames["findings"]["audit"]) == set(done.index)
    owed = frames["re_audits"].set_index("key")[["standing", "days_late"]]
    assert owed.loc["section-47-2013"].tolist() == ["late", 59]  # due 31 January, seen 31 March 2014
    assert owed.loc["family-engagement-2013"].tolist() == ["due_soon", 0]  # due that very day


def test_brents_audits_were_not_known_the_day_before_the_report(shown):
    frames = shown("brent", date(2014, 3, 30))
    assert set(frames["audits"]["standing"]) <= {"under_way", "silent"}
    assert frames["findings"].empty
    assert frames["re_audits"].empty


def test_what_brent_announced_in_2012_and_never_reported_is_not_lost(shown):
    audits = shown("brent")["audits"].set_index("key")["standing"]
    assert audits[audits == "silent"].index.tolist() == [
        "monthly-themes-2012",
        "plan-durations-2012",
        "supervision-records-2012",
    ]
    assert audits["programme-2013-14"] == "slipped"


def test_haringeys_74_percent_of_18_cases_is_marked_and_never_computed_with(shown):
    frames = shown("haringey")
    [audit] = frames["audits"].query("key == 'domestic-abuse-2014'").to_dict("records")
    assert (audit["cases"], audit["standing"], audit["month"]) == (18, "done", date(2014, 2, 1))
    asked = frames["questions"].query("audit == 'domestic-abuse-2014'").set_index("position")
    impossible = asked.loc[1]
    assert (impossible["percent_reported"], impossible["fits_cases"]) == (74, "no")
    assert pd.isna(impossible["share"])
    assert pd.isna(impossible["met"])
    assert "74%" in impossible["note"]
    fitting = asked.loc[2]
    assert (fitting["met"], fitting["applicable"], fitting["fits_cases"]) == (13, 18, "yes")
    assert fitting["share"] == pytest.approx(13 / 18)
    [owed] = frames["re_audits"].to_dict("records")
    assert (owed["key"], owed["standing"]) == ("domestic-abuse-2014", "no_date")


def test_boards_without_figures_say_so_with_empty_frames(shown):
    for board, done in (("havering", 2), ("stockton", 6)):
        frames = shown(board)
        assert (frames["audits"]["standing"] == "done").sum() == done
        assert frames["questions"].empty
        assert frames["re_audits"].empty
