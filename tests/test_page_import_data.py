"""The page where files are taken in: what each role meets, preview, problems, decisions, undoing."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from lscb_core.commands.returns_asked import Wanted, ask_return
from lscb_core.db.access import person
from lscb_core.db.engine import engine
from lscb_core.db.recording import raise_revision
from lscb_core.db.tables import Import, ReturnAsked, RoleGrant, SentScope, SourceAgency, SourceSpelling
from lscb_core.domain.returns import Every
from lscb_core.domain.vocab import Role
from lscb_core.ui import import_memory
from lscb_core.ui.places import not_for
from tests import make, make_annex_a, make_work, make_workbooks
from tests.make_sent import XLSX, threshold_return
from tests.opened import as_read, empty_register, headings, opened, words
from tests.tab import tab

TODAY, FEB = date(2026, 4, 1), date(2026, 2, 28)
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def register(monkeypatch, register_url):
    """A session on an empty register."""
    import_memory.forget()
    with empty_register(monkeypatch, register_url) as session:
        yield session
    import_memory.forget()


@pytest.fixture
def board(register):
    """A board with its police, who are asked for nothing, and its health trust."""
    board = make.board(register)
    make.agency(register, board)
    make.agency(register, board, "health")
    return board


def asked(session, board, slug="police", **changes):
    agency = session.exec(select(make.Agency).where(make.Agency.slug == slug)).one()
    manager = make.account(session, Role.MANAGER, board)
    plain = {"template": "thresholds", "every": Every.MONTH, "first_period_end": FEB, "days_allowed": 20}
    wanted = Wanted(agency_id=agency.id, **(plain | changes))
    ask_return(session, actor=manager, board_id=board.id, wanted=wanted, at=NOW)


def as_manager(session, board, **address):
    return opened(session, "import_data", board, role=Role.MANAGER, **address)


def as_lead(session, board, slug="police", **address):
    """The page as the lead of that agency has it."""
    agency = session.exec(select(make.Agency).where(make.Agency.slug == slug)).one()
    return opened(session, "import_data", board, role=Role.AGENCY_LEAD, leads=agency, **address)


def put(app, content, name="police.xlsx"):
    """Upload a file, as a person does."""
    app.file_uploader[0].set_value((name, content, XLSX)).run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def errors(app) -> str:
    return " ".join(each.value for each in app.error)


def rows(kind) -> list:
    with Session(engine()) as session:
        return session.exec(select(kind)).all()


def test_a_chair_sees_what_has_come_and_can_send_nothing(register, board):
    police = register.exec(select(make.Agency).where(make.Agency.slug == "police")).one()
    make_work.returned(register, board, police, date(2026, 3, 15))
    app = opened(register, "import_data", board)
    assert app.title[0].value == "Which figures have come, and which are missing?"
    assert "**The latest figures of Police have not come.**" in words(app)
    assert headings(app) == ["Police has not sent the latest figures"]
    assert "The board manager takes in files" in words(app)
    assert not app.file_uploader
    assert not app.dataframe


@pytest.mark.parametrize("role", [Role.SUBGROUP, Role.LAY])
def test_members_meet_no_upload_either(register, board, role):
    assert not opened(register, "import_data", board, role=role).file_uploader


def test_the_bar_has_the_page_for_those_who_send_files_or_ask_why_none_came(register, board):
    police = register.exec(select(make.Agency).where(make.Agency.slug == "police")).one()
    using = {
        role
        for role in Role
        if "import_data" not in not_for(person(register, make.account(register, role, board, leads=police)))
    }
    assert using == {Role.CHAIR, Role.MANAGER, Role.AGENCY_LEAD}
    assert not_for(None) == set()


def test_a_manager_chooses_among_four_kinds_and_only_the_census_may_be_large(register, board):
    app = as_manager(register, board)
    assert [option.split(".**")[0] for option in app.radio[0].options] == [
        "**An agency's return", "**Published statistics", "**Annex A workbook", "**Children in need census",
    ]  # fmt: skip
    assert app.file_uploader[0].proto.max_upload_size_mb == 25
    app.radio[0].set_value("cin-census").run()
    assert (app.file_uploader[0].proto.max_upload_size_mb, app.file_uploader[0].allowed_type) == (
        500,
        [".xml"],
    )
    assert "Files so far" in headings(app)
    assert "Settings" in headings(app)


def test_a_lead_sees_what_is_still_due_with_its_day_and_its_workbook(register, board):
    asked(register, board)
    app = as_lead(register, board)
    assert "**Your threshold return for February 2026 is missing, 12 days past its day.**" in words(app)
    assert "Next: threshold return for March 2026, due 20 April 2026." in words(app)
    assert "Due 20 March 2026, nothing came." in as_read(words(app))
    assert [each.label for each in app.get("download_button")][:2] == ["Workbook to fill in"] * 2
    assert headings(app)[:2] == ["Still due from your agency", "Send a return"]
    assert headings(app)[-1] == "What your agency has sent"
    assert not app.radio


def test_on_a_past_day_nothing_is_taken_in(register, board):
    app = as_manager(register, board, as_at="2026-02-01")
    assert not app.file_uploader
    assert "You are looking at 1 February 2026" in app.info[0].value
    assert press(app, "Go to today").file_uploader


def test_a_preview_shows_what_would_change_and_saves_nothing(register, board):
    app = put(as_manager(register, board), threshold_return())
    assert "### Threshold return: Police, February 2026" in as_read(words(app))
    assert "figures and records would change:**" in words(app)
    changes = app.dataframe[0].value
    assert changes.columns.tolist() == ["Before", "Now", "What"]
    assert ("–", "480", "Referrals, police, February 2026") in set(changes.itertuples(index=False, name=None))
    assert rows(Import) == []
    assert rows(SentScope) == []


def test_what_was_shown_is_taken_in_and_the_file_is_dropped(register, board):
    asked(register, board)
    app = put(as_manager(register, board), threshold_return())
    press(app, "Take it in")
    [taken] = rows(Import)
    assert (taken.status, taken.file_name, taken.rows) == ("saved", "police.xlsx", 24)
    assert "**Taken in.** Threshold return: Police, February 2026" in as_read(app.success[0].value)
    assert app.file_uploader[0].value is None
    assert not import_memory._kept
    assert "Take it in" not in labels(app)
    assert app.dataframe[-1].value["Now"].tolist() == [["Stands"]]


def test_a_file_that_is_left_leaves_nothing(register, board):
    app = put(as_manager(register, board), threshold_return())
    press(app, "Leave it")
    assert "Nothing of “police.xlsx” was kept." in as_read(app.success[0].value)
    assert rows(Import) == []
    assert not import_memory._kept
    assert app.file_uploader[0].value is None


def test_the_same_file_again_changes_nothing_and_says_so(register, board):
    content = threshold_return()
    app = as_manager(register, board)
    press(put(app, content), "Take it in")
    put(app, content)
    assert "**This file is here already, so nothing would change.**" in app.info[0].value
    assert "Board manager took in this very file" in app.info[0].value
    assert "Take it in" not in labels(app)


def test_a_correction_tells_what_it_replaces(register, board):
    app = as_manager(register, board)
    press(put(app, threshold_return(count=20)), "Take it in")
    put(app, threshold_return(count=21), "again.xlsx")
    assert ":orange-badge[Replaces] what **Board manager** sent on 1 April 2026" in words(app)
    changes = set(app.dataframe[0].value.itertuples(index=False, name=None))
    assert ("480", "504", "Referrals, police, February 2026") in changes


def test_problems_are_listed_and_the_refusal_is_noted_once(register, board):
    app = put(as_lead(register, board), threshold_return(bad=4))
    assert "**Nothing was taken in: the file has 4 problems.**" in errors(app)
    assert "**Referrals, row 4, Referrals:** “many” is not a number. Write" in as_read(words(app))
    listed = app.dataframe[0].value
    assert listed.columns.tolist() == ["Row or record", "What is wrong", "What to do", "Sheet", "Field"]
    assert listed["Row or record"].tolist() == ["4", "5", "6", "7"]
    assert "Take it in" not in labels(app)
    app.run()
    [refused] = rows(Import)
    assert (refused.status, refused.problems, refused.rows) == ("refused", 4, 0)
    assert app.dataframe[-1].value["Now"].tolist() == [["Refused"]]


def test_a_change_of_the_register_after_the_preview_is_told_and_shown_anew(register, board):
    app = put(as_manager(register, board), threshold_return())
    with Session(engine()) as other:
        raise_revision(other)
        other.commit()
    press(app, "Take it in")
    assert "the register was changed while you were looking" in errors(app)
    assert rows(Import) == []
    press(app, "Take it in")
    assert len(rows(Import)) == 1


def test_a_preview_that_was_forgotten_is_made_anew_before_anything_is_saved(register, board):
    app = put(as_manager(register, board), threshold_return())
    import_memory.forget()
    press(app, "Take it in")
    assert "too long ago" in errors(app)
    assert rows(Import) == []
    press(app, "Take it in")
    assert len(rows(Import)) == 1


def test_a_role_taken_away_after_the_preview_saves_nothing(register, board):
    app = put(as_manager(register, board), threshold_return())
    for grant in register.exec(select(RoleGrant)).all():
        register.delete(grant)
    register.commit()
    press(app, "Take it in")
    assert rows(Import) == []
    assert "no seat on a board" in errors(app)


def test_a_lead_sends_the_own_return_and_no_other_agencys(register, board):
    app = put(as_lead(register, board), threshold_return(agency=("health", "Health")))
    assert "A return is sent by the agency's own lead" in errors(app)
    assert rows(Import) == []
    press(put(app, threshold_return(), "own.xlsx"), "Take it in")
    [taken] = rows(Import)
    assert (taken.file_name, taken.saved_by) == ("own.xlsx", "Agency lead")


def test_a_file_of_another_kind_is_refused_in_words(register, board):
    app = put(as_manager(register, board), b"not a workbook", "x.xlsx")
    assert "Nothing was taken in: the file has 1 problem." in errors(app)
    assert "not an Excel workbook" in words(app)


def test_a_file_name_is_shown_as_typed_and_never_as_a_path(register, board):
    app = put(as_manager(register, board), threshold_return(), "../*b* [l](http://evil)\u202e.xlsx")
    [told] = [text.value for text in app.markdown if "File “" in text.value]
    assert "](http" not in told
    press(app, "Take it in")
    assert rows(Import)[0].file_name == "evil).xlsx"


def test_many_problems_are_listed_in_part_and_counted_in_full(register, board):
    app = as_manager(register, board)
    app.radio[0].set_value("annex-a").run()
    lists = {1: [make_annex_a.contact(n, "no day at all") for n in range(1203)]}
    put(app, make_workbooks.workbook(make_annex_a.sheets(lists)), "annex.xlsx")
    assert "the file has 1,203 problems" in errors(app)
    assert len(app.dataframe[0].value) == 200
    assert "The first 200 are shown; 800 more are in the download. 203 more are not listed." in words(app)
    assert "no day at all" not in words(app) + errors(app) + app.dataframe[0].value.to_csv()


def annex_a(source: str) -> bytes:
    lists = {
        1: [make_annex_a.contact(n, make_annex_a.APRIL) for n in range(30)],
        3: [make_annex_a.referral(n, make_annex_a.APRIL, source) for n in range(30)],
    }
    return make_workbooks.workbook(make_annex_a.sheets(lists))


def test_unknown_words_for_a_source_are_asked_about_once_and_remembered(register, board):
    app = as_manager(register, board)
    app.radio[0].set_value("annex-a").run()
    put(app, annex_a("CAFCASS"), "annex.xlsx")
    assert "1 way of writing is not known" in words(app)
    [box] = [box for box in app.selectbox if "CAFCASS" in box.label]
    assert box.label == "“CAFCASS” (30 records)"
    press(app, "Remember these and read the file again")
    assert "Nothing was chosen yet." in errors(app)
    [box] = [box for box in app.selectbox if "CAFCASS" in box.label]
    box.set_value("other_legal")
    press(app, "Remember these and read the file again")
    [kept] = rows(SourceSpelling)
    assert (kept.words, kept.means, kept.mapped_by) == ("CAFCASS", "other_legal", "Board manager")
    assert "Take it in" in labels(app)


def test_a_file_is_undone_with_a_reason_and_what_stood_before_stands_again(register, board):
    app = as_manager(register, board)
    press(put(app, threshold_return(count=20)), "Take it in")
    press(put(app, threshold_return(count=21), "again.xlsx"), "Take it in")
    first, second = (one.id for one in rows(Import))
    app.query_params["file"] = str(second)
    app.run()
    assert f"**File {first} will stand again** for 1 piece of it." in words(app)
    assert "“again.xlsx”" in as_read(words(app))
    sent = next(table.value for table in app.dataframe if "Sent before" in table.value)
    assert sent.iloc[0].tolist() == ["Level 1, No further action", "count", "20", "21"]
    press(app, "Undo this file")
    assert "say why it is undone" in errors(app)
    app.text_area[0].set_value("The wrong month")
    press(app, "Undo this file")
    assert [one.status for one in rows(Import)] == ["saved", "undone"]
    assert rows(Import)[1].undone_why == "The wrong month"
    assert f"**Undone.** File {second} stands no longer" in app.success[0].value


def test_a_lead_opens_an_own_file_but_cannot_undo_it(register, board):
    app = as_lead(register, board)
    press(put(app, threshold_return()), "Take it in")
    app.query_params["file"] = str(rows(Import)[0].id)
    app.run()
    assert "Taken in on **1 April 2026**" in words(app)
    assert "Undo this file" not in labels(app)


def test_a_file_that_is_not_there_is_told(register, board):
    for number in ("99", "-1", "9" * 30, "x"):
        assert "There is no file number" in errors(as_manager(register, board, file=number))


def test_a_manager_asks_for_a_return_and_stops_asking(register, board):
    app = as_manager(register, board, settings="asked")
    press(app, "Ask for it")
    assert "That agency has no seat on this board" in errors(app)
    box = next(box for box in app.selectbox if box.label == "Of which agency?")
    box.set_value(next(agency.id for agency in rows(make.Agency) if agency.slug == "police"))
    press(app, "Ask for it")
    [asked_] = rows(ReturnAsked)
    assert (asked_.template, asked_.every, asked_.days_allowed) == ("thresholds", "month", 30)
    assert asked_.first_period_end == date(2026, 4, 30)
    press(app, "Ask no more")
    assert rows(ReturnAsked)[0].until == TODAY


def test_sources_are_suggested_by_the_kind_of_agency_and_saved(register, board):
    for agency in register.exec(select(make.Agency)).all():
        agency.kind = agency.slug
        register.add(agency)
    app = as_manager(register, board, settings="sources")
    boxes = {box.label: box for box in app.selectbox}
    police, health = (boxes[name].value for name in ("Police", "Health services"))
    assert police
    assert boxes["Housing"].value is None
    press(app, "Save")
    assert {(row.source, row.agency_id) for row in rows(SourceAgency)} == {
        ("police", police),
        ("health", health),
    }


def test_settings_are_the_managers_alone(register, board):
    app = opened(register, "import_data", board, settings="asked")
    assert "Ask for it" not in labels(app)
    assert not [text for text in headings(app) if text == "Settings"]


def settings_alone() -> None:
    """The drawer without the page around it: as it is drawn again by itself."""
    from lscb_core.ui.context import open_page
    from lscb_core.ui.import_settings import open_setting

    with open_page() as page:
        open_setting(page.view)


def test_a_drawer_asks_for_itself_who_may_open_it(register, board):
    for role, may in ((Role.MANAGER, True), (Role.CHAIR, False)):
        actor = make.account(register, role, board)
        register.commit()
        app = tab(settings_alone, actor, session=register, board=board.slug, settings="asked").run()
        assert ("Ask for it" in labels(app)) is may
        assert bool(app.error) is not may
