"""Single sign-on against lies and tricks: of the directory, of another site, of a stranger."""

import re
from dataclasses import replace

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lscb_core.accounts.sign_ins import hashed
from lscb_core.ui.directory_brake import MOST
from tests.browser import serving
from tests.browser.directory import BUTTON, SESSION, Browser, opened
from tests.browser.raw import HTTPS, ask, entered
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

CHAIR = "Independent chair"
NOT_IN = "You are not signed in."
FOLLOWED = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@pytest.fixture(scope="module")
def desk(demonstration, tmp_path_factory):
    with opened(demonstration, tmp_path_factory.mktemp("directory")) as desk:
        yield desk


@pytest.fixture(autouse=True)
def honest(desk):
    """The directory tells the truth again after each test."""
    yield
    provider = desk.provider
    provider.subject, provider.signs, provider.lists = "subject-of-the-chair", "RS256", ["RS256"]
    provider.lies.clear()


@pytest.fixture
def browser_(desk) -> Browser:
    return Browser(desk).come()


def is_chairs(browser: Browser) -> bool:
    said = browser.sees()
    return "Sign out" in said and CHAIR in said


def test_the_way_through_the_directory_signs_in_and_changes_the_cookie(desk, browser_):
    before, held = browser_.jar["lscb"], len(desk.sign_ins())
    answer = browser_.sign_in("actions", "board=stockton")
    assert (answer.status, answer.headers["location"]) == (303, "/actions?board=stockton")
    assert browser_.jar["lscb"] != before
    assert is_chairs(browser_)
    [begun] = desk.sign_ins()[held:]
    assert (begun.way, begun.binding) == ("directory", hashed(browser_.jar["lscb"]))
    assert desk.acts("chair")[-1] == ("sign_in", "directory")


def test_nothing_but_that_somebody_is_known_is_asked_and_with_every_safeguard(desk, browser_):
    browser_.vouched()
    asked = desk.provider.asked[-1]
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == (
        "openid",
        "code",
        "S256",
    )
    assert all(len(asked[name]) >= 20 for name in ("state", "nonce", "code_challenge"))


def test_streamlits_own_cookie_is_never_given(browser_):
    browser_.sign_in()
    assert set(browser_.jar) == {"lscb", SESSION}


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "http://localhost:1/another"},
        {"aud": "another-client"},
        {"aud": "another-client", "azp": "the-dashboard"},
        {"aud": []},
        {"nonce": "of another question"},
        {"exp": 1},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": ["subject-of-the-chair"]},
    ],
    ids=str,
)
def test_a_token_that_is_not_the_directorys_for_us_about_somebody_lets_nobody_in(desk, browser_, lie):
    desk.provider.lies = lie
    held, given = len(desk.sign_ins()), len(desk.provider.given)
    answer = browser_.sign_in()
    assert (answer.status, NOT_IN in answer.body.decode()) == (403, True)
    assert (len(desk.sign_ins()), len(desk.provider.given)) == (held, given + 1)
    assert not is_chairs(browser_)


@pytest.mark.parametrize("listed", [["RS256"], ["RS256", "none", "HS256"]])
@pytest.mark.parametrize("signs", ["none", "HS256"])
def test_a_token_that_nobody_or_anybody_could_sign_lets_nobody_in(desk, browser_, signs, listed):
    desk.provider.signs, desk.provider.lists = signs, listed
    given = len(desk.provider.given)
    assert browser_.sign_in().status == 403
    assert len(desk.provider.given) == given + 1
    assert not is_chairs(browser_)


def test_a_name_or_an_address_of_the_directory_makes_nobody_an_account(desk, browser_):
    desk.provider.subject = "somebody-else"
    names = ("email", "name", "preferred_username", "upn", "account", "bind", "is_logged_in", "roles")
    desk.provider.lies = dict.fromkeys(names, "chair") | {"email_verified": True}
    answer = browser_.sign_in()
    assert answer.status == 403
    assert not is_chairs(browser_)


def test_a_stranger_is_told_what_to_send_to_the_administrator_and_it_is_kept_nowhere(desk, browser_):
    desk.provider.subject = "a stranger's <b>subject</b>; rm -rf"
    said = browser_.sign_in().body.decode()
    assert "no account of this dashboard is linked to you" in said
    assert "a stranger&#x27;s &lt;b&gt;subject&lt;/b&gt;; rm -rf" in said
    assert f"<code>{desk.provider.issuer}</code>" in said
    assert "accounts link NAME" in said
    assert "<b>" not in said
    assert "stranger" not in desk.server.log.read_text()
    assert "a way through the directory led to no sign-in" in desk.server.log.read_text()
    assert "Sign out" not in browser_.sees()


def test_a_disabled_account_is_not_let_in_its_owner_is_told_so_and_it_stands_in_the_history(desk, browser_):
    desk.provider.subject = "subject-of-the-lay-member"
    desk.set("lay", disabled_at=serving_now())
    held = len(desk.sign_ins())
    try:
        answer = browser_.sign_in()
    finally:
        desk.set("lay", disabled_at=None)
    said = answer.body.decode()
    assert (answer.status, len(desk.sign_ins())) == (403, held)
    assert "your account of this dashboard is switched off" in said
    assert "Ask the administrator" in said
    assert "subject-of-the-lay-member" not in said
    assert desk.tried("lay")[-1] == "sign_in"


def serving_now():
    from datetime import UTC, datetime

    return datetime.fromisoformat(f"{serving.TODAY}T00:00:00").replace(tzinfo=UTC)


def test_the_way_back_is_good_once(browser_):
    back = browser_.vouched()
    before = dict(browser_.jar)
    assert browser_.get(back).status == 303
    assert browser_.get(back).status == 403
    again = Browser(browser_.desk, before)  # with the very cookies of the first time
    assert again.get(back).status == 403


def test_a_way_back_that_this_browser_did_not_begin_leads_nowhere(desk, browser_):
    """Somebody else's way back, opened here, would sign the victim in as the attacker."""
    attacker = Browser(desk).come()
    back = attacker.vouched()
    assert browser_.get(back).status == 403
    browser_.jar[SESSION] = attacker.jar[SESSION]  # planted, by a neighbouring host
    answer = browser_.get(back)
    assert (answer.status, NOT_IN in answer.body.decode()) == (403, True)
    assert not is_chairs(browser_)


@pytest.mark.parametrize("change", ["state=another", "state=", "code=another", "error=access_denied"])
def test_a_way_back_with_another_state_or_code_or_an_error_leads_nowhere(browser_, change):
    back, name = browser_.vouched(), change.partition("=")[0]
    changed = re.sub(rf"\b{name}=[^&]*", change, back) if f"{name}=" in back else f"{back}&{change}"
    assert browser_.get(changed).status == 403
    assert not is_chairs(browser_)


def test_an_earlier_way_ends_where_a_new_one_begins(browser_):
    first = browser_.vouched()
    second = browser_.vouched()
    assert browser_.get(first).status == 403
    assert browser_.get(second).status == 303


def test_the_directorys_answer_alone_opens_no_page_and_cannot_stand_for_the_binding(desk):
    """A cookie as Streamlit would have made it, signed, whose claims name the chair's own binding."""
    chair = Browser(desk).come()
    chair.sign_in()
    secret = signing_secret(desk)
    claims = f'{{"origin": "{desk.url}", "is_logged_in": true, "provider": "default", "bind": "'
    claims += (
        f'{hashed(chair.jar["lscb"])}", "iss": "{desk.provider.issuer}", "sub": "subject-of-the-chair"}}'
    )
    forged = create_signed_value(secret, "_streamlit_user", claims).decode()
    thief = Browser(desk).come()
    thief.jar["_streamlit_user"] = forged
    assert not is_chairs(thief)
    assert is_chairs(chair)


def signing_secret(desk) -> str:
    """What the server signs its cookies with, worked out as it does."""
    import hashlib
    import hmac

    kept = (desk.server.log.parent / "secret").read_text().strip()
    return hmac.new(kept.encode(), b"cookies\nstreamlit", hashlib.sha256).hexdigest()


def test_after_signing_out_nothing_that_the_browser_holds_lets_it_in_again(desk, browser_):
    back = browser_.vouched()
    browser_.get(back)
    with browser_.visit() as visitor:
        visitor.run().click("Sign out")
        [*_, away] = [
            m.auth_redirect.url for m in visitor.received if m.WhichOneof("type") == "auth_redirect"
        ]
    assert away == "/leave_directory"
    assert not is_chairs(browser_)
    assert browser_.get(back).status == 403
    answer = browser_.get(away)
    assert answer.headers["location"].startswith(f"{desk.provider.issuer}/end?")
    assert not is_chairs(browser_)
    assert browser_.get("/oauth2callback").headers["location"].startswith("/?left=")
    assert browser_.get("/oauth2callback").headers["location"] == "/"  # said once
    assert desk.acts("chair")[-1] == ("sign_out", "directory")


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/%2F/evil.example",
    "javascript:1",
]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_page_that_is_wanted_is_another_place(desk, browser_, to):
    """What a tab says of its own address, as no browser would say it; also where the way leads nowhere."""
    assert browser_.sign_in(to).headers["location"] == "/"
    desk.provider.subject = "nobody-we-know"
    answer = Browser(desk).come().sign_in(to, "board=stockton")
    assert (answer.status, '<a href="/">' in answer.body.decode()) == (403, True)


def test_a_wanted_page_of_any_length_loses_its_filters_and_not_the_way(browser_):
    answer = browser_.sign_in("actions", f"board=stockton&agency={'x' * 5000}")
    assert (answer.status, answer.headers["location"]) == (303, "/actions")
    longest = f"agency={'x' * 900}"
    other = Browser(browser_.desk).come()
    way = other.vouched("actions", longest)
    assert len(other.jar[SESSION]) < 3500
    assert other.get(way).headers["location"] == f"/actions?{longest}"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_address_leads_to_another_place_after_the_way_back(browser_, to):
    back = browser_.vouched()
    answer = browser_.get(f"{back}&to={to}&next={to}&redirect_uri={to}&wanted={to}")
    assert answer.headers["location"] == "/"
    assert browser_.get(f"/oauth2callback?to={to}").headers["location"] == "/"


def test_another_site_cannot_set_a_sign_in_or_a_sign_out_going(desk, browser_):
    for path in (browser_.press(), "/leave", "/leave_directory", "/enter?ticket=x"):
        answer = ask(desk.url, path, **FOLLOWED)
        assert (answer.status, answer.headers["refresh"]) == (200, "0;url=/")
        assert answer.set_cookie == []


ASKED_AGAIN = {
    "/actions?board=stockton": "/actions?board=stockton",
    "//evil.example/a": "/evil.example/a",
    "/%5cevil.example": "/%5Cevil.example",
    "/a%0d%0aX:1": "/a%0D%0AX%3A1",
    "/a;url=//evil.example": "/a%3Burl%3D//evil.example",
}


@pytest.mark.parametrize("path", ASKED_AGAIN)
def test_a_link_on_another_site_is_asked_for_again_here_and_takes_no_cookie_away(server, path):
    answer = ask(server, path, **FOLLOWED)
    assert (answer.status, answer.headers["refresh"]) == (200, f"0;url={ASKED_AGAIN[path]}")
    assert answer.set_cookie == []
    assert "refresh" not in ask(server, path, **FOLLOWED, Cookie=f"lscb={'a' * 43}").headers


def test_streamlits_own_sign_out_is_not_there(desk, browser_):
    for path in ("/auth/logout", "/auth/", "/AUTH/login", "/oauth2callback/x"):
        assert browser_.get(path).status == 404, path


def test_a_way_that_began_at_one_server_of_a_board_may_end_at_another(desk, browser_, tmp_path):
    kept = {"LSCB_SECRET_FILE": str(desk.server.log.parent / "secret")}
    kept["LSCB_DATABASE_URL"] = desk.server.database_url
    back = browser_.vouched("actions", "board=stockton")
    with serving.served(tmp_path, **desk.settings, **kept) as other:
        moved = Browser(replace(desk, server=other), browser_.jar)
        answer = moved.get(back)
        assert (answer.status, answer.headers["location"]) == (303, "/actions?board=stockton")
        assert is_chairs(moved)


def test_over_https_every_cookie_of_the_way_is_for_https_alone(browser_):
    given = browser_.get(browser_.press(), **HTTPS).set_cookie
    assert {each.split("=")[0] for each in given} == {"__Host-lscb", SESSION}
    assert [each.lower().count("; secure") for each in given] == [1, 1]


def test_a_directory_that_is_set_up_in_part_keeps_the_server_from_starting(demonstration, tmp_path):
    folder = serving.copy(demonstration, tmp_path)
    with pytest.raises(RuntimeError) as told, serving.served(folder, LSCB_OIDC_ISSUER="https://x.example"):
        pass
    assert "single sign-on is set up in part" in str(told.value)
    assert "LSCB_OIDC_SECRET_FILE" in str(told.value)


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/oauth2callback", "/leave_directory"])
def test_without_a_directory_nothing_shows_and_nothing_is_there(server, path):
    answer = ask(server, path)
    assert answer.status == 404 or b'<div id="root">' in answer.body and path == "/leave_directory"
    with Visitor(server) as visitor:
        assert BUTTON not in visitor.run().texts()


def test_signing_in_by_password_goes_on_as_before(desk):
    with Visitor(desk.url, headers={"Cookie": entered(desk.url, "manager")}) as visitor:
        assert "Sign out" in visitor.run().texts()


def test_one_address_sets_out_for_the_directory_only_so_often_and_others_go_on(desk, browser_):
    way, asked = browser_.press("actions"), len(desk.provider.asked_about)
    answers = [browser_.get(way).status for _ in range(MOST + 5)]
    assert answers == [302] * MOST + [429] * 5
    assert len(desk.provider.asked_about) == asked + MOST
    refused = browser_.get(way)
    assert (NOT_IN in refused.body.decode(), refused.headers["retry-after"]) == (True, "60")
    assert '<a href="/actions">Back to the dashboard</a>' in refused.body.decode()
    said = browser_.get(way, X_Forwarded_For=f"10.99.0.1, {browser_.address}")
    assert said.status == 429  # what a visitor claims beside the proxy's word
    other = Browser(desk).come()
    other.sign_in()
    assert is_chairs(other)


def test_a_way_back_is_tried_only_so_often(desk, browser_):
    """With a copy of the cookie from before, the same state could be offered again and again."""
    back = re.sub(r"\bcode=[^&]*", "code=another", browser_.vouched())
    before, asked = dict(browser_.jar), len(desk.provider.asked_about)
    answers = [Browser(desk, dict(before), browser_.address).get(back).status for _ in range(MOST + 5)]
    assert answers == [403] * MOST + [429] * 5
    assert len(desk.provider.asked_about) == asked + MOST
