"""What a board has settled about its files, and the rows that an empty return is written with."""

import io
from datetime import date, timedelta

from openpyxl import load_workbook

from lscb_core.db.tables import ReturnAsked, SourceAgency, SourceSpelling
from lscb_core.imports.templates.registry import TEMPLATES
from lscb_core.imports.templates.writing import workbook
from lscb_core.queries.import_settings import (
    ASKED,
    SPELT,
    asked_returns,
    likely_agencies,
    remembered_words,
    source_agencies,
)
from lscb_core.queries.rows_to_fill import open_actions
from tests import make

MARCH = date(2025, 3, 31)


def test_settings_are_those_of_the_board_alone(session):
    board, other = make.board(session), make.board(session, "elsewhere")
    police, there = make.agency(session, board, name="Constabulary"), make.agency(session, other)
    for on, agency in ((board, police), (other, there)):
        plain = {"template": "thresholds", "every": "month", "first_period_end": MARCH}
        make.added(session, ReturnAsked(board_id=on.id, agency_id=agency.id, **plain))
        make.added(session, SourceAgency(board_id=on.id, source="6", agency_id=agency.id))
        spelt = {"key": "duty", "words": "Duty", "means": "5A", "mapped_by": "X", "mapped_at": make.NOW}
        make.added(session, SourceSpelling(board_id=on.id, **spelt))
    view = make.view(board)
    [asked] = asked_returns(session, view=view).to_dict("records")
    assert list(asked) == list(ASKED)
    assert (asked["agency"], asked["title"], asked["often"]) == (
        "Constabulary",
        "Threshold return",
        "Every month",
    )
    assert source_agencies(session, view=view) == {"6": police.id}
    [words] = remembered_words(session, view=view).to_dict("records")
    assert list(words) == list(SPELT)
    assert (words["words"], words["means"]) == ("Duty", "5A")


def test_an_agency_is_likely_by_its_kind_where_only_one_fits(session):
    board = make.board(session)
    kinds = {
        "police": "police",
        "health": "health",
        "gps": "health",
        "camden": "housing",
        "islington": "housing",
    }
    agencies = {slug: make.agency(session, board, slug) for slug in kinds}
    for slug, agency in agencies.items():
        agency.kind = kinds[slug]
    session.flush()
    likely = likely_agencies(session, view=make.view(board))
    assert likely == {"police": agencies["police"].id, "health": agencies["health"].id}


def test_a_return_of_actions_begins_with_those_that_are_open(session):
    board = make.board(session)
    police, health = make.agency(session, board), make.agency(session, board, "health")
    group, neglect = make.sub_group(session, board), make.priority(session, board)
    mine = make.action(
        session,
        board,
        owner=police,
        due=make.TODAY,
        title="Train",
        serves=neglect,
        answered_by=group,
        note="Half",
    )
    make.action(session, board, owner=health)
    done = make.action(session, board, owner=police)
    make.next_state(session, done, make.TODAY, status="verified", closed_on=make.TODAY)
    [row] = open_actions(session, view=make.view(board, agency_id=police.id))
    assert row == {
        "number": mine.number,
        "title": "Train",
        "detail": "",
        "agency": "police",
        "due_on": make.TODAY,
        "status": "in_progress",
        "note": "Half",
        "source_kind": "audit",
        "priorities": ("neglect",),
        "sub_groups": ("quality-assurance",),
    }
    before = make.view(board, make.TODAY - timedelta(days=300), agency_id=police.id)
    assert open_actions(session, view=before) == [row]  # a return is about today
    content = workbook(
        TEMPLATES["actions"], board="testford", agency=("police", "Police"), agencies={"police": "Police"},
        known={"priorities": ("neglect",), "sub_groups": ("quality-assurance",)}, period=MARCH, prefill=[row],
    )  # fmt: skip
    written = list(load_workbook(io.BytesIO(content))["Actions"].iter_rows(values_only=True))
    assert mine.number in written[3]
    assert "Train" in written[3]
