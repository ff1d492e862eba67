"""A sub-group member filters to a priority, keeps the filter from page to page, and shares the link."""

import csv
import io

import pytest
from playwright.sync_api import expect

from lscb_core.ui.places import keys
from tests.browser.steps import choose, click, follow, heading, settle, sign_in

pytestmark = pytest.mark.browser

PRIORITY = "Children safe from exploitation"


def test_a_priority_is_kept_from_page_to_page_and_in_a_shared_link(server, new_page):
    member = new_page()
    sign_in(member, f"{server}/actions?board=tidewater", "subgroup")
    everything = heading(member).inner_text()
    choose(member, "Priority", PRIORITY)
    mine = heading(member).inner_text()
    assert mine != everything
    assert "priority=exploitation" in member.url
    shared = member.url
    follow(member, "Audits")
    expect(member.get_by_role("combobox", name="Priority")).to_have_value(PRIORITY)
    assert "priority=exploitation" in member.url

    colleague = new_page()
    sign_in(colleague, shared, "lay")
    expect(heading(colleague)).to_have_text(mine)
    expect(colleague.get_by_role("combobox", name="Priority")).to_have_value(PRIORITY)


def test_a_filter_that_leaves_nothing_says_so_and_can_be_taken_off(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=stockton&agency=health&as_at=2016-06-30", "subgroup")
    expect(page.get_by_text("No action to show")).to_be_visible()
    click(page, "Take the filters off")
    expect(heading(page)).to_contain_text("28 open actions")
    assert "agency" not in page.url


def test_another_board_drops_the_last_ones_filters(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=tidewater&priority=exploitation", "subgroup")
    choose(page, "Board", "Havering")
    assert "priority" not in page.url
    expect(heading(page)).to_contain_text("28 open actions")


def test_a_member_updates_nothing(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=tidewater&action=348", "subgroup")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("History")
    expect(drawer.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Add an action")).to_have_count(0)


def test_the_list_is_taken_away_as_csv_that_names_the_invented_board(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=tidewater", "subgroup")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    text = waiting.value.path().read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert "INVENTED BOARD" in rows[0][0]
    assert waiting.value.suggested_filename == "tidewater-2026-04-01-actions.csv"
    assert len(rows) == 2 + 14 + 10 + 4 + 2  # the line above, the head; late, due soon, moved twice, undated


NOT_IN_THE_BAR = ("import_data", "history", "accounts")


@pytest.mark.parametrize("board", ["brent", "haringey", "havering", "stockton", "tidewater"])
def test_every_page_of_every_board_is_drawn_without_an_error(server, new_page, board):
    page = new_page()
    sign_in(page, f"{server}/?board={board}", "subgroup")
    for key in [each for each in keys() if each not in NOT_IN_THE_BAR]:
        agency = "&agency=police" if key == "agency" else ""
        follow(page, {"overview": "Overview", "about": "About"}.get(key, _title(key)))
        settle(page)
        shown = page.inner_text("[data-testid=stMain]")
        assert "could not be shown" not in shown, (board, key, agency)
        assert heading(page).count() == 1, (board, key)
        for word in ("nan", "NaT", "null"):
            assert f" {word}" not in shown, (board, key, word)


def _title(key: str) -> str:
    from lscb_core.ui.places import PLACES

    return next(each.title for each in PLACES if each.key == key)
