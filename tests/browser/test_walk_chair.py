"""The chair before a meeting: from the overview to what is late, to who holds it, to its story."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from lscb_core.commands.actions import Seen, assign, redate
from lscb_core.db.tables import Account, Action, Agency, Board
from tests.browser.serving import register
from tests.browser.steps import choose, follow, heading, settle, sign_in

pytestmark = pytest.mark.browser

AFTER_THE_REPORT = datetime(2016, 7, 4, 9, tzinfo=UTC)


def agree_owner_and_date(server, number: int, agency: str, due_on: date) -> None:
    """What Stockton's manager would have done after the report: its recommendations name neither."""
    with register(server) as session:
        manager = session.exec(select(Account.id).where(Account.name == "manager")).one()
        action = session.exec(
            select(Action).join(Board).where(Board.slug == "stockton", Action.number == number)
        ).one()
        owner = session.exec(select(Agency.id).where(Agency.slug == agency)).one()
        done = {"actor": manager, "at": AFTER_THE_REPORT}
        action_id = action.id
        assign(session, seen=Seen(action_id, 1), agency_id=owner, reason="Agreed", **done)
        redate(session, seen=Seen(action_id, 2), due_on=due_on, reason="Agreed", **done)


def test_the_chair_follows_a_late_figure_to_the_agency_and_to_the_action(fresh_server, new_page):
    server = fresh_server()
    agree_owner_and_date(server, 113, "police", date(2016, 9, 30))
    page = new_page()
    sign_in(page, f"{server.url}/?board=stockton&as_at=2016-12-31", "chair")
    expect(heading(page)).to_contain_text("31 December 2016")
    late = page.get_by_test_id("stMetric").filter(has_text="Actions late")
    expect(late).to_contain_text("1 of 28")

    page.get_by_role("link", name=re.compile("See (it|the one|all)")).first.click()
    settle(page)
    expect(heading(page)).to_contain_text("1 of 28 open actions is late")

    page.go_back()
    settle(page)
    follow(page, "Agency by agency")
    follow(page, "Police")
    expect(heading(page)).to_have_text("Police")
    expect(page.get_by_text("Late by 92 days")).to_be_visible()
    page.get_by_role("link", name="Open", exact=True).first.click()
    settle(page)
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("113")
    expect(drawer).to_contain_text("Agreed for 30 September 2016")
    expect(drawer).to_contain_text("Board manager")
    assert "action=113" in page.url
    assert "as_at=2016-12-31" in page.url


def test_the_chair_sees_stockton_as_its_report_describes_it(server, new_page):
    page = new_page()
    sign_in(page, server, "chair")
    choose(page, "Board", "Stockton")
    expect(heading(page)).to_have_text("Stockton as at 30 June 2016")
    assert "board=stockton" in page.url
    figures = page.get_by_test_id("stMetric")
    expect(figures.filter(has_text="No date agreed")).to_contain_text("27 of 28")
    expect(figures.filter(has_text="Deaths notified")).to_contain_text("12")


def test_an_earlier_meeting_opens_as_the_board_saw_it_then(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/?board=tidewater", "chair")
    now = page.get_by_test_id("stMetric").filter(has_text="Actions late").inner_text()
    choose(page, "As at", "12 February 2026")
    assert "as_at=2026-02-12" in page.url
    then = page.get_by_test_id("stMetric").filter(has_text="Actions late").inner_text()
    assert now != then


def test_an_address_with_what_is_not_there_is_told_and_shows_the_board_all_the_same(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=tidewater&priority=nonsense", "chair")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("no priority")
    expect(heading(page)).to_contain_text("open actions are late")


def test_a_day_to_come_is_refused_in_words(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/actions?board=tidewater&as_at=2030-01-01", "chair")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("still to come")
