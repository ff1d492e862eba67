"""The latest figure of each measure, England's beside it; explanations."""

from datetime import date

import pandas as pd
import pytest

from lscb_core.db.tables import (
    Area,
    Commentary,
    MeasurePriority,
    MeasureSubGroup,
    Observation,
    Origin,
)
from lscb_core.domain.indicators import INDICATORS
from lscb_core.queries.measures import MEASURES, comments, latest_measures
from tests import make

AS_AT = date(2025, 4, 30)
YEAR = date(2025, 3, 31)
KINDS = ("document", "statistic")


@pytest.fixture
def england(session):
    """The area of England."""
    return make.added(session, Area(code="ENG", name="England", kind="england"))


@pytest.fixture
def seen(session, board):
    """Add an observation: re-referrals of the last year, if nothing else is said."""

    def add(measure="re_referrals", **fields):
        plain = {"area_id": board.area_id, "period_end": YEAR, "known_on": fields.get("period_end", YEAR)}
        said = plain | {"value": 20.0, "origin_id": make.origin(session).id} | fields
        return make.added(session, Observation(measure=measure, **said))

    return add


@pytest.fixture
def shown(session, board):
    """The frame for the board's view."""

    def ask(as_at=AS_AT, **filters):
        return latest_measures(session, view=make.view(board, as_at=as_at, **filters))

    return ask


def test_only_the_last_known_figure_of_a_series_is_shown(seen, shown):
    seen(period_end=date(2024, 3, 31), value=19.0)
    seen(value=20.0)
    seen(value=21.0, revision=2)  # corrected since
    seen(value=22.0, period_end=date(2026, 3, 31))  # still to come
    assert shown()["value"].tolist() == [21.0]
    assert shown(date(2025, 3, 30))["value"].tolist() == [19.0]


def test_a_figure_told_later_was_not_known_before(seen, shown):
    seen(value=20.0, known_on=date(2025, 5, 1))
    assert shown().empty
    assert shown(date(2025, 5, 1))["value"].tolist() == [20.0]


def test_only_a_document_tells_of_a_period_that_has_not_ended(session, seen, shown):
    expected = {"period_end": date(2025, 6, 30), "known_on": date(2025, 4, 1)}
    told = {kind: make.added(session, Origin(key=kind, kind=kind, title=kind)).id for kind in KINDS}
    seen("children_on_plan", value=40.0, origin_id=told["document"], **expected)
    seen("re_referrals", value=21.0, origin_id=told["statistic"], **expected)
    assert shown()["measure"].tolist() == ["children_on_plan"]
    assert set(shown(date(2025, 6, 30))["measure"]) == {"children_on_plan", "re_referrals"}


def test_england_stands_beside_the_same_year_and_no_other(seen, shown, england):
    seen("referrals_from_police", numerator=1178, denominator=4031, value=29.2)
    seen("referrals_from_police", area_id=england.id, numerator=177210, denominator=621880, value=28.5)
    seen("referrals_from_police", area_id=england.id, period_end=date(2024, 3, 31), value=1.0)
    seen("re_referrals")
    found = shown().set_index("measure")
    beside = found.loc["referrals_from_police"]
    assert (beside["numerator"], beside["denominator"]) == (1178, 4031)
    assert (beside["england_numerator"], beside["england_denominator"]) == (177210, 621880)
    assert beside["england_value"] == 28.5
    assert pd.isna(found.loc["re_referrals", "england_value"])


def test_englands_last_known_revision_counts(seen, shown, england):
    seen()
    seen(area_id=england.id, value=22.0)
    seen(area_id=england.id, value=22.4, revision=2)
    seen(area_id=england.id, value=99.0, revision=3, known_on=date(2026, 1, 1))
    assert shown()["england_value"].tolist() == [22.4]


def test_a_symbol_is_a_value_and_no_gap(seen, shown):
    seen(value=None, symbol="c")
    [row] = shown().itertuples()
    assert (row.symbol, pd.isna(row.value), row.numerator is pd.NA) == ("c", True, True)


def test_words_come_from_the_registry_or_else_from_the_document(seen, shown):
    seen("re_referrals")
    seen("lay_members", label="Lay members of the board", unit="count", value=3)
    found = shown().set_index("measure")
    known = INDICATORS["re_referrals"]
    assert found.loc["re_referrals", ["title", "unit", "better"]].tolist() == [
        known.title,
        known.unit,
        known.better,
    ]
    assert found.loc["lay_members", ["title", "unit", "better"]].tolist() == [
        "Lay members of the board",
        "count",
        "neither",
    ]


def test_figures_that_contradict_each_other_all_stay_with_their_notes(seen, shown):
    seen("children_on_plan", span="day", value=164, note="The document gives both.")
    seen("children_on_plan", span="month", value=184, note="The document gives both.")
    assert sorted(shown()["value"]) == [164, 184]
    assert set(shown()["note"]) == {"The document gives both."}


def test_the_whole_areas_figures_or_one_agencys_but_never_mixed(session, board, seen, shown):
    police = make.agency(session, board, "police")
    seen("training_no_shows", value=10.0)
    seen("training_no_shows", value=25.0, agency_id=police.id)
    assert shown()["value"].tolist() == [10.0]
    assert shown(agency_id=police.id)["value"].tolist() == [25.0]


def test_filters_take_the_measures_that_serve_them(session, board, seen, shown):
    neglect, group = make.priority(session, board), make.sub_group(session, board)
    for measure in ("re_referrals", "referrals", "section_47"):
        seen(measure)
    make.added(session, MeasurePriority(board_id=board.id, measure="referrals", priority_id=neglect.id))
    make.added(session, MeasureSubGroup(board_id=board.id, measure="section_47", sub_group_id=group.id))
    assert shown(priority_id=neglect.id)["measure"].tolist() == ["referrals"]
    assert shown(sub_group_id=group.id)["measure"].tolist() == ["section_47"]


def test_measures_come_in_the_order_of_the_registry_and_the_others_last(seen, shown):
    for measure in ("aaa_unknown", "section_47", "re_referrals", "referrals"):
        seen(measure, label="Something" if measure == "aaa_unknown" else "")
    listed = [key for key in INDICATORS if key in ("section_47", "re_referrals", "referrals")]
    assert shown()["measure"].tolist() == [*listed, "aaa_unknown"]


def test_without_figures_the_frame_is_empty_with_its_columns(shown):
    assert (len(shown()), list(shown())) == (0, list(MEASURES))


def test_explanations_are_those_written_by_the_day_newest_first(session, board):
    for day, text in ((1, "early"), (20, "late"), (30, "on the day")):
        written = {"signed_by": "Police lead", "written_on": date(2025, 4, day), "text": text}
        make.added(session, Commentary(board_id=board.id, measure="re_referrals", **written))
    later = {"signed_by": "Police lead", "written_on": date(2025, 5, 1), "text": "later"}
    make.added(session, Commentary(board_id=board.id, measure="re_referrals", **later))
    view = make.view(board, as_at=AS_AT)
    assert comments(session, view=view)["text"].tolist() == ["on the day", "late", "early"]
