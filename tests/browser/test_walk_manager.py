"""The board manager's forms in a real browser: add, name the owner, move the date; the chair closes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import choose, click, fill, sign_in

pytestmark = pytest.mark.browser


def test_an_action_goes_from_being_added_to_closed_through_three_peoples_hands(fresh_server, new_page):
    server = fresh_server()
    manager = new_page()
    sign_in(manager, f"{server.url}/actions?board=stockton&as_at=2026-04-01", "manager")
    click(manager, "Add an action")
    click(manager, "Add the action")
    expect(manager.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text("say what is promised")
    fill(manager, "What is promised?", "Train every school's safeguarding lead")
    choose(manager, "Which agency owns it?", "Police")
    fill(manager, "More about it (may be left out)", "From the training needs analysis")
    click(manager, "Add the action")
    told = manager.get_by_test_id("stAlert").first
    expect(told).to_contain_text("Added")
    number = re.search(r"action (\d+)", told.inner_text())[1]

    address = f"{server.url}/actions?board=stockton&as_at=2026-04-01&action={number}"
    manager = new_page()
    sign_in(manager, address, "manager")
    manager.get_by_role("radio", name="Move the date").click()
    fill(manager, "Why is the date moved?", "Agreed at the meeting")
    click(manager, "Move the date")
    expect(manager.get_by_test_id("stAlert").first).to_contain_text("The new date is agreed")

    police = new_page()
    sign_in(police, address, "police")
    choose(police, "How far is it?", "Complete, evidence awaited")
    fill(police, "What has been done since the last note?", "All leads have come.")
    fill(police, "Where is the evidence?", "Register of 12 May")
    click(police, "Save the update")
    expect(police.get_by_test_id("stAlert").first).to_contain_text("Somebody else will check it")

    chair = new_page()
    sign_in(chair, address, "chair")
    fill(chair, "What did you find?", "The register names all of them.")
    click(chair, "Close it: I have checked the evidence")
    expect(chair.get_by_test_id("stAlert").first).to_contain_text("It is closed")

    lay = new_page()
    sign_in(lay, address, "lay")
    drawer = lay.get_by_role("dialog")
    for words in ("Closed and checked", "All leads have come.", "Date agreed", "Added", "Register of 12 May"):
        expect(drawer).to_contain_text(words)
    expect(drawer.get_by_role("textbox")).to_have_count(0)
