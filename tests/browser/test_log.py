"""A day at the server, with people signing in, typing and sending files: nothing of it is in the log."""

import http.client
import json
import re
import socket
from email.message import Message
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from lscb_core.ui.places import keys
from tests import make_census as census
from tests.browser import serving
from tests.browser.ws import Visitor

pytestmark = pytest.mark.browser

TYPED = "Quokka typed"
FILE_NAME = "wombat-family.xml"
CHILD = "NUMBAT0001"
NAME_TRIED, PASSWORD_TRIED = "bandicoot", "echidna-password"
IN_QUERY = "platypus"
AGENT = "Dugong-browser"
ACCOUNTS = ("chair", "manager", "admin", "lay", "subgroup")
WALKED = ("chair", "manager", "admin")
ADDRESS = re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b|::1")
LONG_HEX = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|[A-Za-z0-9_-]{40,}")
"""Numbers of sessions and files, hashes, cookies."""


class Browser:
    """One browser: it keeps its cookie, opens tabs, fetches and sends."""

    def __init__(self, server: serving.Server) -> None:
        self.server = server
        self.jar: dict[str, str] = {}
        self.secrets: list[str] = []
        for path in (f"/?name={IN_QUERY}", "/_stcore/health"):
            self.ask("GET", path)

    @property
    def cookie(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Message]:
        """One request, with the cookie; takes a new one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        told = {"Cookie": self.cookie, "Origin": self.server.url, "User-Agent": AGENT, **headers}
        told |= {"X-Xsrftoken": self.jar.get("_streamlit_xsrf", "")}
        connection.request(method, path, body=body, headers=told)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        for line in answer.headers.get_all("set-cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.jar[name] = value
            self.secrets.append(value)
        return answer.status, answer.headers

    def tab(self, page: str) -> Visitor:
        """A tab on a page."""
        return Visitor(
            self.server.url,
            page=page,
            query=f"board=tidewater&name={IN_QUERY}",
            headers={"Cookie": self.cookie, "User-Agent": AGENT},
        )

    def sign_in(self, name: str, password: str) -> None:
        """Fill in the form, and fetch the new cookie where there is one."""
        with self.tab("") as visitor:
            visitor.run().set("Account", name).set("Password", password).click("Sign in")
            self.secrets.append(visitor.session_id)
            sent = [each.auth_redirect.url for each in visitor.received if each.HasField("auth_redirect")]
        for url in sent:
            self.ask("GET", url)


def walk(browser: Browser, page: str) -> None:
    """Open a page and type into whatever takes text."""
    with browser.tab(page) as visitor:
        visitor.run()
        browser.secrets.append(visitor.session_id)
        assert "Sign in" not in visitor.texts()
        for kind in ("text_input", "text_area"):
            for field in visitor.elements(kind):
                visitor.craft(field.id, string_value=f"{TYPED}\n{TYPED}")
        visitor.run()


def promise(browser: Browser) -> None:
    """Type a new action into the form and save what is only half of one."""
    with browser.tab("actions") as visitor:
        visitor.run().click("Add an action")
        visitor.set("What is promised?", TYPED).set("More about it (may be left out)", TYPED).run()
        visitor.click("Add the action")


def send_file(browser: Browser) -> None:
    """Put a census into the page that takes it in; it is read, and refused."""
    content = census.census(census.child(number=CHILD)).replace(
        b"<PersonBirthDate>", b"<PersonBirthDate>not "
    )
    with browser.tab("import_data") as visitor:
        asked = "What kind of file is it?"
        [census_kind] = [each for each in visitor.run().find(asked)[1].options if "census" in each]
        visitor.set(asked, census_kind).run()
        [uploader] = visitor.elements("file_uploader")
        message = BackMsg()
        message.file_urls_request.request_id = "one"
        message.file_urls_request.file_names.append(FILE_NAME)
        message.file_urls_request.session_id = visitor.session_id
        visitor._socket.send(message.SerializeToString())
        answer = ForwardMsg()
        while not answer.HasField("file_urls_response"):
            answer = ForwardMsg.FromString(visitor._socket.recv(timeout=visitor.patience))
        [urls] = answer.file_urls_response.file_urls
        browser.secrets += [visitor.session_id, urls.file_id]
        head = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{FILE_NAME}"\r\n\r\n'
        form = head.encode() + content + b"\r\n--b--\r\n"
        told = {"Content-Type": "multipart/form-data; boundary=b"}
        assert browser.ask("PUT", urls.upload_url, form, **told)[0] == 204
        file = UploadedFileInfo(file_id=urls.file_id, name=FILE_NAME, size=len(content), file_urls=urls)
        visitor._states["file"] = WidgetState(id=uploader.id)
        visitor._states["file"].file_uploader_state_value.uploaded_file_info.append(file)
        visitor.run()
        assert "Nothing was taken in" in visitor.all_text()


def misbehave(browser: Browser) -> None:
    """What makes the libraries write lines of their own, about sessions, addresses and files."""
    browser.ask("GET", f"/media/{IN_QUERY}.csv")
    browser.ask("PUT", f"/_stcore/upload_file/{IN_QUERY}/{FILE_NAME}", b"x")
    browser.ask("GET", f"/healthz?{urlencode({'name': TYPED})}")
    with socket.create_connection(("127.0.0.1", browser.server.port)) as raw:
        raw.sendall(f"{TYPED}\r\n\r\n".encode())
        raw.recv(1000)
    for nonsense in (TYPED, TYPED.encode() + b"\xff"):
        with browser.tab("") as visitor:
            visitor._socket.send(nonsense)
    message = BackMsg()
    asked = message.backend_operation_request
    asked.request_id, asked.session_id, asked.deferred_file.file_id = TYPED, "of another", FILE_NAME
    with browser.tab("") as visitor:
        visitor.run()
        browser.secrets.append(visitor.session_id)
        visitor._socket.send(message.SerializeToString())
        asked.session_id = visitor.session_id
        visitor._socket.send(message.SerializeToString())
        visitor.run()


@pytest.fixture(scope="module")
def day(demonstration, tmp_path_factory):
    """The server after a day, and what may not stand in its log."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("log"))
    secrets: list[str] = []
    with serving.served(folder) as server:
        for name in WALKED:
            browser = Browser(server)
            browser.sign_in(NAME_TRIED, PASSWORD_TRIED)
            browser.sign_in(name, f"{name}-{PASSWORD_TRIED}")
            browser.sign_in(name, f"{name}-demo-password")
            for page in keys():
                walk(browser, page)
            if name == "manager":
                promise(browser)
                send_file(browser)
            misbehave(browser)
            secrets += browser.secrets
        yield server, [secret for secret in secrets if secret]


def test_every_line_of_the_day_is_json_and_the_libraries_have_spoken(day):
    server, _ = day
    loggers = {line["logger"].partition(".")[0] for line in serving.lines(server)}
    assert {"lscb", "streamlit", "uvicorn"} <= loggers
    assert all(line["time"].endswith("Z") and line["process"] for line in serving.lines(server))


@pytest.mark.parametrize(
    "word",
    [TYPED, FILE_NAME, CHILD, NAME_TRIED, PASSWORD_TRIED, IN_QUERY, AGENT, "demo-password", "tidewater"],
)
def test_nothing_that_was_typed_sent_or_asked_for_is_written(day, word):
    server, _ = day
    written = server.log.read_text() + server.printed.read_text()
    assert word.lower() not in written.lower()


def test_nobody_can_be_told_from_the_log(day):
    server, secrets = day
    text = server.log.read_text()
    assert len(set(secrets)) > 20
    # Streamlit writes the first eight signs of a session's number.
    assert [secret for secret in secrets if secret[:8] in text + server.printed.read_text()] == []
    said = [json.dumps({**line, "time": ""}) for line in serving.lines(server)]
    assert [line for line in said if ADDRESS.search(line)] == []
    assert [line for line in said if LONG_HEX.search(line)] == []
    assert [line for line in said if re.search(rf"\b({'|'.join(ACCOUNTS)})\b", line)] == []
