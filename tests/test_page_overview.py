"""The overview as the chair meets it: before a meeting, on a board without meetings, on an empty one."""

from datetime import date, timedelta

import pytest

from lscb_core.domain.vocab import Status
from tests import make, make_audits, make_counts, make_work
from tests.opened import figures, headings, opened, words

TODAY, MET = date(2026, 4, 1), date(2026, 2, 12)
YEAR = date(2026, 3, 31)
DAY = timedelta(days=1)


def busy_board(session):
    """A board that met on 12 February and meets again on 16 April 2026."""
    board = make.board(session)
    for held in (MET, date(2026, 4, 16)):
        make.meeting(session, board, held)
    police = make.agency(session, board)
    old = {"owner": police, "raised": date(2025, 1, 6)}
    make.action(session, board, due=TODAY - 203 * DAY, moved=3, title="Agree a route", **old)
    make.action(session, board, due=MET + DAY, title="Name a lead", **old)
    closed = make.action(session, board, due=MET, **old)
    make.next_state(session, closed, MET + DAY, status=Status.VERIFIED)
    for year, below in ((date(2025, 3, 31), 400), (YEAR, 300)):
        make_counts.share(session, board, below, 1000, year, span="year")
    make_work.report(session, board, "mappa", due_on=date(2026, 1, 31))
    make_audits.audit(session, board, "plans", month=date(2026, 2, 1), reported_on=date(2026, 3, 9))
    make_work.inspection(session, board, "The board", judgement="good")
    return board


def test_the_chair_sees_what_changed_what_is_late_and_what_to_ask(register):
    app = opened(register, "overview", busy_board(register))
    assert app.title[0].value == "Before the meeting on 16 April 2026"
    said = words(app)
    assert "**one more action has become late**, one was closed and checked and one audit was graded" in said
    assert figures(app) == {
        "Actions late": ("2 of 2", "1 more"),
        "Over 3 months late": ("1", "no change"),
        "Below threshold": ("30.0%", "was 40.0%"),
        "Audits good": ("1 of 1", "since 12 Feb"),
        "Reports late": ("1 of 1", "no change"),
        "Audits done": ("1 of 1", ""),
        "No date agreed": ("0 of 2", "no change"),
        "No owner named": ("0 of 2", "no change"),
    }
    assert "Why is “Agree a route” not done, 203 days after the agreed date?" in words(app)
    assert "What changed since 12 February 2026" in headings(app)
    assert "MAPPA" in words(app)


def test_an_earlier_day_shows_what_was_seen_then(register):
    app = opened(register, "overview", busy_board(register), as_at=MET.isoformat())
    assert app.title[0].value == "For the meeting on 12 February 2026"
    # The action due on the 13th was not late, the closed one was still open and due that day.
    assert figures(app)["Actions late"] == ("1 of 3", "")
    assert "What changed" not in " ".join(headings(app))


@pytest.mark.parametrize("chosen", ["priority", "sub_group"])
def test_a_priority_or_sub_group_leaves_out_what_cannot_be_told_by_it(register, chosen):
    board = busy_board(register)
    police = make.agency(register, board, "health")
    make_counts.share(register, board, 290, 300, YEAR, span="year", agency=police)
    make_work.returned(register, board, police, TODAY - 9 * DAY)
    make_work.challenge(register, board, "Why so late?", YEAR, agency=police)
    neglect, group = make.priority(register, board), make.sub_group(register, board)
    make.action(register, board, owner=police, due=TODAY - DAY, serves=neglect, answered_by=group)
    whole = opened(register, "overview", board)
    assert {"Below threshold", "Partners sending"} & set(figures(whole))
    assert "of your referrals need no social work" in words(whole)
    assert "Why so late?" in words(whole)
    part = opened(register, "overview", board, **{chosen: {"priority": neglect.key}.get(chosen, group.slug)})
    assert set(figures(part)) == {"Actions late", "Over 3 months late", "No date agreed", "No owner named"}
    assert figures(part)["Actions late"][0] == "1 of 1"
    assert "of your referrals" not in words(part)
    assert "Why so late?" not in words(part)
    assert "figures come" not in words(part)


def test_a_board_without_a_meeting_leads_with_what_cannot_be_followed(register):
    board = make.board(register, as_at=date(2016, 6, 30))
    for _ in range(3):
        make.action(register, board, raised=date(2016, 6, 30))
    app = opened(register, "overview", board)
    assert app.title[0].value == "Testford as at 30 June 2016"
    assert list(figures(app))[0] == "No date agreed"
    assert "Of 3 open actions, 3 have no agreed date" in words(app)
    assert "Who answers for each of the actions, and by when?" in words(app)


def test_a_published_board_is_not_blamed_for_what_no_report_tells(register):
    told = date(2016, 6, 30)
    board = make.board(register, as_at=told)
    action = make.action(
        register, board, due=date(2016, 9, 30), raised=date(2016, 1, 6), title="Send the survey"
    )
    make.next_state(register, action, told, note_on=told, changed_by="As reported")
    said = words(opened(register, "overview", board, as_at="2016-12-31"))
    assert "Not known since 30 June 2016" in said
    assert "What became of “Send the survey”?" in said
    assert "not done" not in said
    assert "was not published" in words(opened(register, "actions", board, as_at="2016-12-31"))
    assert "was not published" not in words(opened(register, "actions", board, as_at="2016-06-30"))


def test_an_empty_board_says_so_and_shows_no_empty_figure(register):
    app = opened(register, "overview", make.board(register))
    assert figures(app) == {}
    assert "No figure is held" in words(app)
    assert "No question follows from the figures." in words(app)


def test_what_people_typed_is_shown_as_typed(register):
    board = make.board(register)
    make.action(register, board, due=TODAY - DAY, title="Say *why* :red[now] `x`")
    assert r"Say \*why\* \:red\[now\] \`x\`" in words(opened(register, "overview", board))
