"""Without signing in nobody sees a figure: on a server just started, at every address, by two ways."""

import http.client

import pytest
from playwright.sync_api import expect

from lscb_core.ui.places import keys
from tests.browser.steps import open_page, sign_in
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

ADDRESSES = ["", *(key for key in keys() if key != "overview"), "overview", "shell", "nowhere"]
BOARDS_WORDS = ("Stockton", "Tidewater", "Haringey", "late", "Police", "As at")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_fresh_server_shows_a_stranger_nothing_by_websocket(fresh_server, address):
    server = fresh_server()
    with Visitor(server.url, page=address, query="board=stockton&action=110") as visitor:
        visitor.run()
        said = visitor.all_text()
        assert "Sign in" in said
        assert not [word for word in BOARDS_WORDS if word in said.replace("Police lead", "")]
        visitor.run()  # asking again changes nothing
        assert "Stockton" not in visitor.all_text()


def test_a_fresh_server_shows_a_stranger_nothing_in_the_browser_and_keeps_the_address(fresh_server, page):
    server = fresh_server()
    asked = f"{server.url}/actions?board=stockton&as_at=2016-06-30"
    open_page(page, asked)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    shown = page.inner_text("body")
    assert not [word for word in ("Stockton", "Tidewater", "open actions") if word in shown]
    sign_in(page, asked, "lay")
    assert page.url == asked
    expect(page.get_by_role("heading", level=1)).to_contain_text("open action")


def test_wrong_passwords_and_unknown_names_are_answered_alike(server, new_page):
    answers = set()
    for name in ("chair", "nobody-of-that-name"):
        page = new_page()
        open_page(page, server)
        page.get_by_label("Account").fill(name)
        page.get_by_label("Password", exact=True).fill("not-the-password")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_test_id("stAlert")).to_contain_text("You are not signed in")
        answers.add(page.get_by_test_id("stAlert").inner_text())
    assert len(answers) == 1


def test_pages_are_no_files_to_fetch(server):
    for path in ("/pages/actions.py", "/app/static/../shell.py", "/app/static/%2e%2e/shell.py"):
        connection = http.client.HTTPConnection(server.removeprefix("http://"))
        connection.request("GET", path)
        body = connection.getresponse().read()
        connection.close()
        assert b"lscb_core" not in body, path


def test_signing_out_ends_what_the_tab_could_see(server, page):
    sign_in(page, f"{server}/actions?board=tidewater", "chair")
    page.get_by_role("button", name="Independent chair").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("The board's dashboard")
