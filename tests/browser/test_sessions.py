"""Signed in: in every tab of one browser, until it ends; then everywhere, and an open screen notices."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from lscb_core.db.engine import make_engine
from lscb_core.db.tables import Account, Action, SignIn
from tests.browser import serving
from tests.browser.raw import ask, entered, new_cookie, sent_to, signed_in
from tests.browser.steps import open_page, sign_in, wait_ready
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

BOARD = "board=stockton"


@pytest.fixture
def own(fresh_server):
    """A server of this test's own, and a session on its database."""
    server = fresh_server()
    engine = make_engine(server.database_url)
    with Session(engine) as session:
        yield server, session
    engine.dispose()


def account(session: Session, name: str) -> Account:
    session.rollback()
    return session.exec(select(Account).where(Account.name == name)).one()


def last_sign_in(session: Session) -> SignIn:
    session.rollback()
    return session.exec(select(SignIn).order_by(SignIn.id.desc())).first()


def is_inside(visitor: Visitor) -> bool:
    return "Sign out" in visitor.texts()


def age(session: Session, minutes: int) -> None:
    """Let the last sign-in have been used last so many minutes ago."""
    row = last_sign_in(session)
    row.seen_at -= timedelta(minutes=minutes)
    session.commit()


def disable(session: Session) -> None:
    account(session, "police").disabled_at = last_sign_in(session).began_at
    session.commit()


def change_the_role(session: Session) -> None:
    account(session, "police").version += 1
    session.commit()


def test_other_tabs_and_reloads_of_the_same_browser_are_inside_without_signing_in_again(server, page):
    sign_in(page, f"{server}/actions?{BOARD}", "lay")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("open action")
    other = page.context.new_page()
    open_page(other, f"{server}/audit_outcomes?{BOARD}")
    expect(other.get_by_label("Password")).to_have_count(0)


def test_another_browser_is_not_inside(server, new_page):
    sign_in(new_page(), server, "lay")
    stranger = new_page()
    open_page(stranger, server)
    expect(stranger.get_by_label("Password", exact=True)).to_be_visible()


def test_signing_out_in_one_tab_ends_the_others_within_a_minute_and_changes_the_cookie(server, page):
    sign_in(page, f"{server}/actions?{BOARD}", "lay")
    [before] = [each["value"] for each in page.context.cookies() if each["name"] == "lscb"]
    other = page.context.new_page()
    open_page(other, f"{server}/about?{BOARD}")
    other.get_by_role("button", name="Lay member").click()
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stAlert")).to_contain_text("You have signed out.")
    assert before not in [each["value"] for each in page.context.cookies()]


@pytest.mark.parametrize("change", [disable, change_the_role])
def test_a_change_of_the_account_ends_every_browser_at_its_next_step(own, change):
    server, session = own
    cookies = [entered(server.url, "police") for _ in range(2)]
    visitors = [Visitor(server.url, headers={"Cookie": cookie}, query=BOARD) for cookie in cookies]
    with visitors[0] as first, visitors[1] as second:
        assert is_inside(first.run())
        assert is_inside(second.run())
        change(session)
        for visitor in (first, second):
            assert not is_inside(visitor.run())
            assert "You were signed out" in "\n".join(visitor.texts())


def test_half_an_hour_without_use_ends_it_and_says_so(own):
    server, session = own
    with Visitor(server.url, headers={"Cookie": new_cookie(server.url)}, query=BOARD) as visitor:
        assert is_inside(signed_in(visitor, "lay"))
        age(session, 31)
        assert not is_inside(visitor.run())
        assert "30 minutes without use" in "\n".join(visitor.texts())


def test_use_is_noted_at_most_once_a_minute(own):
    server, session = own
    with Visitor(server.url, query=BOARD) as visitor:
        signed_in(visitor, "lay")
        noted = last_sign_in(session).seen_at
        visitor.run()
        assert last_sign_in(session).seen_at == noted
        age(session, 2)
        visitor.run()
        assert last_sign_in(session).seen_at >= noted


def test_before_it_ends_the_screen_says_so_and_a_button_keeps_it(own, new_page):
    server, session = own
    page = new_page()
    sign_in(page, f"{server.url}/actions?{BOARD}&add=1", "manager")
    page.get_by_label("What is promised?").fill("a long text that somebody is still writing")
    age(session, 26)
    drawer = page.get_by_role("dialog")  # it lies over the page, and makes what is there unreachable
    expect(drawer.get_by_text("You will be signed out in")).to_be_visible(timeout=60_000)
    assert last_sign_in(session).seen_at < last_sign_in(session).began_at  # a screen that looks is no use
    drawer.get_by_role("button", name="Stay signed in").click()
    expect(drawer.get_by_text("You will be signed out in")).to_have_count(0)
    expect(page.get_by_label("What is promised?")).to_have_value("a long text that somebody is still writing")
    assert last_sign_in(session).seen_at >= last_sign_in(session).began_at


def test_a_button_pressed_after_the_sign_in_has_ended_saves_nothing(own):
    server, session = own
    cookie = entered(server.url, "manager")
    visitor = Visitor(server.url, headers={"Cookie": cookie}, page="actions", query=f"{BOARD}&add=1")
    with visitor:
        visitor.run().set("What is promised?", "Written after the end")
        row = last_sign_in(session)
        row.ended_at, row.ended_why = row.began_at, "signed_out"
        session.commit()
        visitor.click("Add the action")
        assert not is_inside(visitor)
    session.rollback()
    assert not session.exec(select(Action).where(Action.title == "Written after the end")).all()


def test_the_count_of_failed_tries_outlives_the_server(demonstration, tmp_path):
    folder = serving.copy(demonstration, tmp_path)
    for _ in range(2):
        with serving.served(folder) as server:
            for _ in range(3):
                with Visitor(server.url) as visitor:
                    visitor.run().set("Account", "chair").set("Password", "wrong").click("Sign in")
                    said = "\n".join(visitor.texts())
    assert "Too many tries have failed" in said


def test_a_browser_goes_on_after_the_server_was_started_anew(demonstration, tmp_path):
    folder = serving.copy(demonstration, tmp_path)
    with serving.served(folder) as server:
        cookie = entered(server.url, "chair")
    with serving.served(folder) as server:
        assert ask(server.url, "/", Cookie=cookie).cookies.get("lscb") is None
        with Visitor(server.url, headers={"Cookie": cookie}, query=BOARD) as visitor:
            assert is_inside(visitor.run())


GONE = "You have signed out."


def test_after_signing_out_the_sign_in_says_so_once(server, page):
    sign_in(page, f"{server}/actions?{BOARD}", "lay")
    page.get_by_role("button", name="Lay member").click()
    with page.expect_navigation(url=re.compile(r"/\?left=")):
        page.get_by_role("button", name="Sign out").click()
    wait_ready(page)
    expect(page.get_by_test_id("stAlert")).to_have_text(re.compile(GONE))
    expect(page).to_have_url(f"{server}/")
    for again in (page.reload, lambda: page.goto(f"{server}/leave"), lambda: page.goto(server)):
        again()
        wait_ready(page)
        expect(page.get_by_label("Password", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stAlert")).to_have_count(0)


def left(server: str) -> tuple[str, str]:
    """Sign in, sign out and follow; gives the address that the browser is led to, and its new cookie."""
    cookie = entered(server, "lay")
    with Visitor(server, headers={"Cookie": cookie}, query=BOARD) as visitor:
        [away] = sent_to(visitor.run().click("Sign out"))
    answer = ask(server, away, Cookie=cookie)
    return answer.headers["location"], f"lscb={answer.cookies['lscb']}"


def says_so(server: str, cookie: str, query: str) -> bool:
    with Visitor(server, headers={"Cookie": cookie}, query=query) as visitor:
        return GONE in "\n".join(visitor.run().texts())


def test_that_somebody_has_left_is_told_to_that_browser_alone(server):
    address, cookie = left(server)
    query = address.removeprefix("/?")
    assert says_so(server, cookie, query)
    until, _, sign = query.removeprefix("left=").partition(".")
    others = (new_cookie(server), query), (left(server)[1], query), (cookie, f"left={int(until) + 9}.{sign}")
    odd = ((cookie, f"left={word}") for word in ("1", "", ".", "9" * 400, f"{until}.", f"{until}.{'ä' * 32}"))
    for held, asked in (*others, *odd):
        assert not says_so(server, held, asked), asked


def test_who_only_opens_the_way_out_is_not_told_that_they_have_left(server):
    for cookie in (new_cookie(server), entered(server, "lay")):
        assert ask(server, "/leave", Cookie=cookie).headers["location"] == "/"
