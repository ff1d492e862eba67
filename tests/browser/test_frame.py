"""The frame around the pages: faults kept to a number, typed words as typed, small files, odd addresses."""

import gzip
import http.client
import re

import pytest
from playwright.sync_api import expect

from lscb_core.ui.places import keys
from tests.browser import serving
from tests.browser.steps import sign_in
from tests.browser.ws import Visitor
from tests.naughty import FORMULAS, MARKED, SECRET, WORDS

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"give the board manager this number: \*\*([0-9A-F]{4}-[0-9A-F]{2})\*\*")
SHORTCUT_OF_THE_SCREEN = str.maketrans({"→": "->", "—": "--", "≥": ">="})


@pytest.fixture(scope="module")
def odd(demonstration, tmp_path_factory):
    """The product, served as always, with three more pages on which something goes wrong."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("odd"))
    with serving.served(folder, script=serving.other_app(folder, "odd_shell.py")) as server:
        yield server


@pytest.fixture
def chair():
    """Sign the chair in, without a browser."""
    opened = []

    def signed_in(url: str, page: str = "", query: str = "") -> Visitor:
        opened.append(Visitor(url, page=page, query=query).__enter__())
        opened[-1].run().set("Account", "chair").set("Password", "chair-demo-password").click("Sign in")
        return opened[-1]

    yield signed_in
    for visitor in opened:
        visitor.__exit__(None, None, None)


def told_number(visitor: Visitor, server: serving.Server) -> str:
    """The number shown for a fault; nothing else of the fault is, and the log has where it was."""
    said = "\n".join(visitor.texts())
    [number] = NUMBER.findall(said)
    assert "This page could not be shown" in said
    assert visitor.exceptions() == []
    everything = visitor.all_text()
    for hidden in (SECRET, "ValueError", "Traceback", "break_down"):
        assert hidden not in everything
    [line] = [line for line in serving.lines(server) if line.get("reference") == number]
    assert line["fault"][0]["type"] == "builtins.ValueError"
    assert re.fullmatch(r"tests/browser/odd_shell\.py:\d+ break_down", line["fault"][0]["stack"][-1])
    assert SECRET not in server.log.read_text()
    return number


def test_a_fault_in_a_page_shows_a_number_that_the_log_has_too(odd, chair):
    visitor = chair(odd.url, "fault")
    first = told_number(visitor, odd)
    assert told_number(visitor.run(), odd) != first


@pytest.mark.parametrize("button", ["Callback", "Part", "Side"])
def test_a_fault_wherever_it_happens_is_a_number_and_the_next_visit_works(odd, chair, button):
    visitor = chair(odd.url, "steps")
    told_number(visitor.click(button), odd)
    visitor.run()
    assert "The page stands." in visitor.texts()
    assert not NUMBER.search("\n".join(visitor.texts()))


def test_a_fault_while_a_file_is_made_shows_nothing_of_it(odd, page):
    sign_in(page, f"{odd.url}/steps", "chair")
    page.get_by_role("button", name="Download").click()
    said = page.get_by_text("This could not be made").inner_text()
    [number] = re.findall(r"number: ([0-9A-F]{4}-[0-9A-F]{2})", said)
    assert SECRET not in page.content()
    [line] = [line for line in serving.lines(odd) if line.get("reference") == number and "fault" in line]
    assert [each["type"] for each in line["fault"]][-1] == "builtins.ValueError"
    assert SECRET not in odd.log.read_text()
    expect(page.get_by_text("The page stands.")).to_be_visible()


@pytest.fixture(scope="module")
def typed(odd, browser):
    """The page that shows what was typed, in a real browser."""
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda asked: pytest.fail(f"a script ran: {asked.message}"))
    sign_in(page, f"{odd.url}/typed", "chair")
    expect(page.get_by_role("dialog")).to_contain_text("Opened.")
    yield page
    context.close()


def as_read(text: str) -> str:
    """Letters in their order: unseen ones and the width of spaces do not count."""
    return " ".join(text.replace("\u2060", "").translate(SHORTCUT_OF_THE_SCREEN).split())


def test_typed_words_are_shown_as_typed_and_format_nothing(typed):
    for number, text in enumerate((*MARKED, *WORDS, *FORMULAS)):
        if not text.strip():
            continue
        shown = typed.locator(f".st-key-typed-{number} [data-testid=stMarkdownContainer]")
        assert as_read(shown.inner_text()) == as_read(text), repr(text)
        parts = shown.evaluate("each => [...each.querySelectorAll('*')].map(part => part.tagName)")
        assert set(parts) <= {"P"} or "http" in text, repr(text)


@pytest.mark.parametrize("place", ["bold", "small", "error", "table", "metric"])
def test_typed_words_format_nothing_wherever_they_stand(typed, place):
    shown = typed.locator(f".st-key-in-{place}")
    assert as_read(MARKED[0]) in as_read(shown.inner_text())
    assert shown.locator("a, em, code, del, .katex, b, [role=img][aria-label*=home]").count() == 0


def test_typed_words_format_nothing_in_the_title_of_what_opens_at_the_side(typed):
    title = typed.get_by_role("dialog")
    assert as_read(MARKED[0]) in as_read(title.inner_text())


def get(server: str, path: str, *, method: str = "GET", **headers: str):
    """Status, headers and body, as they came."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"))
    connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): text for name, text in answer.getheaders()}, body


def test_the_browsers_files_come_small_and_are_the_same_when_unpacked(server):
    _, _, first_page = get(server, "/")
    named = re.findall(r'(?:src|href)="\.?(/static/[^"]+\.(?:js|css))"', first_page.decode())
    plain = {path: get(server, path) for path in named}
    large = {path: answer for path, answer in plain.items() if len(answer[2]) > 2000}
    assert len(large) > 5
    for path, (_, told, body) in large.items():
        status, headers, packed = get(server, path, accept_encoding="gzip")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert gzip.decompress(packed) == body
        assert headers["cache-control"] == told["cache-control"] == "public, immutable, max-age=31536000"
    assert get(server, path, accept_encoding="gzip", if_none_match=told["etag"])[0] == 304
    assert get(server, path, method="HEAD")[1]["content-length"] == str(len(body))


def test_an_address_without_a_file_is_not_kept_as_one(server):
    for path in ("/static/js/none.js", "/static/./js/none.js"):
        assert "content-encoding" not in get(server, path, accept_encoding="gzip")[1]


ODD = {
    "the first day there is": "board=tidewater&as_at=2000-01-01",
    "a leap day": "board=stockton&as_at=2012-02-29",
    "no day": "board=stockton&as_at=yesterday",
    "long ago": "board=haringey&as_at=0001-01-01",
    "every filter of another board": "board=brent&priority=%27--&sub_group=x&agency=%00",
    "numbers too long": "board=tidewater&action=99999999999999999999999&audit=1&lesson=2&year=99999",
    "numbers below none": "board=tidewater&action=-1&audit=-1&year=-1&show=nonsense&by=nonsense",
    "digits that are not ours": "board=tidewater&action=%D9%A3&year=%C2%B2",
    "a script": "board=%3Cscript%3E&agency=%3Cscript%3E",
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_no_page_breaks_at_an_odd_address(server, chair, query):
    visitor = chair(server)
    broken = {}
    for key in keys():
        visitor.go("" if key == "overview" else key, query)
        said = "\n".join(visitor.texts())
        if NUMBER.search(said) or visitor.exceptions():
            broken[key] = said[-300:]
    assert broken == {}


def test_nobody_becomes_somebody_by_saying_so(server):
    for name in ("actor", "actor_version", "authentication_status"):
        with Visitor(server, query="board=stockton") as visitor:
            visitor.run().craft(name, int_value=1).run()
            assert "Sign out" not in visitor.texts()
            assert "Stockton" not in visitor.all_text()
