"""Audit outcomes in the browser: an audit is chosen and linked to, and what cannot be right is marked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import choose, follow, heading, sign_in

pytestmark = pytest.mark.browser

HARINGEY = "audit_outcomes?board=haringey"


def test_an_audit_is_chosen_in_the_box_and_stands_in_the_address(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/{HARINGEY}", "lay")
    choose(page, "Audit", "Section 47: quality of strategy meetings and discussions, February 2014")
    expect(page).to_have_url(re.compile("audit=section-47-2014"))
    expect(page.get_by_text("Did the right agencies attend?")).to_be_visible()


def test_a_link_opens_its_audit_and_the_impossible_percentage_is_marked(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/{HARINGEY}&audit=domestic-abuse-2014", "lay")
    expect(page.get_by_text("18 cases", exact=True)).to_be_visible()
    told = page.get_by_text("No whole number of 18 cases gives 74%")
    expect(told).to_be_visible()
    drawn = page.locator("[role=graphics-symbol][aria-label*='Did agencies share information']")
    expect(drawn).to_have_count(0)  # no dot is computed from a percentage that cannot be
    fitting = page.locator("[role=graphics-symbol][aria-label*='Was the risk considered early']")
    expect(fitting).not_to_have_count(0)


def test_an_audits_action_opens_from_the_audit(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/audit_outcomes?board=brent&audit=section-47-2013", "chair")
    follow(page, "Open action 101")
    expect(heading(page)).to_contain_text("open actions are late")
    expect(page.get_by_role("dialog")).to_contain_text("Repeat the audit of strategy meetings")


def test_a_filter_without_any_audit_says_so_and_offers_the_way_back(server, new_page):
    page = new_page()
    sign_in(page, f"{server}/audit_outcomes?board=stockton&priority=voice", "chair")
    expect(page.get_by_text("No audit to show.")).to_be_visible()
    page.get_by_role("button", name="Take the filters off").click()
    expect(page.get_by_text("No audit was graded")).to_be_visible()
