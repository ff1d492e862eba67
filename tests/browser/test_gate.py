"""The Gate: what a stranger, another site or a copied address may not do. Asked of the real server."""

import json
import re

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser import serving
from tests.browser.raw import HTTPS, ask, entered, new_cookie, sent_to, signed_in
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

INTERNAL = (
    "/_stcore/metrics",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/sessions",
    "/_stcore/script-health-check",
    "/_stcore/",
    "/_STCORE/metrics",
)
CHAIR = "Independent chair"


def is_chairs(visitor: Visitor) -> bool:
    """Whether the visitor is inside as the chair."""
    return "Sign out" in visitor.texts() and CHAIR in visitor.all_text()


def websocket_status(url: str, *, origin: str | None, **headers: str) -> int:
    """What a websocket is answered: 101 where it is taken up."""
    address = url.replace("http", "ws") + "/_stcore/stream"
    try:
        with connect(address, origin=origin, additional_headers=headers, proxy=None) as connection:
            return connection.response.status_code
    except InvalidStatus as refused:
        return refused.response.status_code


def test_each_browser_gets_a_cookie_that_scripts_and_other_sites_cannot_use(server):
    first, second = ask(server, "/"), ask(server, "/")
    [said] = [each for each in first.set_cookie if each.startswith("lscb=")]
    assert re.fullmatch(r"lscb=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict", said)
    assert first.cookies["lscb"] != second.cookies["lscb"]
    assert "lscb" not in ask(server, "/", Cookie=f"lscb={first.cookies['lscb']}").cookies


def test_over_https_the_cookie_is_for_this_host_alone_and_https_is_asked_for(server):
    answer = ask(server, "/", **HTTPS)
    [said] = [each for each in answer.set_cookie if "lscb=" in each]
    assert re.fullmatch(r"__Host-lscb=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure", said)
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "strict-transport-security" not in ask(server, "/").headers


@pytest.mark.parametrize("planted", ["lscb=short", "lscb=" + "é" * 43, "lscb=" + "a" * 5000, "lscb="])
def test_a_cookie_that_is_not_of_our_making_is_replaced(server, planted):
    assert "lscb" in ask(server, "/", Cookie=planted.encode().decode("latin-1")).cookies


def test_a_second_cookie_planted_beside_ours_makes_both_count_for_nothing(server):
    ours = entered(server, "chair")
    assert "lscb" not in ask(server, "/", Cookie=ours).cookies
    assert "lscb" in ask(server, "/", Cookie=f"{ours}; lscb={'a' * 43}").cookies


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_another_host_is_not_served(server, host):
    assert ask(server, "/", Host=host).status == 400
    assert websocket_status(server, origin=server, Host=host) in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1:\xb2", "127.0.0.1; script-src *", "127.0.0.1:80:80", "[::1"])
def test_a_host_that_cannot_be_one_is_not_served_and_stands_in_no_header(server, host):
    for path, status in (("/", 400), ("/healthz", 200)):
        answer = ask(server, path, Host=host)
        assert answer.status == status
        assert "ws://;" in answer.headers["content-security-policy"]


def test_no_other_window_may_steer_a_page(server):
    assert json.loads(ask(server, "/_stcore/host-config").body)["allowedOrigins"] == []


def test_an_allowed_host_is_served_over_plain_http_to_this_machine_alone(fresh_server):
    url = fresh_server(LSCB_ALLOWED_HOSTS="board.example,127.0.0.1").url
    from_afar = {"Host": "board.example", "X_Forwarded_For": "192.0.2.7"}
    assert ask(url, "/", Host="board.example").status == 200
    assert ask(url, "/", **from_afar).status == 400
    assert ask(url, "/", **from_afar, X_Forwarded_Proto="https").status == 200
    assert ask(url, "/", Host="localhost").status == 400


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "https://127.0.0.1", "http://[::1"])
def test_a_page_of_another_origin_opens_no_websocket_and_sends_nothing(server, origin):
    assert websocket_status(server, origin=origin) == 403
    said = {"Origin": origin} if origin else {}
    answer = ask(
        server, "/_stcore/upload_file/x/y", "PUT", body=b"x", Cookie=entered(server, "chair"), **said
    )
    assert answer.status == 403
    assert websocket_status(server, origin=server) == 101


@pytest.mark.parametrize("path", INTERNAL)
def test_the_platforms_internal_addresses_are_not_there(server, path):
    cookie = entered(server, "admin")
    for method in ("GET", "HEAD", "POST"):
        assert ask(server, path, method, Cookie=cookie, Origin=server).status == 404, method


def test_what_the_pages_need_of_the_platform_is_there(server):
    for path in ("/_stcore/health", "/_stcore/host-config", "/app/static/icon.png", "/actions"):
        assert ask(server, path).status == 200, path


ANSWERED = ["/", "/actions", "/media/x.csv", "/_stcore/metrics", "/nowhere/x.js", "/healthz"]


@pytest.mark.parametrize("path", ANSWERED)
def test_every_answer_has_the_security_headers(server, path):
    told = ask(server, path).headers
    policy = told["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "object-src 'none'; base-uri 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert (told["x-content-type-options"], told["referrer-policy"]) == ("nosniff", "no-referrer")
    assert told["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/app/static/icon.png", "/_stcore/upload_file/a/b", "/_stcore/health"])
def test_no_other_site_may_read_an_answer(server, path):
    method, told = "OPTIONS" if "upload" in path else "GET", {"Origin": "https://evil.example"}
    answer = ask(server, path, method, Cookie=entered(server, "chair"), **told)
    assert answer.status < 400
    assert not [name for name in answer.names if name.startswith("access-control")]


ELSEWHERE = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}


@pytest.mark.parametrize("path", ["/", "/actions", "/media/x", "/_stcore/metrics", "/leave"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_that_another_site_has_a_browser_ask_for_brings_a_cookie_in_the_place_of_ours(
    server, method, path
):
    answer = ask(server, path, method, body=b"", Origin="https://evil.example", **ELSEWHERE)
    assert answer.set_cookie == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/leave", "/enter?ticket=x&to=/"])
def test_no_picture_and_no_link_of_another_host_of_ours_signs_anybody_out(server, site, path):
    told = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
    answer = ask(server, path, Cookie=new_cookie(server), **told)
    assert (answer.status, answer.set_cookie) == (403, [])
    assert "clear-site-data" not in answer.headers
    ours = ask(server, path, Cookie=new_cookie(server), Sec_Fetch_Site="same-origin")
    assert ours.status == 303


def test_what_caches_on_the_way_may_keep_brings_no_cookie(server):
    [file] = re.findall(r'src="[./]*(static/js/[^"]+)"', ask(server, "/").body.decode())
    for path in (f"/{file}", "/app/static/icon.png"):
        answer = ask(server, path)
        assert (answer.status, answer.set_cookie) == (200, []), path
    assert ask(server, "/nowhere/static/x").headers["cache-control"] == "no-store"


def test_after_leaving_a_browser_is_told_to_drop_what_it_keeps_but_not_its_new_cookie(server):
    answer = ask(server, "/leave", Cookie=entered(server, "chair"))
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "lscb" in answer.cookies


@pytest.mark.parametrize(
    "path", ["/.git/config", "/data/lscb.db", "/app.py", "/app/static/", "/app/static/../shell.py"]
)
def test_no_file_of_the_product_or_its_data_is_served_and_no_folder_is_listed(server, path):
    answer = ask(server, path)
    page_for_whatever = ask(server, "/").body
    assert answer.status in (400, 404) or answer.body == page_for_whatever
    assert re.fullmatch(r"text/(plain|html); charset=utf-8", answer.headers["content-type"])


def test_what_the_gate_refuses_and_a_wrong_password_are_lines_of_the_log(running):
    before = len(serving.lines(running))
    ask(running.url, "/_stcore/metrics")
    with Visitor(running.url, headers={"Cookie": new_cookie(running.url)}) as visitor:
        visitor.run().set("Account", "nobody-here").set("Password", "wrong").click("Sign in")
    said = [line["event"] for line in serving.lines(running)[before:]]
    assert "the Gate refused (http): 404" in said
    assert "a password or a one-time code did not fit" in said


def test_too_much_is_refused_whether_its_size_is_told_or_not(server):
    cookie, much = new_cookie(server), b"x" * 70_000
    told = ask(server, "/leave", "POST", body=much, Cookie=cookie, Origin=server)
    assert told.status == 413
    chunks = b"".join(b"4000\r\n" + b"x" * 0x4000 + b"\r\n" for _ in range(8)) + b"0\r\n\r\n"
    untold = {"Transfer_Encoding": "chunked", "Cookie": cookie, "Origin": server}
    assert ask(server, "/leave", "POST", body=chunks, **untold).status >= 400


@pytest.mark.parametrize("method", ["TRACE", "PATCH", "CONNECT", "PROPFIND"])
def test_methods_that_no_page_uses_are_refused(server, method):
    assert ask(server, "/", method, Origin=server).status in (400, 405)


def test_downloads_are_for_whoever_is_signed_in_in_this_browser(server):
    cookie = entered(server, "chair")
    with Visitor(server, headers={"Cookie": cookie}, page="actions", query="board=tidewater") as visitor:
        visitor.run()
        twin = next(each.popover.id for each in visitor.elements("block") if "twin" in each.popover.id)
        visitor.craft(twin, bool_value=True).run()
        address = visitor.download("CSV")
    assert ask(server, address).status == 403
    assert ask(server, address, Cookie=new_cookie(server)).status == 403
    answer = ask(server, address, Cookie=cookie)
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert b"Export " in answer.body


def test_uploads_are_refused_before_the_first_byte_where_nobody_is_signed_in(server):
    for cookie in ("", new_cookie(server)):
        path = "/_stcore/upload_file/some-session/some-file"
        sent = ask(server, path, "PUT", body=b"x" * 1000, Origin=server, Cookie=cookie)
        assert sent.status == 403
        assert ask(server, path, "DELETE", Origin=server, Cookie=cookie).status == 403


def test_whoever_knows_a_sessions_number_does_not_become_its_owner(server):
    cookie = entered(server, "chair")
    with Visitor(server, headers={"Cookie": cookie}) as chair:
        chair.run()
        stolen = chair.session_id
        assert is_chairs(chair)
        for taken in ({"Cookie": new_cookie(server)}, {}):
            with Visitor(server, headers=taken, resume=stolen) as thief:
                thief.run()
                assert thief.session_id != stolen
                assert not is_chairs(thief)
    with Visitor(server, headers={"Cookie": cookie}, resume=stolen) as honest:
        honest.run()
        assert honest.session_id == stolen
        assert is_chairs(honest)


def test_a_forged_binding_counts_for_nothing(server):
    from lscb_core.accounts.sign_ins import hashed

    cookie = entered(server, "chair")
    forged = hashed(cookie.removeprefix("lscb="))
    for name in ("X-Lscb-Bind", "x-lscb-bind", "X-LSCB-Other"):
        with Visitor(server, headers={name: forged}) as forger:
            assert not is_chairs(forger.run())


def test_the_cookie_changes_when_somebody_signs_in_and_the_old_one_is_worth_nothing(server):
    before = new_cookie(server)
    with Visitor(server, headers={"Cookie": before}, page="actions", query="board=stockton") as visitor:
        signed_in(visitor, "chair")
        assert is_chairs(visitor)  # this very tab is inside already
        [way_in] = sent_to(visitor)
        other = ask(server, way_in, Cookie=new_cookie(server))
        assert "lscb" not in other.cookies  # the ticket is for the browser that signed in
        answer = ask(server, way_in, Cookie=before)
        assert (answer.status, answer.headers["location"]) == (303, "/actions?board=stockton")
        assert "lscb" not in ask(server, way_in, Cookie=before).cookies  # and good once
        assert not is_chairs(visitor.run())
    with Visitor(server, headers={"Cookie": before}) as visitor:
        assert not is_chairs(visitor.run())
    with Visitor(server, headers={"Cookie": f"lscb={answer.cookies['lscb']}"}) as visitor:
        assert is_chairs(visitor.run())


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX:1", ""],
)
def test_the_way_back_never_leads_to_another_place(server, to):
    answer = ask(server, f"/enter?ticket=none&to={to}", Cookie=new_cookie(server))
    assert (answer.status, answer.headers["location"]) == (303, "/")
