"""The published tables in the register: every row, every column, and no row that does not fit."""

import csv
from collections import Counter

import pytest
from sqlmodel import select

from lscb_core import published
from lscb_core.db import tables
from lscb_core.errors import BadInput
from lscb_core.published.rows import Row
from tests.published_folder import amend
from tests.published_tables import BOARD_OF, FILES, FOLDER, table

OF_A_BOARD = {
    "actions": tables.Action,
    "audits": tables.Audit,
    "board_facts": tables.BoardFact,
    "challenges": tables.Challenge,
    "commentary": tables.Commentary,
    "coverage": tables.Coverage,
    "death_learning": tables.PanelLesson,
    "inspections": tables.Inspection,
    "meetings": tables.Meeting,
    "priorities": tables.Priority,
    "procedures": tables.Procedure,
    "recommendations": tables.Recommendation,
    "reports": tables.Report,
    "reviews": tables.Review,
    "risks": tables.Risk,
    "seats": tables.Seat,
    "section11": tables.Section11Score,
    "sub_groups": tables.SubGroup,
    "threshold_documents": tables.ThresholdDocument,
    "training": tables.Training,
    "voice": tables.VoiceEntry,
}

# What no table of the register has a place for, and why nothing is lost by it.
LEFT_OUT = {
    ("areas.csv", "region"): "regions are areas of their own",
    ("areas.csv", "ons_code"): "areas are known by their DfE number",
    ("audits.csv", "findings"): "findings.csv lists them one by one",
    ("boards.csv", "area_name"): "stands in areas.csv",
    ("boards.csv", "real"): "every board of these tables is real",
    ("challenges.csv", "key"): "nothing refers to it",
    ("challenges.csv", "status"): "the answer says it",
    ("documents.csv", "precision"): "the note says it",
    ("documents.csv", "kind"): "the title says it",
    ("inspections.csv", "precision"): "the note says it",
    ("procedures.csv", "key"): "nothing refers to it",
    ("procedures.csv", "precision"): "the note says it",
    ("recommendations.csv", "priority_keys"): "their actions carry the priorities",
    ("releases.csv", "file"): "where the release was read from",
    ("releases.csv", "precision"): "the day of a release is always known",
    ("risks.csv", "key"): "nothing refers to it",
    ("training.csv", "key"): "nothing refers to it",
    ("training.csv", "no_shows"): "booked less attended",
    ("voice.csv", "key"): "nothing refers to it",
    ("voice.csv", "status"): "what changed says it",
}


@pytest.fixture
def bad(session, own_published):
    """An empty register, and tables of which one is about to be spoiled."""
    return session, own_published


def test_every_row_of_every_table_is_loaded_for_its_board(published_boards):
    slugs = dict(published_boards.exec(select(tables.Board.id, tables.Board.slug)).all())
    for file, kind in OF_A_BOARD.items():
        held = Counter(slugs[each.board_id] for each in published_boards.exec(select(kind)))
        assert held == Counter(each["board"] for each in table(file)), file


def test_every_file_is_loaded():
    others = {"agencies", "audit_questions", "boards", "deaths", "documents", "findings", "observations"}
    assert set(FILES) == set(OF_A_BOARD) | others


def test_every_column_is_read_or_known_to_be_left_out(session, small_published, monkeypatch):
    read = set()
    plain = Row.text

    def noting(row, field):
        read.add((row.file, field))
        return plain(row, field)

    monkeypatch.setattr(Row, "text", noting)
    published.load(session, folder=small_published)
    there = set()
    for path in [*small_published.glob("*.csv"), *small_published.glob("statistics/*.csv")]:
        with path.open(encoding="utf-8", newline="") as file:
            there |= {(path.name, field) for field in csv.DictReader(file).fieldnames}
    assert there - read == set(LEFT_OUT)


def test_boards_are_real_and_stand_on_their_documents_day(published_boards):
    held = {board.slug: board for board in published_boards.exec(select(tables.Board))}
    days = {slug: board.as_at.isoformat() for slug, board in held.items()}
    assert days == {
        "brent": "2014-03-31",
        "haringey": "2014-03-06",
        "havering": "2013-11-30",
        "stockton": "2016-06-30",
    }
    assert all(board.is_demonstration and not board.is_invented for board in held.values())


def test_an_origin_stands_for_each_document_and_each_release_with_its_licence(published_boards):
    held = {origin.key: origin for origin in published_boards.exec(select(tables.Origin))}
    with (FOLDER / "statistics/releases.csv").open(encoding="utf-8", newline="") as file:
        releases = {each["key"] for each in csv.DictReader(file)}
    assert set(held) == set(BOARD_OF) | releases
    assert {held[key].kind for key in BOARD_OF} == {"document"}
    assert {held[key].licence for key in releases} == {"Open Government Licence v3.0"}


STOCKTON_110 = {"board": "stockton", "number": "110"}
HARINGEY = {"key": "domestic-abuse-2014"}


@pytest.mark.parametrize(
    ("file", "wanted", "field", "value"),
    [
        ("seats.csv", {"board": "brent", "agency": "police"}, "agency", "polise"),
        ("actions.csv", STOCKTON_110, "agency", "housing-club"),
        ("actions.csv", STOCKTON_110, "recommendation", "999"),
        ("actions.csv", STOCKTON_110, "due_on", "31 March"),
        ("actions.csv", STOCKTON_110, "status", "done"),
        ("actions.csv", STOCKTON_110, "priority_keys", "nope"),
        ("actions.csv", STOCKTON_110, "source", "XY"),
        ("actions.csv", STOCKTON_110, "number", ""),
        ("audits.csv", HARINGEY, "cases", "many"),
        ("audits.csv", HARINGEY, "title", ""),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_by_file_row_and_field(bad, file, wanted, field, value):
    session, own_published = bad
    with (own_published / file).open(encoding="utf-8", newline="") as lines:
        place = [wanted.items() <= each.items() for each in csv.DictReader(lines)].index(True) + 2
    amend(own_published / file, wanted, **{field: value})
    with pytest.raises(BadInput, match=f"{file}, row {place}, field “{field}”: .*{value}"):
        published.load(session, folder=own_published)


def test_an_agency_owns_an_action_only_where_it_has_a_seat(session, own_published):
    agencies = own_published / "agencies.csv"
    agencies.write_text(agencies.read_text(encoding="utf-8") + "circus,Circus,other\n", encoding="utf-8")
    amend(own_published / "actions.csv", {"board": "stockton", "number": "110"}, agency="circus")
    with pytest.raises(BadInput, match="there is no seat"):
        published.load(session, folder=own_published)


def test_a_value_that_the_register_refuses_is_a_refusal_and_no_fault(session, own_published):
    amend(own_published / "coverage.csv", {"board": "stockton", "agency": "police"}, supplies="perhaps")
    with pytest.raises(BadInput, match="coverage"):
        published.load(session, folder=own_published)


def test_a_table_that_is_missing_or_torn_is_refused(session, own_published):
    risks = own_published / "risks.csv"
    risks.write_text(risks.read_text(encoding="utf-8") + "stockton,torn\n", encoding="utf-8")
    with pytest.raises(BadInput, match="more or fewer cells"):
        published.load(session, folder=own_published)
    risks.unlink()
    session.rollback()
    with pytest.raises(BadInput, match="risks.csv"):
        published.load(session, folder=own_published)
