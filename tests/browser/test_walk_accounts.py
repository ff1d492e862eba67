"""Accounts in a real browser: one is added with its code, roles and passwords change, and axe has looked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import choose, click, fill, heading, open_page, sign_in
from tests.browser.test_accessible import PHONE, serious, too_wide

pytestmark = pytest.mark.browser

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
NEW = "purple tractor under rain"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_the_administrator_adds_an_account_and_is_shown_its_code_once(fresh_server, new_page, scheme, width):
    server, page = fresh_server(), new_page(width=width, scheme=scheme)
    sign_in(page, f"{server.url}/accounts", "admin")
    expect(heading(page)).to_have_text("7 accounts may sign in")
    assert serious(page) == []
    click(page, "Add an account")
    fill(page, "Whose is it?", "Housing lead")
    fill(page, "Name to sign in with", "Housing lead")
    choose(page, "Which role?", "Agency lead")
    choose(page, "On which board?", "Tidewater")
    choose(page, "For which agency?", "Housing")
    click(page, "Add the account")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_test_id("stAlert")).to_contain_text("its name cannot be used")
    assert serious(page) == []
    fill(page, "Name to sign in with", "housing-lead")
    click(page, "Add the account")
    expect(drawer.get_by_text("It is shown only now")).to_be_visible()
    assert CODE.search(drawer.inner_text())
    expect(drawer.get_by_text("Agency lead for Housing, on Tidewater")).to_be_visible()
    assert serious(page) == []
    click(page, "Close")
    expect(drawer).to_have_count(0)
    expect(page.get_by_text("One waits for its code to be used")).to_be_visible()
    open_page(page, f"{server.url}/accounts?account=housing-lead")
    expect(drawer.get_by_text("Code waits")).to_be_visible()
    assert not CODE.search(drawer.inner_text())
    if width == PHONE:
        assert too_wide(page) == 0


def test_a_role_taken_away_puts_its_holder_out_and_a_code_ends_the_password(fresh_server, new_page):
    server, admin, police = fresh_server(), new_page(), new_page()
    sign_in(police, f"{server.url}/actions?board=tidewater", "police")
    sign_in(admin, f"{server.url}/accounts?account=police", "admin")
    admin.get_by_role("radio", name="Take one away").click()
    choose(admin, "Which of its roles?", "Agency lead for Police, on Brent")
    click(admin, "Take it away")
    expect(admin.get_by_role("dialog").get_by_test_id("stAlert")).to_contain_text("The role is taken away")
    open_page(police, f"{server.url}/actions?board=tidewater")
    expect(police.get_by_label("Password", exact=True)).to_be_visible()
    sign_in(police, f"{server.url}/actions?board=tidewater", "police")
    click(admin, "Issue a one-time code")
    expect(admin.get_by_role("dialog").get_by_text("It is shown only now")).to_be_visible()
    open_page(police, f"{server.url}/actions?board=tidewater")
    fill(police, "Account", "police")
    fill(police, "Password", "police-demo-password")
    click(police, "Sign in")
    expect(police.get_by_test_id("stAlert")).to_contain_text("You are not signed in")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_everybody_changes_the_own_password(fresh_server, new_page, scheme, width):
    server, page = fresh_server(), new_page(width=width, scheme=scheme)
    sign_in(page, f"{server.url}/actions?board=tidewater", "lay")
    click(page, "Lay member")
    click(page, "Your account")
    drawer = page.get_by_role("dialog")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)  # the menu has closed
    assert serious(page) == []
    for now, new in (("wrong", NEW), ("lay-demo-password", "tidewater 2026"), ("lay-demo-password", NEW)):
        fill(page, "Your password now", now)
        fill(page, "New password", new)
        fill(page, "New password again", new)
        click(page, "Change the password")
        if new != NEW or now == "wrong":
            words = "the old one does not fit" if now == "wrong" else "the name of a board"
            expect(drawer.get_by_test_id("stAlert")).to_contain_text(words)
            assert serious(page) == []
    expect(page.get_by_test_id("stAlert")).to_contain_text("Your password is changed")
    sign_in(page, f"{server.url}/actions?board=tidewater", "lay", NEW)
    expect(heading(page)).to_contain_text("late")
