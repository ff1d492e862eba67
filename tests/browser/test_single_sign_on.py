"""Single sign-on in a real browser, through a provider that somebody else has written (oidc-provider-mock).

To the browser the provider, `localhost`, is another site than the dashboard, `127.0.0.1`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import serving
from tests.browser.directory import BUTTON, SESSION, Desk, opened
from tests.browser.steps import PATIENCE_MS, click, fill, open_page, settle, wait_ready
from tests.browser.test_accessible import PHONE, serious

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that lets in whoever names a subject; its address."""
    port = serving.free_port()
    order = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"]
    process = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{address}/.well-known/openid-configuration")
            break
        except httpx.ConnectError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def desk(demonstration, issuer, tmp_path_factory) -> Iterator[Desk]:
    """The dashboard beside that provider."""
    with opened(demonstration, tmp_path_factory.mktemp("single"), issuer=issuer) as desk:
        yield desk


def go(page: Page, url: str, subject: str) -> None:
    """Press the button and say at the provider who one is."""
    open_page(page, url)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def sign_in(page: Page, url: str, subject: str) -> None:
    """The whole way, up to the page that was asked for."""
    go(page, url, subject)
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.get_by_placeholder("sub")).to_have_count(0)
    wait_ready(page)


def expect_outside(page: Page) -> None:
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("button", name="Independent chair")).to_have_count(0)


def test_somebody_comes_back_to_the_page_they_asked_for_with_the_role_that_our_database_gives(desk, page):
    asked = f"{desk.url}/actions?board=stockton&as_at=2016-06-30"
    sign_in(page, asked, "subject-of-the-chair")
    assert page.url == asked
    expect(page.get_by_role("heading", level=1)).to_contain_text("open action")
    expect(page.get_by_role("button", name="Independent chair")).to_be_visible()
    assert {each["name"] for each in page.context.cookies(desk.url)} <= {"lscb", SESSION, "_streamlit_xsrf"}
    assert desk.acts("chair")[-1] == ("sign_in", "directory")
    page.reload()
    wait_ready(page)
    expect(page.get_by_role("button", name="Independent chair")).to_be_visible()


def test_the_button_stands_below_the_form_and_the_password_still_works(desk, page):
    open_page(page, desk.url)
    form = page.get_by_role("button", name="Sign in", exact=True).bounding_box()
    assert page.get_by_role("button", name=BUTTON).bounding_box()["y"] > form["y"]


def test_signing_out_ends_it_at_the_directory_too_and_an_old_cookie_lets_nobody_in(desk, page):
    sign_in(page, desk.url, "subject-of-the-chair")
    kept = page.context.cookies()
    page.get_by_role("button", name="Independent chair").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect_outside(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("You have signed out.")
    expect(page).to_have_url(f"{desk.url}/")
    assert desk.acts("chair")[-1] == ("sign_out", "directory")
    page.reload()
    expect_outside(page)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    page.context.add_cookies(kept)  # every cookie of before, as if copied
    open_page(page, desk.url)
    expect_outside(page)


def test_who_is_disabled_is_out_within_a_run_and_is_not_let_in_by_the_directory(desk, page):
    sign_in(page, f"{desk.url}/actions?board=tidewater", "subject-of-the-lay-member")
    desk.set("lay", disabled_at=desk.sign_ins()[-1].began_at)
    try:
        page.get_by_role("link", name="Overview").first.click()
        expect(page.get_by_test_id("stAlert")).to_contain_text("may no longer sign in", timeout=PATIENCE_MS)
        expect_outside(page)
        page.reload()
        expect_outside(page)
        go(page, desk.url, "subject-of-the-lay-member")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in.")
        expect(page.get_by_role("main")).to_contain_text("your account of this dashboard is switched off")
        expect(page.get_by_role("main")).not_to_contain_text("linked")  # nor how it would be done
        assert serious(page) == []
    finally:
        desk.set("lay", disabled_at=None)


def test_a_sign_in_that_ended_does_not_begin_again_by_itself(desk, page):
    sign_in(page, desk.url, "subject-of-the-lay-member")
    held = len(desk.sign_ins())
    desk.set("lay", version=99)  # a role was changed
    for _ in range(3):
        page.reload()
        expect_outside(page)
    assert len(desk.sign_ins()) == held
    sign_in(page, desk.url, "subject-of-the-lay-member")  # only where the button is pressed again
    assert len(desk.sign_ins()) == held + 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_a_stranger_is_told_what_to_do(desk, new_page, scheme, width):
    page = new_page(scheme=scheme, width=width)
    go(page, desk.url, "nobody-we-know")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in.")
    said = page.inner_text("main")
    assert "no account of this dashboard is linked to you" in said
    assert "nobody-we-know" in said
    assert desk.issuer in said
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Back to the dashboard").click()
    expect_outside(page)


def test_who_turns_back_at_the_directory_is_told_so_and_may_try_again(desk, page):
    asked = f"{desk.url}/actions?board=stockton"
    open_page(page, asked)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are not signed in.")
    page.get_by_role("link", name="Back to the dashboard").click()
    wait_ready(page)
    assert page.url == asked
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_placeholder("sub").fill("subject-of-the-chair")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("button", name="Independent chair")).to_be_visible(timeout=PATIENCE_MS)
    assert page.url == asked


def test_a_link_on_another_site_opens_the_page_for_whoever_is_signed_in(desk, page):
    sign_in(page, desk.url, "subject-of-the-chair")
    link = f"{desk.url}/actions?board=stockton"
    page.goto(desk.issuer)
    page.evaluate(
        "to => document.body.insertAdjacentHTML('beforeend', `<a href='${to}'>To the actions</a>`)", link
    )
    page.get_by_role("link", name="To the actions").click()
    wait_ready(page)
    expect(page.get_by_role("button", name="Independent chair")).to_be_visible()
    assert page.url == link


def by_password(page: Page, url: str, name: str) -> None:
    open_page(page, url)
    fill(page, "Account", name)
    fill(page, "Password", f"{name}-demo-password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    settle(page)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", PHONE)])
def test_a_password_that_is_taken_away_leaves_the_directory_as_the_only_way(desk, new_page, scheme, width):
    name = {1280: "police", PHONE: "health"}[width]
    desk.link(name, f"a-rather-long-subject-of-{name}")
    admin, person = new_page(scheme=scheme, width=width), new_page()
    by_password(admin, f"{desk.url}/accounts?account={name}", "admin")
    drawer = admin.get_by_role("dialog")
    expect(drawer.get_by_text(f"as a-rather…{name[-4:]}")).to_be_visible()
    admin.get_by_role("radio", name="Take the password away").click()
    expect(drawer.get_by_text("Nobody has come in that way.")).to_be_visible()
    assert serious(admin) == []
    click(admin, "End the password")
    expect(drawer.get_by_text("the directory is its only way in")).to_be_visible()
    by_password(person, desk.url, name)
    expect(person.get_by_test_id("stAlert")).to_contain_text("You are not signed in")
    sign_in(person, f"{desk.url}/actions?board=tidewater", f"a-rather-long-subject-of-{name}")
    expect(person.get_by_role("button", name=BUTTON)).to_have_count(0)
    admin.get_by_role("radio", name="Take the link away").click()
    expect(drawer.get_by_text("It is the only way in.")).to_be_visible()
    assert serious(admin) == []
    click(admin, "Unlink")
    expect(drawer.get_by_text("Not linked")).to_be_visible()
    assert desk.acts(name)[-1][0] == "unlink_identity"
    person.reload()
    expect_outside(person)
    go(person, desk.url, f"a-rather-long-subject-of-{name}")
    expect(person.get_by_role("main")).to_contain_text("no account of this dashboard is linked to you")
