"""The tables of published facts, read as plain CSV: known figures, and every reference meets its row."""

from datetime import date

import pytest

from tests.published_tables import BOARD_OF, FILES, FOLDER, SOURCE, UNSOURCED, keys, rows, table

SOURCE_KINDS = {"audit", "review", "inspection", "panel", "challenge", "report", "meeting", "section_11"}
CODES = {
    ("actions", "status"): {"not_started", "in_progress", "complete", "verified", "withdrawn"},
    ("actions", "due_precision"): {"", "day", "month", "season", "year"},
    ("actions", "source_kind"): SOURCE_KINDS,
    ("findings", "source_kind"): SOURCE_KINDS,
    ("audits", "kind"): {"multi_agency", "single_agency", "re_audit", "section_11", "thematic", "case_study"},
    ("audits", "status"): {"planned", "done", "slipped"},
    ("audits", "grade"): {"", "outstanding", "good", "adequate", "requires_improvement", "inadequate"},
    ("coverage", "supplies"): {"yes", "some", "no"},
    ("priorities", "kind"): {"priority", "dimension"},
    ("threshold_documents", "kind"): {"document", "milestone"},
    ("threshold_documents", "precision"): {"", "day", "month", "planned"},
}
UNIQUE = {
    "boards": ("slug",),
    "agencies": ("slug",),
    "seats": ("board", "agency"),
    "sub_groups": ("board", "slug"),
    "priorities": ("board", "key"),
    "audits": ("board", "key"),
    "audit_questions": ("board", "audit", "order"),
    "recommendations": ("board", "key"),
    "actions": ("board", "number"),
    "reports": ("board", "key"),
    "reviews": ("board", "key"),
    "findings": ("board", "order"),
    "deaths": ("board", "period_end", "dimension", "key"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_utf_8_with_plain_line_ends_and_full_rows(name):
    raw = (FOLDER / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    for row in table(name):
        assert None not in {*row, *row.values()}
        assert all(value == value.strip() and len(value) <= 300 for value in row.values())


@pytest.mark.parametrize("name", [name for name in FILES if name not in UNSOURCED])
def test_every_row_has_a_source_in_a_document_of_its_own_board(name):
    for row in table(name):
        source = SOURCE.fullmatch(row["source"])
        assert source, row
        assert BOARD_OF[source[1]] == row["board"]


@pytest.mark.parametrize("name", FILES)
def test_every_date_is_a_day_of_the_calendar(name):
    for row in table(name):
        for field in (field for field in row if field.endswith(("_on", "_start", "_end", "as_at", "month"))):
            assert row[field] == "" or date.fromisoformat(row[field]).isoformat() == row[field]


@pytest.mark.parametrize(("name", "fields"), UNIQUE.items())
def test_no_key_stands_twice(name, fields):
    found = [tuple(row[field] for field in fields) for row in table(name)]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("place", "codes"), CODES.items(), ids=lambda value: "-".join(value)[:40])
def test_every_code_is_of_its_vocabulary(place, codes):
    name, field = place
    assert {row[field] for row in table(name)} <= codes


@pytest.mark.parametrize("name", FILES)
def test_every_board_and_agency_named_is_known(name):
    boards = {row["slug"] for row in table("boards")}
    seats = keys("seats", "agency")
    for row in table(name):
        assert row.get("board", "brent") in boards
        if row.get("agency") and name != "seats":
            assert (row["board"], row["agency"]) in seats


def test_every_seat_is_of_a_known_agency_and_every_agency_has_a_seat():
    assert {row["agency"] for row in table("seats")} == {row["slug"] for row in table("agencies")}


@pytest.mark.parametrize(
    ("name", "field", "other", "key"),
    [
        ("audit_questions", "audit", "audits", "key"),
        ("audits", "reaudit_of", "audits", "key"),
        ("findings", "audit", "audits", "key"),
        ("recommendations", "audit", "audits", "key"),
        ("actions", "audit", "audits", "key"),
        ("actions", "recommendation", "recommendations", "key"),
        ("death_learning", "action", "actions", "number"),
        ("actions", "priority_keys", "priorities", "key"),
        ("audits", "priority_keys", "priorities", "key"),
        ("recommendations", "priority_keys", "priorities", "key"),
        ("actions", "sub_groups", "sub_groups", "slug"),
    ],
)
def test_every_reference_meets_its_row(name, field, other, key):
    named = {(row["board"], part) for row in table(name) for part in row[field].split(";") if part}
    assert named
    assert named <= keys(other, key)


def test_every_board_has_the_seats_and_the_sub_group_of_the_demonstration():
    for board in ("brent", "haringey", "havering", "stockton"):
        assert {"police", "health", "childrens-services"} <= {s["agency"] for s in rows("seats", board=board)}
        assert rows("sub_groups", board=board, slug="quality-assurance")


def test_a_date_that_was_agreed_has_its_first_date_and_says_how_precise_it_is():
    for row in table("actions"):
        assert bool(row["due_on"]) == bool(row["first_due_on"]) == bool(row["due_precision"])
        assert not row["closed_on"] or row["status"] in {"verified", "withdrawn"}
        assert len(row["title"]) <= 70


def test_the_four_boards_are_shown_as_at_the_days_agreed():
    expected = {
        "brent": ("304", "2014-03-31"),
        "haringey": ("309", "2014-03-06"),
        "havering": ("311", "2013-11-30"),
        "stockton": ("808", "2016-06-30"),
    }
    assert {row["slug"]: (row["area_code"], row["as_at"]) for row in table("boards")} == expected
