"""Names and titles that somebody typed are shown as typed: no bold, no link, no colour comes of them."""

from datetime import date

import pytest

from lscb_core.ui import show
from tests import make, make_audits, make_work
from tests.opened import as_read, headings, opened

TYPED = "*b* [l](http://evil) :red[x]"
MONTH, DAY = date(2026, 2, 1), date(2026, 3, 31)


def typed_everywhere(session):
    """A board whose police, audit, questions, course and judgement are called by something nasty."""
    board = make.board(session)
    police = make.agency(session, board, name=TYPED)
    made = make_audits.audit(session, board, "risk", title=TYPED, month=MONTH, reported_on=DAY)
    make_audits.question(session, made, TYPED, (2, 18), (2, 18, police))
    make_audits.question(session, made, "Spoken to?", (17, 18), (17, 18, police))
    make_work.course(session, board, police, TYPED, booked=9, attended=7)
    make_work.comment(session, board, "agency_judgement", DAY, f"{TYPED}. {TYPED}", agency=police)
    return board


def drawn(app):
    """All that the page has in sentences, titles and tables."""
    said = [each.value for kind in (app.title, app.markdown) for each in kind]
    return said + [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]


@pytest.mark.parametrize(
    ("page", "address", "times"),
    [("agency", {"agency": "police"}, 5), ("agency", {}, 0), ("audit_outcomes", {"audit": "risk"}, 1)],
)
def test_what_was_typed_is_shown_as_typed(register, page, address, times):
    app = opened(register, page, typed_everywhere(register), **address)
    texts = drawn(app)
    assert not [text for text in texts if "[l](" in text or ":red[x]" in text or "*b*" in text]
    assert sum(as_read(text).count(TYPED) for text in texts) >= times


def test_an_agencys_name_a_course_and_a_judgement_keep_every_letter(register):
    app = opened(register, "agency", typed_everywhere(register), agency="police")
    assert as_read(app.title[0].value) == TYPED
    assert f"Audits: weakest on “{TYPED}”" in headings(app)
    [lead] = [text.value for text in app.markdown if "The board's judgement" in text.value]
    assert as_read(lead).count(TYPED) == 2
    assert TYPED in [as_read(cell) for cell in app.table[0].value["Course"]]


def test_a_link_says_what_was_typed(monkeypatch):
    labels = []
    monkeypatch.setattr(show, "keys", lambda: ("agency",))
    monkeypatch.setattr(show, "place", lambda key: key)
    monkeypatch.setattr(show, "with_changes", lambda **changes: changes)
    monkeypatch.setattr(show.st, "page_link", lambda _, *, label, **__: labels.append(label))
    show.go("agency", TYPED, agency="police")
    assert [as_read(label) for label in labels] == [TYPED] != labels
