"""Odd text in a real browser: drawn letter by letter; nothing of it runs, and nothing is fetched for it."""

import unicodedata

import pytest
from playwright.sync_api import Page, expect

from tests.browser import serving
from tests.browser.steps import fill, sign_in, wait_ready
from tests.browser.test_frame import as_read
from tests.naughty_all import DRAWN, KINDS

pytestmark = pytest.mark.browser

TYPED = ("<img src=x onerror=alert(1)> :red[late]", "[a](javascript:alert(1)) **b**", "=1+1")
PARTS = "each => [...each.querySelectorAll('*')].map(part => part.tagName)"
MAY_STAND = {"P", "BR"}
LINKS = ("http", "www.", "@", ".example")


class Watch:
    """What a page did that it should not: dialogs, requests to elsewhere, faults in its scripts."""

    def __init__(self, page: Page, home: str) -> None:
        self.dialogs, self.elsewhere, self.faults, self.opened = [], [], [], []
        page.on("dialog", lambda asked: (self.dialogs.append(asked.message), asked.dismiss()))
        page.on("request", lambda sent: self.elsewhere.append(sent.url) if _leaves(sent.url, home) else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.context.on("page", lambda other: self.opened.append(other.url))

    def saw_nothing(self) -> bool:
        return (self.dialogs, self.elsewhere, self.faults, self.opened) == ([], [], [], [])


def _leaves(url: str, home: str) -> bool:
    return not url.startswith((home, home.replace("http", "ws", 1), "data:", "blob:"))


@pytest.fixture(scope="module")
def odd(demonstration, tmp_path_factory):
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("odd-drawn"))
    with serving.served(folder, script=serving.other_app(folder, "odd_shell.py")) as server:
        yield server


@pytest.fixture(scope="module")
def drawn(odd, browser):
    """The page of odd text, and what the browser did meanwhile."""
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page, odd.url)
    sign_in(page, f"{odd.url}/odd", "chair")
    expect(page.get_by_label("Field 0", exact=True)).to_be_attached()
    wait_ready(page)
    yield page, watch
    context.close()


def test_there_are_60_of_them():
    assert 60 <= len(DRAWN) <= 80


def letters(text: str) -> str:
    """What can be seen of a text: a browser leaves controls out, or draws a mark in their place."""
    seen = (sign for sign in as_read(text) if unicodedata.category(sign) not in ("Cc", "Cn"))
    return "".join(seen).replace("\ufffd", "").replace("\u2190", "<-").strip()


def test_each_is_drawn_letter_by_letter_and_makes_no_element(drawn):
    page, _ = drawn
    otherwise, made = {}, {}
    for number, text in enumerate(DRAWN):
        if letters(text):
            shown = page.locator(f".st-key-odd-{number} [data-testid=stMarkdownContainer]")
            otherwise |= _unlike(shown.text_content(), text)
            parts = set(shown.evaluate(PARTS)) - MAY_STAND
            if parts and not (parts == {"A"} and any(each in text for each in LINKS)):
                made[text] = parts
    assert (otherwise, made) == ({}, {})


def _unlike(shown: str, text: str) -> dict[str, str]:
    return {} if letters(shown) == letters(text) else {text: shown}


def test_each_stands_in_its_field_heading_and_button(drawn):
    page, _ = drawn
    otherwise = {}
    for number, text in enumerate(DRAWN):
        otherwise |= _unlike(page.get_by_label(f"Field {number}", exact=True).input_value(), text)
        if letters(text):
            otherwise |= _unlike(page.locator(f".st-key-odd-heading-{number} h2").text_content(), text)
            otherwise |= _unlike(page.locator(f".st-key-odd-button-{number} button").text_content(), text)
    assert otherwise == {}


def test_each_stands_in_its_cell(drawn):
    page, _ = drawn
    cells = page.locator(".st-key-odd-table td").all_text_contents()
    assert len(cells) == len(DRAWN)
    assert [found for pair in zip(cells, DRAWN, strict=True) for found in _unlike(*pair).items()] == []


def test_nothing_ran_and_nothing_was_fetched(drawn):
    _, watch = drawn
    assert watch.saw_nothing(), vars(watch)


def test_what_is_typed_into_a_new_action_comes_back_as_words(odd, page):
    watch = Watch(page, odd.url)
    sign_in(page, f"{odd.url}/actions?board=tidewater", "manager")
    for text in TYPED:
        page.get_by_role("button", name="Add an action").click()
        fill(page, "What is promised?", text)
        fill(page, "More about it (may be left out)", text)
        page.get_by_role("button", name="Add the action").click()
        said = page.get_by_text("It is action").text_content()
        wait_ready(page)
        number = "".join(each for each in said if each.isdigit())
        page.goto(f"{odd.url}/actions?board=tidewater&action={number}")
        side = page.get_by_role("dialog")
        expect(side).to_contain_text("Status:")
        assert letters(side.text_content()).count(letters(text)) >= 2
        assert (
            side.locator("img, svg[onload], iframe, script, video, object, em, a[href*=example]").count() == 0
        )
        page.goto(f"{odd.url}/actions?board=tidewater")
        wait_ready(page)
    assert watch.saw_nothing(), vars(watch)


def test_what_is_typed_into_the_address_or_the_sign_in_comes_back_as_words(odd, page):
    watch = Watch(page, odd.url)
    sign_in(page, f"{odd.url}/about?board=<script>alert(1)</script>", "chair")
    for text in KINDS["html"][:24:4]:
        page.goto(f"{odd.url}/about?board={text.replace(' ', '%20')}&agency={text.replace(' ', '%20')}")
        told = page.get_by_test_id("stAlert").first
        expect(told).to_contain_text("There is no board")
        assert set(told.evaluate(PARTS)) <= {"DIV", "SPAN", "P", "STRONG", "SVG", "PATH", "svg", "path"}
    assert watch.saw_nothing(), vars(watch)
