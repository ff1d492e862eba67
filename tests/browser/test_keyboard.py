"""The work of an agency lead with the keyboard alone: signing in, a filter, an action, its note, leaving."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_page, settle, sign_in

pytestmark = pytest.mark.browser

WHERE = """() => {
    const at = document.activeElement
    return at.getAttribute("aria-label") || at.innerText || ""
}"""


def tab_to(page: Page, name: str, *, most: int = 60) -> int:
    """Press Tab until what has the focus begins with this name; how many presses that took."""
    for presses in range(1, most + 1):
        page.keyboard.press("Tab")
        if name in page.evaluate(WHERE)[:200] and page.evaluate("document.activeElement.tagName") != "MAIN":
            return presses
    raise AssertionError(f"{most} presses of Tab do not lead to {name!r}")


def enter(page: Page, url: str) -> None:
    open_page(page, url)
    tab_to(page, "Account", most=6)
    page.keyboard.type("police")
    page.keyboard.press("Tab")
    page.keyboard.type("police-demo-password")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)
    settle(page)


def choose_below(page: Page, name: str) -> None:
    """Take the second entry of a list."""
    tab_to(page, name)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)


@pytest.fixture
def lead(fresh_server, page) -> Page:
    enter(page, f"{fresh_server().url}/actions?board=tidewater&agency=police")
    return page


def test_a_lead_signs_in_opens_an_action_and_saves_a_note_without_a_mouse(lead):
    choose_below(lead, "Open an action")
    expect(lead.get_by_role("dialog")).to_be_visible()
    assert lead.evaluate("document.activeElement.getAttribute('role')") == "dialog"
    tab_to(lead, "What has been done", most=5)
    lead.keyboard.type("Two of three shifts are trained.")
    tab_to(lead, "Save the update", most=3)
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(lead.get_by_role("dialog")).to_have_count(0)


def test_the_drawer_keeps_the_focus_inside_and_escape_closes_it(lead):
    choose_below(lead, "Open an action")
    expect(lead.get_by_role("dialog")).to_be_visible()
    for _ in range(12):
        lead.keyboard.press("Tab")
        assert lead.evaluate("!!document.activeElement.closest('[role=dialog]')")
    lead.keyboard.press("Escape")
    expect(lead.get_by_role("dialog")).to_have_count(0)


def test_a_filter_is_chosen_and_keeps_the_focus(lead):
    choose_below(lead, "Priority")
    assert "priority=" in lead.url
    assert lead.evaluate(WHERE).startswith("Priority")


def test_the_tables_canvas_lets_the_focus_out_again_and_the_own_account_can_be_reached(lead):
    assert tab_to(lead, "Open an action") < 45  # through the table's cells and out again
    tab_to(lead, "Police lead")
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("button", name="Sign out")).to_be_visible()
    tab_to(lead, "Sign out")
    lead.keyboard.press("Enter")
    expect(lead.get_by_label("Password", exact=True)).to_be_visible()


def test_each_page_has_a_title_of_its_own(server, page):
    open_page(page, f"{server}/actions?board=tidewater")
    expect(page).to_have_title("Sign in – Board dashboard")
    sign_in(page, f"{server}/actions?board=tidewater", "chair")
    expect(page).to_have_title("Actions – Board dashboard")
    open_page(page, f"{server}/?board=tidewater")
    expect(page).to_have_title("Overview – Board dashboard")
