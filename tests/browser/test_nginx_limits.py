"""How much one browser may ask for behind nginx: people never notice, a machine is told to wait."""

import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import BrowserContext
from websockets.exceptions import InvalidStatus

from tests.browser import serving
from tests.browser.behind import COOKIE, HOST, SITE, Proxy, behind, entered
from tests.browser.chromium import chromium
from tests.browser.conftest import FLAGS
from tests.browser.steps import open_page, sign_in

pytestmark = pytest.mark.browser

PAGES_AT_ONCE, PAGES_A_SECOND, FILES_AT_ONCE = 200, 3, 1500
TABS = 40


@pytest.fixture(scope="module")
def proxy(demonstration, tmp_path_factory) -> Iterator[Proxy]:
    """nginx before one process that holds the demonstration; each test has browsers of its own."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("one"))
    hosts = {"LSCB_ALLOWED_HOSTS": f"{HOST},127.0.0.1"}
    with ExitStack() as stack:
        server = stack.enter_context(serving.served(folder, **hosts))
        yield stack.enter_context(behind(tmp_path_factory.mktemp("nginx"), (server.port, server.port)))


@pytest.fixture
def person(proxy, browser) -> Iterator[BrowserContext]:
    """A browser that finds the site's name here. It keeps no file, as it trusts no certificate."""
    here = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    own = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, here])
    yield own.new_context(ignore_https_errors=True, locale="en-GB")
    own.close()


def made_up() -> str:
    """The Cookie header of a browser that was never here."""
    return f"{COOKIE}={secrets.token_urlsafe(32)}"


@pytest.mark.parametrize("name", ["", "threshold_usage", "measures", "actions"])
def test_ten_tabs_at_once_are_less_than_a_browser_may_ask_for(proxy, person, name):
    """Counted in one tab that keeps nothing: this machine would draw ten at once for minutes."""
    sign_in(person.new_page(), f"{proxy.url}/?board=tidewater", "manager")
    cookies = person.storage_state()
    empty = person.browser.new_context(storage_state=cookies, ignore_https_errors=True, locale="en-GB")
    before = len(proxy.log)
    open_page(empty.new_page(), f"{proxy.url}/{name}?board=tidewater")
    paths = asked(proxy, before)
    files = sum(map(is_file, paths))
    assert 50 < files < FILES_AT_ONCE / 10
    assert 0 < len(paths) - files < PAGES_AT_ONCE / 10


def asked(proxy: Proxy, since: int) -> list[str]:
    """The paths in the log from that place on; nobody was told to wait."""
    lines = re.findall(r'"(/\S*)" (\d{3}) ', proxy.log[since:])
    assert {status for _, status in lines} <= {"101", "200", "303", "304", "404"}
    return [path for path, _ in lines]


def is_file(path: str) -> bool:
    return path.startswith(("/static/", "/app/static/"))


def test_a_person_who_goes_from_page_to_page_is_never_told_to_wait(proxy, person):
    tab, before = person.new_page(), len(proxy.log)
    sign_in(tab, f"{proxy.url}/?board=tidewater", "manager")
    for _ in range(5):
        open_page(tab, f"{proxy.url}/actions?board=tidewater")
    assert "429" not in re.findall(r'" (\d{3}) ', proxy.log[before:])


def test_a_signed_in_machine_is_told_to_wait_and_nobody_else_is(proxy):
    machine, colleague = entered(proxy, "manager"), entered(proxy, "chair")
    begun = time.monotonic()
    found = Counter(answer.status for answer in proxy.ask_often("/media/none", 2 * PAGES_AT_ONCE, machine))
    passed = PAGES_AT_ONCE + PAGES_A_SECOND * (time.monotonic() - begun) + 5
    assert set(found) == {404, 429}
    assert PAGES_AT_ONCE - 20 <= found[404] <= passed  # a few were asked for to sign in
    assert proxy.ask("/", Cookie=colleague).status == 200  # of the same address
    assert COOKIE in proxy.ask("/").cookies  # and a first visit
    time.sleep(2 / PAGES_A_SECOND)
    assert proxy.ask("/", Cookie=machine).status == 200


def test_whoever_is_told_to_wait_is_told_in_plain_words(proxy):
    cookie = made_up()
    answers = proxy.ask_often("/_stcore/health", 2 * PAGES_AT_ONCE, cookie)
    answer = next(each for each in answers if each.status == 429)
    assert answer.headers["retry-after"] == "10"
    assert b"Nothing is lost: wait ten seconds, then load the page again." in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert {"x-content-type-options", "strict-transport-security"} <= set(answer.names)
    assert cookie[-43:] not in proxy.logged('" 429 ') + proxy.written()


def test_files_that_never_change_do_not_use_up_what_pages_may_be_asked_for(proxy):
    cookie = made_up()
    assert {answer.status for answer in proxy.ask_often("/static/none.js", 2 * PAGES_AT_ONCE, cookie)} == {
        200
    }
    assert proxy.ask("/", Cookie=cookie).status == 200


def test_who_shows_no_cookie_keeps_no_other_newcomer_out(proxy):
    statuses = Counter(answer.status for answer in proxy.ask_often("/_stcore/health", 2 * PAGES_AT_ONCE, ""))
    assert set(statuses) == {200}
    assert COOKIE in proxy.ask("/").cookies


def test_made_up_cookies_bring_nobody_past_the_count_of_their_address(proxy):
    written = SITE.read_text()
    for place in written.split("location ")[1:]:
        own = re.findall(r"limit_req zone=(\w+)", place)
        assert not own or own[-1] in ("lscb_address", "lscb_folder"), place[:60]


def test_one_browser_has_no_more_than_forty_open_screens(proxy):
    cookie, other = entered(proxy, "manager"), entered(proxy, "chair")
    screens = [proxy.visitor(cookie).__enter__() for _ in range(TABS)]
    try:
        with pytest.raises(InvalidStatus, match="429"):
            proxy.visitor(cookie).__enter__()
        with proxy.visitor(other, query="board=tidewater") as colleague:
            assert "Sign out" in colleague.run().texts()
    finally:
        for each in screens:
            each.__exit__(None, None, None)
    with proxy.visitor(cookie, query="board=tidewater") as visitor:
        assert "Sign out" in visitor.run().texts()
