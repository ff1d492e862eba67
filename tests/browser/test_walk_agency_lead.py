"""The police lead in a real browser: update an own action, meet another's save, leave others alone."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import Action, ActionState, Agency, Board, Event
from tests.browser.serving import register
from tests.browser.steps import choose, click, fill, heading, settle, sign_in, told
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

NOTE = "What has been done since the last note?"


@pytest.fixture(scope="module")
def own(running):
    """Numbers of open actions of an agency on the invented board, most late first."""

    def numbers(agency: str) -> list[int]:
        with register(running) as session:
            found = session.exec(
                select(Action.number, ActionState.status)
                .join(ActionState, ActionState.action_id == Action.id)
                .join(Board, Board.id == Action.board_id)
                .join(Agency, Agency.id == ActionState.agency_id)
                .where(Board.slug == "tidewater", Agency.slug == agency, ActionState.until_on == FOREVER)
                .order_by(ActionState.due_on)
            ).all()
        return [number for number, status in found if status.is_open]

    return numbers


def state_of(running, number: int) -> ActionState:
    with register(running) as session:
        return session.exec(
            select(ActionState)
            .join(Action, Action.id == ActionState.action_id)
            .join(Board, Board.id == Action.board_id)
            .where(Board.slug == "tidewater", Action.number == number, ActionState.until_on == FOREVER)
        ).one()


def opened(page, running, who: str, number: int, board: str = "tidewater"):
    sign_in(page, f"{running.url}/actions?board={board}&action={number}", who)
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def test_a_lead_updates_an_own_action_and_a_second_browser_sees_it(running, new_page, own):
    number = own("police")[0]
    lead = opened(new_page(), running, "police", number)
    choose(lead, "How far is it?", "In progress")
    fill(lead, NOTE, "Two of three shifts are trained.")
    fill(lead, "Where is the evidence?", "Training log, page 2")
    click(lead, "Save the update")
    expect(lead.get_by_test_id("stAlert")).to_contain_text(f"Action {number}")
    expect(lead.get_by_role("dialog")).to_have_count(0)

    chair = opened(new_page(), running, "chair", number)
    expect(chair.get_by_role("dialog")).to_contain_text("Two of three shifts are trained.")
    expect(chair.get_by_role("dialog")).to_contain_text("1 April 2026, Police lead")


def test_a_lead_chooses_a_row_by_typing_and_closes_the_drawer_again(running, new_page, own):
    number = own("police")[1]
    page = new_page()
    sign_in(page, f"{running.url}/actions?board=tidewater&agency=police", "police")
    box = page.get_by_role("combobox", name=re.compile("Open an action"))
    box.fill(str(number))
    page.get_by_role("option").first.click()
    settle(page)
    expect(page.get_by_role("dialog")).to_contain_text(str(number))
    assert f"action={number}" in page.url
    page.keyboard.press("Escape")
    settle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "action=" not in page.url


def test_two_leads_race_and_nothing_typed_is_lost(running, new_page, own):
    number = own("police")[2]
    first = opened(new_page(), running, "police", number)
    second = opened(new_page(), running, "police", number)
    fill(first, NOTE, "First words.")
    fill(second, NOTE, "Second words.")
    click(first, "Save the update")
    click(second, "Save the update")
    refused = second.get_by_role("dialog").get_by_test_id("stAlert")
    expect(refused).to_contain_text("Police lead saved it first")
    expect(refused).to_contain_text("First words")
    expect(second.get_by_label(NOTE)).to_have_value("Second words.")
    assert state_of(running, number).note == "First words."

    click(second, "Save the update")  # having read theirs
    expect(second.get_by_test_id("stAlert")).to_contain_text("Saved")
    assert state_of(running, number).note == "Second words."


def test_bad_input_says_what_to_do_and_keeps_what_was_typed(running, new_page, own):
    number = own("police")[3]
    page = opened(new_page(), running, "police", number)
    before = state_of(running, number).version
    click(page, "Save the update")
    expect(page.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text("nothing is new")
    fill(page, "Where is the evidence?", "Minutes of May")
    choose(page, "How far is it?", "Complete, evidence awaited")
    click(page, "Save the update")
    expect(page.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text(
        "say in a sentence what has been done"
    )
    expect(page.get_by_label("Where is the evidence?")).to_have_value("Minutes of May")
    fill(page, NOTE, "x" * 2001)
    click(page, "Save the update")
    expect(page.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text("2,000 fit")
    expect(page.get_by_label(NOTE)).to_have_value("x" * 2001)
    assert state_of(running, number).version == before


def test_another_agencys_action_shows_its_story_and_no_form(running, new_page, own):
    page = opened(new_page(), running, "police", own("health")[0])
    expect(page.get_by_role("dialog")).to_contain_text("History")
    expect(page.get_by_role("button", name="Save the update")).to_have_count(0)


def test_a_crafted_message_cannot_save_to_another_agencys_action(running, own):
    """The form of an own action is opened; the message claims that it is another's, or comes too late."""
    mine, theirs = own("police")[4], own("health")[0]
    before = state_of(running, theirs).version
    with Visitor(running.url, page="actions", query=f"board=tidewater&action={mine}") as visitor:
        visitor.run()
        visitor.set("Account", "police").set("Password", "police-demo-password").click("Sign in")
        visitor.set(NOTE, "Not mine to write.")
        visitor.query = f"board=tidewater&action={theirs}"
        visitor.click("Save the update")
        visitor.run()
    assert state_of(running, theirs).version == before
    with register(running) as session:
        events = session.exec(select(Event).where(Event.note == "Not mine to write.")).all()
    assert {event.record_id for event in events} <= {state_of(running, mine).action_id}


def test_a_form_kept_open_after_the_role_was_taken_away_saves_nothing(fresh_server, own):
    """The button is still on the screen; the command reads the role anew and refuses."""
    from lscb_core.db.tables import Account, RoleGrant

    server = fresh_server()
    number = own("police")[5]
    with Visitor(server.url, page="actions", query=f"board=tidewater&action={number}") as visitor:
        visitor.run()
        visitor.set("Account", "police").set("Password", "police-demo-password").click("Sign in")
        visitor.set(NOTE, "Written after the role was gone.")
        with register(server) as session:
            lead = session.exec(select(Account).where(Account.name == "police")).one()
            for grant in session.exec(select(RoleGrant).where(RoleGrant.account_id == lead.id)):
                session.delete(grant)
            session.commit()
        visitor.click("Save the update")
    assert state_of(server, number).note != "Written after the role was gone."


def test_on_a_past_day_there_is_no_form_but_the_way_to_today(running, new_page, own):
    page = new_page()
    sign_in(
        page, f"{running.url}/actions?board=tidewater&action={own('police')[0]}&as_at=2026-03-20", "police"
    )
    expect(page.get_by_role("dialog")).to_contain_text("You are looking at 20 March 2026")
    click(page, "Go to today")
    expect(page.get_by_role("button", name="Save the update")).to_be_visible()
    expect(heading(page)).to_contain_text("open actions are late")


def test_saving_again_after_a_lost_race_undoes_nothing_of_the_others_work(fresh_server, new_page, own):
    """The one who was second wrote a note only; the status and evidence of the first must stand."""
    server, number = fresh_server(), own("police")[6]
    first = opened(new_page(), server, "manager", number)
    second = opened(new_page(), server, "police", number)
    fill(second, NOTE, "Only a note.")
    choose(first, "How far is it?", "Complete, evidence awaited")
    fill(first, NOTE, "All done.")
    fill(first, "Where is the evidence?", "Log of May, page 9")
    click(first, "Save the update")
    click(second, "Save the update")
    expect(told(second.get_by_role("dialog"))).to_contain_text("Board manager saved it first")
    expect(second.get_by_label("Where is the evidence?")).to_have_value("Log of May, page 9")
    click(second, "Save the update")
    expect(told(second)).to_contain_text("Saved")
    state = state_of(server, number)
    assert (state.status.value, state.evidence, state.note) == (
        "complete",
        "Log of May, page 9",
        "Only a note.",
    )


def test_an_open_drawer_shows_nothing_more_once_the_role_is_gone(fresh_server, own):
    from lscb_core.db.tables import Account, RoleGrant

    server, number = fresh_server(), own("police")[0]
    with Visitor(server.url, page="actions", query=f"board=tidewater&action={number}") as visitor:
        visitor.run()
        visitor.set("Account", "lay").set("Password", "lay-demo-password").click("Sign in")
        with register(server) as session:
            lay = session.exec(select(Account).where(Account.name == "lay")).one()
            for grant in session.exec(select(RoleGrant).where(RoleGrant.account_id == lay.id)):
                session.delete(grant)
            session.commit()
        visitor.received.clear()
        visitor.run()
        assert "Agreed for" not in visitor.all_text()
        assert "no seat on a board" in visitor.all_text()


@pytest.mark.parametrize("asked", ["9" * 30, "-1", "abc", "348&add=1"])
def test_an_action_number_that_is_none_is_told_and_breaks_nothing(server, asked):
    with Visitor(server, page="actions", query=f"board=tidewater&action={asked}") as visitor:
        visitor.run()
        visitor.set("Account", "manager").set("Password", "manager-demo-password").click("Sign in")
        assert "could not be shown" not in visitor.all_text()
        assert "open actions are late" in visitor.all_text()
