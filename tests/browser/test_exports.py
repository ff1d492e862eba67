"""What leaves the dashboard leaves by its own downloads, in which no text runs as a formula."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import click, fill, open_page, sign_in

pytestmark = pytest.mark.browser

FORMULA = "=HYPERLINK(0) is promised"


def test_a_formula_leaves_as_text_and_the_tables_own_export_is_closed(fresh_server, page):
    server = fresh_server().url
    sign_in(page, f"{server}/actions?board=tidewater", "manager")
    click(page, "Add an action")
    fill(page, "What is promised?", FORMULA)
    click(page, "Add the action")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Added")
    open_page(page, f"{server}/actions?board=tidewater")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    expect(page.get_by_role("button", name="Search").first).to_be_attached()  # its other tools are there
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV").first.click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert f"'{FORMULA}" in text
    assert text.count(FORMULA) == text.count(f"'{FORMULA}")
