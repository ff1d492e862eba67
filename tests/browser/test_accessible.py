"""axe on every page, light and dark, wide and on a phone; and no page needs sideways scrolling."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lscb_core.ui.places import keys
from tests.browser.steps import click, heading, open_page, sign_in, told, wait_ready

pytestmark = pytest.mark.browser

BOARDS = {"light": "tidewater", "dark": "stockton"}
STREAMLITS_OWN: set[str] = set()
"""Rules that fail in Streamlit itself, whatever a page holds. None of those seen is on these pages."""
PHONE = 390


def address(server: str, key: str, board: str) -> str:
    agency = "&agency=police" if key == "agency" else ""
    return f"{server}/{'' if key == 'overview' else key}?board={board}{agency}"


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:150]}"
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in STREAMLITS_OWN
    ]


def too_wide(page) -> int:
    """Pixels by which the page or its main part can be scrolled sideways."""
    main = page.locator("[data-testid=stMain]")
    inside = main.evaluate("each => each.scrollWidth - each.clientWidth")
    return max(page.evaluate("document.documentElement.scrollWidth") - PHONE, inside, 0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", PHONE)])
@pytest.mark.parametrize("key", keys())
def test_axe_finds_nothing_serious_and_a_phone_needs_no_sideways_scrolling(
    server, new_page, key, scheme, width
):
    page = new_page(width=width, scheme=scheme)
    sign_in(page, address(server, key, BOARDS[scheme]), "chair")
    wait_ready(page)
    if width == PHONE:
        assert too_wide(page) == 0
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_at_the_door_and_in_the_drawer(server, new_page, scheme):
    page = new_page(scheme=scheme)
    open_page(page, server)
    page.get_by_text("I have a one-time code").click()
    expect(page.get_by_label("One-time code")).to_be_visible()
    assert serious(page) == []
    sign_in(page, f"{server}/actions?board=stockton&as_at=2026-04-01&action=113", "manager")
    assert serious(page) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_axe_finds_nothing_serious_in_a_history_with_events_and_in_a_story(server, new_page, scheme, width):
    page = new_page(width=width, scheme=scheme)
    sign_in(page, f"{server}/history?board=tidewater", "admin")  # the signing in is an event itself
    expect(page.get_by_text("the newest first")).to_be_visible()
    assert serious(page) == []
    click(page, "Check the whole chain now")
    expect(told(page).first).to_contain_text("The chain is unbroken")
    assert serious(page) == []
    open_page(page, f"{server}/history?board=tidewater&record=account/7")
    expect(heading(page)).to_have_text("Account 7: Administrator")
    if width == PHONE:
        assert too_wide(page) == 0
    assert serious(page) == []
