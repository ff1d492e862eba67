"""Two processes on PostgreSQL behind nginx, as docs/deploy.md sets them up: through https, for real."""

import gzip
import http.client
import os
import re
import signal
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from lscb_core.db.tables import Action, FailedTry
from tests.browser import serving
from tests.browser.behind import COOKIE, HOST, Proxy, any_certificate, behind, entered, prepared
from tests.browser.chromium import chromium
from tests.browser.conftest import FLAGS
from tests.browser.paced import Figures, people_at_work
from tests.browser.raw import ask
from tests.browser.steps import click, sign_in, told, wait_ready
from tests.browser.ws import Visitor
from tests.make_sent import XLSX, threshold_return

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024


@dataclass
class Site:
    """nginx, and the two processes behind it with their common database."""

    proxy: Proxy
    servers: list[serving.Server]
    folders: list[Path]
    settings: dict[str, str]


@pytest.fixture(scope="module")
def site(_postgres, tmp_path_factory) -> Iterator[Site]:
    """The demonstration on PostgreSQL, served by two processes that share the secret, behind nginx."""
    first, second, own = (tmp_path_factory.mktemp(name) for name in ("first", "second", "nginx"))
    serving.on_postgresql(first, _postgres.engine.url.render_as_string(hide_password=False))
    serving.prepare(first, "init", "demo")
    shared = {
        "LSCB_DATABASE_URL": serving.database_url(first),
        "LSCB_SECRET_FILE": str(first / "secret"),
        "LSCB_ALLOWED_HOSTS": f"{HOST},127.0.0.1",  # the tests look by that whether it has started
    }
    folders = [first, second]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving.served(folder, **shared)) for folder in folders]
        proxy = stack.enter_context(behind(own, (servers[0].port, servers[1].port)))
        yield Site(proxy, servers, folders, shared)


@pytest.fixture(scope="module")
def proxy(site) -> Proxy:
    """The nginx of this file."""
    return site.proxy


@pytest.fixture
def page(site, browser) -> Iterator[Page]:
    """A browser that finds the site's name on this machine, and takes the tests' certificate."""
    here = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    own = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, here])
    yield own.new_page(ignore_https_errors=True, viewport={"width": 1280, "height": 900}, locale="en-GB")
    own.close()


def sent(proxy: Proxy, cookie: str, session_id: str, size: int) -> int:
    """Send a file of this size for a session of the server; the status of the answer."""
    token = proxy.ask("/_stcore/health", Cookie=cookie).cookies["_streamlit_xsrf"]
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n'
    path, kind = f"/_stcore/upload_file/{session_id}/file-{size}", "multipart/form-data; boundary=x"
    more = {"X_Xsrftoken": token, "Cookie": f"{cookie}; _streamlit_xsrf={token}", "Origin": proxy.url}
    body = head + b"s" * size + b"\r\n--x--\r\n"
    return proxy.ask(path, "PUT", body=body, Content_Type=kind, **more).status


def changed(folder: Path) -> dict[str, int]:
    """When a file was last made in, or taken from, each folder in which nginx puts what is too large."""
    return {name: (folder / name).stat().st_mtime_ns for name in ("client_body", "proxy")}


def test_nginx_itself_finds_nothing_wrong_with_the_site(tmp_path):
    _, order = prepared(tmp_path, (8501, 8502))
    checked = subprocess.run([*order, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_a_person_signs_in_sees_charts_sends_a_file_and_takes_one_away(proxy, page):
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 500 else None)
    aborted = "net::ERR_ABORTED"  # by the browser itself, that goes on to the next page
    page.on("requestfailed", lambda one: failed.append(one.url) if one.failure != aborted else None)
    sign_in(page, f"{proxy.url}/threshold_usage?board=tidewater", "manager")
    expect(page.locator("path[role=graphics-symbol]").first).to_be_visible()
    [cookie] = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")

    page.goto(f"{proxy.url}/import_data?board=tidewater")
    wait_ready(page)
    content = threshold_return(board="tidewater", agency=("housing", "Housing"), count=9)
    named = {"name": "march-secret-name.xlsx", "mimeType": XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(named)
    expect(page.get_by_role("button", name="Leave it")).to_be_visible(timeout=60_000)
    click(page, "Take it in")
    expect(told(page).first).to_contain_text("Taken in.")

    page.goto(f"{proxy.url}/actions?board=tidewater")
    wait_ready(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    assert b"Export " in waiting.value.path().read_bytes()
    assert failed == []


def test_nothing_that_lets_anybody_in_and_no_question_is_in_nginxs_files(proxy):
    cookie = entered(proxy, "manager")
    with proxy.visitor(cookie, page="import_data", query="board=tidewater&q=typed-by-hand") as visitor:
        visitor.run()
        assert sent(proxy, cookie, visitor.session_id, 1000) == 204
        proxy.ask("/enter?ticket=a-ticket-of-somebody&to=/", Cookie=cookie)
        written = proxy.written()
        assert "/_stcore/upload_file/-" in written
        assert " /enter" in written.replace('"', " ")
        secrets = cookie, cookie[-43:], visitor.session_id, "file-1000", "a-ticket", "typed-by-hand", "?"
        assert [each for each in secrets if each in written] == []


def test_a_file_sent_or_fetched_never_lies_on_the_proxys_disk(proxy):
    cookie = entered(proxy, "manager")
    before = changed(proxy.folder)
    with proxy.visitor(cookie, page="import_data", query="board=tidewater") as visitor:
        visitor.run()
        assert sent(proxy, cookie, visitor.session_id, 9 * MEGABYTE) == 204
        assert sent(proxy, cookie, visitor.session_id, 40 * MEGABYTE) == 413  # the page's own limit
    assert changed(proxy.folder) == before


def test_only_a_file_that_is_taken_in_may_be_large(proxy):
    assert proxy.ask("/leave", "POST", body=b"x" * 70_000, Origin=proxy.url).status == 413


@pytest.mark.parametrize("path", ["/", "/actions?board=tidewater", "/history"])
def test_plain_http_leads_to_https_and_gives_no_cookie(proxy, path):
    answer = proxy.ask(path, plain=True)
    assert (answer.status, answer.headers["location"]) == (308, f"https://{HOST}{path}")
    assert answer.cookies == {}


INNER = ("/_stcore/health", "/_stcore/stream", "/_stcore/upload_file/a/b", "/media/a.csv", "/static/js/a.js")
INNER += ("/enter?ticket=a", "/leave", "/leave_directory", "/auth/login", "/oauth2callback", "/healthz")


@pytest.mark.parametrize("path", INNER)
def test_plain_http_leads_nothing_on_that_is_no_page(proxy, path):
    for method in ("GET", "PUT", "POST"):
        answer = proxy.ask(path, method, plain=True, Upgrade="websocket", Connection="Upgrade")
        assert (answer.status, answer.body) == (404, b"There is nothing here without https.\n")
        assert "location" not in answer.headers
    assert proxy.ask("/actions", "POST", plain=True).status == 404


@pytest.mark.parametrize("plain", [True, False])
def test_another_hosts_name_is_not_answered(proxy, plain):
    with pytest.raises((OSError, http.client.HTTPException)):
        proxy.ask("/", plain=plain, Host="evil.example")


def test_another_name_gets_no_certificate(proxy):
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME|unrecognized name"):
        any_certificate().wrap_socket(proxy.socket(), server_hostname="evil.example")


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_old_tls_is_refused(proxy, version):
    old = any_certificate()
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLS"):
        old.minimum_version = old.maximum_version = getattr(ssl.TLSVersion, version)
    with pytest.raises(ssl.SSLError):
        old.wrap_socket(proxy.socket(), server_hostname=HOST)


def test_security_headers_come_once_and_nothing_tells_versions(proxy):
    answer = proxy.ask("/")
    for name in ("strict-transport-security", "content-security-policy", "x-content-type-options"):
        assert answer.names.count(name) == 1, name
    assert f"connect-src 'self' wss://{HOST}:{proxy.port};" in answer.headers["content-security-policy"]
    assert (answer.headers["server"], proxy.ask("/", plain=True).headers["server"]) == ("nginx", "nginx")
    assert "x-powered-by" not in answer.headers


def test_static_files_are_compressed_once_and_kept_without_anybodys_cookie(proxy):
    cookie = f"{COOKIE}={proxy.ask('/').cookies[COOKIE]}"
    path = re.search(r'src="\./(static/js/index[^"]+\.js)"', proxy.ask("/").body.decode())[1]
    first = [proxy.ask(f"/{path}", Accept_Encoding="gzip", Cookie=cookie) for _ in range(2)][1]
    assert len(list((proxy.folder / "kept").rglob("*/*"))) > 0
    assert first.headers["content-encoding"] == "gzip"
    assert b"function" in gzip.decompress(first.body)
    assert "immutable" in first.headers["cache-control"]
    assert first.set_cookie == proxy.ask(f"/{path}", Accept_Encoding="gzip").set_cookie == []
    assert "content-encoding" not in proxy.ask(f"/{path}", Cookie=cookie).headers


def addresses(site: Site) -> int:
    """How many failed tries were counted for an address. This machine's own is none."""
    with serving.register(site.servers[0]) as session:
        return len(session.exec(select(FailedTry).where(FailedTry.kind == "address")).all())


def test_what_a_visitor_says_of_the_scheme_and_the_own_address_is_overwritten(site, proxy):
    planted = {
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": "198.51.100.7",
        "Forwarded": "for=198.51.100.7",
    }
    assert COOKIE in proxy.ask("/", **planted).cookies
    past_nginx = Visitor(site.servers[0].url, headers=planted)
    for visitor, counted in ((proxy.visitor(says=planted), 0), (past_nginx, 1)):
        with visitor:
            visitor.run().set("Account", "nobody").set("Password", "wrong").click("Sign in")
        assert addresses(site) == counted


def test_each_browser_stays_with_one_process_and_both_have_some(site, proxy):
    cookies = [entered(proxy, "manager") for _ in range(8)]
    for cookie in cookies:
        with proxy.visitor(cookie, page="import_data", query="board=tidewater") as visitor:
            assert "Sign out" in visitor.run().texts()
            assert sent(proxy, cookie, visitor.session_id, 100) == 204
            assert sent(proxy, cookie, "a-screen-of-the-other-process", 100) == 403
    asked = set(re.findall(r"/_stcore/stream\" 101 .* to=(\S+)", proxy.log))
    assert asked == {f"127.0.0.1:{server.port}" for server in site.servers}


def test_a_download_is_found_at_whichever_process_made_it(site, proxy):
    cookie = entered(proxy, "chair")
    with proxy.visitor(cookie, page="actions", query="board=tidewater") as visitor:
        visitor.run()
        twin = next(each.popover.id for each in visitor.elements("block") if "twin" in each.popover.id)
        visitor.craft(twin, bool_value=True).run()
        told = {"Cookie": cookie, "Host": HOST, "X_Forwarded_Proto": "https"}
        address = visitor.download("CSV")  # each is good once
        assert sorted(ask(server.url, address, **told).status for server in site.servers) == [200, 404]
        for _ in range(4):  # as after a new sign-in in another tab: some are asked at the other process first
            other = entered(proxy, "chair")
            assert proxy.ask(visitor.download("CSV"), Cookie=other).status == 200
        assert proxy.ask(visitor.download("CSV")).status == 403


BEFORE_S, AWAY_S, AFTER_S, PEOPLE = 20, 25, 35, 20
PROMISE = "A text that somebody was still writing"


def test_when_no_process_answers_people_are_told_in_words_and_the_log_keeps_no_ticket(tmp_path):
    with behind(tmp_path, (serving.free_port(), serving.free_port())) as proxy:
        answer = proxy.ask("/enter?ticket=a-ticket-of-somebody")
        assert (answer.status, answer.headers["cache-control"]) == (503, "no-store")
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert b"The dashboard is not available just now." in answer.body
        assert "a-ticket" not in proxy.logged('"/enter" 503') + proxy.written()


def process_of(site: Site, page: Page) -> int:
    """Which of the two has this browser: 0 or 1."""
    [token] = [each["value"] for each in page.context.cookies() if each["name"] == COOKIE]
    site.proxy.ask("/_stcore/health", Cookie=f"{COOKIE}={token}")
    last = re.findall(r"to=127.0.0.1:(\d+)", site.proxy.log)[-1]
    return [str(server.port) for server in site.servers].index(last)


@pytest.mark.long
def test_when_a_process_is_killed_its_people_go_on_at_the_other(site, proxy, page):
    sign_in(page, f"{proxy.url}/actions?board=tidewater&add=1", "manager")
    page.get_by_label("What is promised?").fill(PROMISE)
    number = process_of(site, page)
    killed = site.servers[number]
    with people_at_work(proxy, PEOPLE) as people:
        time.sleep(BEFORE_S)
        kill, before = time.monotonic(), len(proxy.log)
        os.kill(killed.pid, signal.SIGKILL)
        time.sleep(AWAY_S)
        with serving.served(site.folders[number], port=killed.port, **site.settings):
            again = time.monotonic()
            time.sleep(AFTER_S)
    taken = re.findall(r"/_stcore/stream\" 101 .* to=\S*?(\d+) ", proxy.log[before:])
    figures = Figures.of(people, kill, again)
    print(f"\n{figures}\nOpened or loaded anew since the kill, by process: {Counter(taken)}.")
    assert (figures.foreign, figures.wrong, figures.signed_in_again) == (0, [], 0)
    assert figures.moved > 0
    assert figures.longest_gap_s < 15
    assert all(person.steps_since(again) > 0 for person in people)
    assert taken.count(str(killed.port)) > figures.moved  # more than the screens that the kill cut off
    written = proxy.written()
    assert [each for person in people for each in (person.cookie, person.word) if each in written] == []
    # The browser whose process was killed: what was typed is there, and is saved once, without a new sign-in.
    expect(page.get_by_label("What is promised?")).to_have_value(PROMISE)
    click(page, "Add the action")
    expect(page.get_by_label("Password")).to_have_count(0)
    with serving.register(site.servers[0]) as session:
        assert len(session.exec(select(Action).where(Action.title == PROMISE)).all()) == 1
