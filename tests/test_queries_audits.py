"""Audits as they stood on a day: the list, the programme, the repeats owed."""

from datetime import date, timedelta

from lscb_core.db.tables import AuditPriority, AuditSubGroup
from lscb_core.domain.vocab import AuditKind, Grade
from lscb_core.queries.audits import AUDITS, audits, graded, programme
from lscb_core.queries.re_audits import RE_AUDITS, re_audits
from tests import make, make_audits

DAY = timedelta(days=1)


def seen(session, board, as_at, **filters):
    """Each audit's standing and grade that day."""
    listed = audits(session, view=make.view(board, as_at, **filters))
    return dict(zip(listed["key"], zip(listed["standing"], listed["grade"], strict=True), strict=True))


def test_an_audit_is_seen_from_its_month_and_its_results_from_their_report(session, board):
    made_audit = make_audits.audit(session, board, "plans", outcome="Actions agreed", note="As reported")
    make_audits.question(session, made_audit, "Seen?", (3, 12))
    assert seen(session, board, date(2025, 2, 28)) == {}
    assert seen(session, board, date(2025, 3, 1)) == {"plans": ("under_way", "")}
    assert seen(session, board, date(2025, 4, 9)) == {"plans": ("under_way", "")}
    assert seen(session, board, date(2025, 4, 10)) == {"plans": ("done", "good")}
    [before] = audits(session, view=make.view(board, date(2025, 4, 9))).to_dict("records")
    assert (before["outcome"], before["note"], before["questions"]) == ("", "", 0)
    assert before["reported_on"] is None
    [after] = audits(session, view=make.view(board, date(2025, 4, 10))).to_dict("records")
    assert (after["outcome"], after["cases"], after["questions"], after["answered"]) == (
        "Actions agreed",
        18,
        1,
        1,
    )
    assert list(after) == list(AUDITS)


def test_without_a_day_of_report_results_are_known_at_the_end_of_the_month(session, board):
    make_audits.audit(session, board, "plans", reported_on=None)
    assert seen(session, board, date(2025, 3, 30)) == {"plans": ("under_way", "")}
    assert seen(session, board, date(2025, 3, 31)) == {"plans": ("done", "good")}
    [row] = audits(session, view=make.view(board)).itertuples()
    assert row.known_on == date(2025, 3, 31)


def test_without_any_date_an_audit_is_known_from_its_document(session, board):
    make.origin(session).released_on = date(2024, 6, 1)
    make_audits.audit(session, board, "plans", month=None, reported_on=None)
    assert seen(session, board, date(2024, 5, 31)) == {}
    assert seen(session, board, date(2024, 6, 1)) == {"plans": ("done", "good")}


def test_an_undated_document_counts_from_the_day_its_board_is_shown_as_at(session):
    board = make.board(session, "dated", as_at=date(2025, 1, 31))
    make_audits.audit(session, board, "plans", month=None, reported_on=None)
    assert seen(session, board, date(2025, 1, 30)) == {}
    assert seen(session, board, date(2025, 1, 31)) == {"plans": ("done", "good")}


def test_a_planned_audit_is_in_the_programme_for_a_year_and_then_slips(session, board):
    make_audits.planned(session, board, "next", status="slipped")  # planned for June 2025
    assert seen(session, board, date(2024, 5, 30)) == {}
    assert seen(session, board, date(2024, 6, 1)) == {"next": ("planned", "")}
    assert seen(session, board, date(2025, 6, 30)) == {"next": ("planned", "")}
    assert seen(session, board, date(2025, 7, 1)) == {"next": ("slipped", "")}


def test_a_repeat_is_planned_only_once_the_first_audit_was_known(session, board):
    first = make_audits.audit(session, board, "first")
    make_audits.planned(session, board, "again", reaudit_of_id=first.id)
    assert "again" not in seen(session, board, date(2025, 4, 9))
    assert "again" in seen(session, board, date(2025, 4, 10))


def test_filters_pick_by_priority_sub_group_and_agency(session, board):
    neglect, group = make.priority(session, board), make.sub_group(session, board)
    police, health = make.agency(session, board), make.agency(session, board, "health")
    tagged = make_audits.audit(session, board, "tagged")
    make.added(session, AuditPriority(audit_id=tagged.id, priority_id=neglect.id))
    make.added(session, AuditSubGroup(audit_id=tagged.id, sub_group_id=group.id))
    answered = make_audits.audit(session, board, "answered")
    make_audits.question(session, answered, "Seen?", (3, 12, police))
    promised = make_audits.audit(session, board, "promised")
    make.action(session, board, owner=police).audit_id = promised.id
    make.action(session, board, owner=health, raised=make.TODAY + DAY).audit_id = tagged.id
    session.flush()
    assert set(seen(session, board, make.TODAY, priority_id=neglect.id)) == {"tagged"}
    assert set(seen(session, board, make.TODAY, sub_group_id=group.id)) == {"tagged"}
    assert set(seen(session, board, make.TODAY, agency_id=police.id)) == {"answered", "promised"}
    assert seen(session, board, make.TODAY, agency_id=health.id) == {}  # its action was not raised yet
    assert len(seen(session, board, make.TODAY)) == 3


def test_another_boards_audits_are_never_among_them(session, board):
    other = make.board(session, "elsewhere")
    make_audits.audit(session, other, "theirs", reaudit_due_on=date(2025, 4, 20))
    make_audits.planned(session, other)
    for query in (audits, graded, programme, re_audits):
        assert query(session, view=make.view(board)).empty


def test_the_newest_audit_stands_first(session, board):
    make_audits.audit(session, board, "old", month=date(2023, 3, 1), reported_on=date(2023, 4, 1))
    make_audits.audit(session, board, "new")
    make_audits.audit(session, board, "middle", month=date(2024, 3, 1), reported_on=date(2024, 4, 1))
    listed = audits(session, view=make.view(board))
    assert listed["key"].tolist() == ["new", "middle", "old"]


def test_graded_leaves_out_what_had_no_grade_or_no_month(session, board):
    make_audits.audit(session, board, "graded", grade=Grade.INADEQUATE)
    make_audits.audit(session, board, "ungraded", grade=None)
    make_audits.audit(session, board, "undated", month=None)
    make_audits.audit(session, board, "unknown", reported_on=make.TODAY + DAY)
    listed = graded(session, view=make.view(board))
    assert listed[["key", "grade"]].values.tolist() == [["graded", "inadequate"]]


def test_the_programme_holds_a_year_of_audits_done_and_all_that_are_not(session, board):
    make_audits.audit(session, board, "year-old", reported_on=date(2024, 4, 30))  # twelve months that day
    make_audits.audit(session, board, "within", reported_on=date(2024, 5, 1))
    make_audits.audit(session, board, "running", reported_on=date(2025, 5, 1))
    make_audits.planned(session, board, "next")
    listed = programme(session, view=make.view(board))
    assert set(listed["key"]) == {"within", "running", "next"}


def owed(session, board, as_at=make.TODAY):
    listed = re_audits(session, view=make.view(board, as_at))
    return listed[["key", "standing", "days_late"]].values.tolist()


def test_a_repeat_is_late_from_the_day_after_it_was_due(session, board):
    make_audits.audit(session, board, "plans", reaudit_due_on=date(2025, 4, 29))
    assert owed(session, board, date(2025, 4, 9)) == []  # the audit was not known yet
    assert owed(session, board, date(2025, 4, 29)) == [["plans", "due_soon", 0]]
    assert owed(session, board, date(2025, 4, 30)) == [["plans", "late", 1]]
    assert list(re_audits(session, view=make.view(board)).columns) == list(RE_AUDITS)


def test_a_repeat_that_has_begun_is_no_longer_owed(session, board):
    first = make_audits.audit(
        session, board, "first", month=date(2024, 1, 1), reported_on=None, reaudit_due_on=date(2025, 1, 31)
    )
    make_audits.audit(session, board, "again", month=date(2025, 4, 1), reaudit_of_id=first.id)
    assert owed(session, board, date(2025, 3, 31)) == [["first", "late", 59]]
    assert owed(session, board, date(2025, 4, 1)) == []


def test_a_planned_repeat_is_still_owed_and_says_when_it_is_planned(session, board):
    first = make_audits.audit(session, board, "first", reaudit_due_on=date(2025, 4, 20))
    make_audits.planned(session, board, "again", reaudit_of_id=first.id)
    [row] = re_audits(session, view=make.view(board)).itertuples()
    assert (row.key, row.standing, row.planned_for) == ("first", "late", date(2025, 6, 1))


def test_a_planned_repeat_without_a_link_is_known_by_subject_or_title(session, board):
    fields = {"reaudit_due_on": date(2025, 9, 30)}
    make_audits.audit(session, board, "neglect", **fields)
    make_audits.audit(session, board, "abuse", title="Children and abuse", **fields)
    make_audits.audit(session, board, "health", theme="Health", **fields)
    make_audits.planned(session, board, "n", theme="Neglect", kind=AuditKind.RE_AUDIT)
    make_audits.planned(session, board, "a", title="Children and abuse", month=date(2025, 7, 1))
    make_audits.planned(session, board, "h", theme="Health")  # the same subject, but no repeat
    listed = re_audits(session, view=make.view(board)).set_index("key")["planned_for"].astype(object)
    expected = {"neglect": date(2025, 6, 1), "abuse": date(2025, 7, 1), "health": None}
    assert listed.to_dict() == expected


def test_a_repeat_promised_without_a_date_stands_last(session, board):
    undated = make_audits.audit(session, board, "undated")
    make_audits.planned(session, board, "some-day", month=None, reaudit_of_id=undated.id)
    make_audits.audit(session, board, "later", reaudit_due_on=date(2025, 12, 31))
    make_audits.audit(session, board, "late", reaudit_due_on=date(2025, 4, 20))
    make_audits.audit(session, board, "never-promised")
    assert owed(session, board) == [["late", "late", 10], ["later", "on_time", 0], ["undated", "no_date", 0]]
