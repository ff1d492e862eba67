"""Whatever goes wrong, however it came about: a number is shown, the log has the place, nobody the text."""

import http.client
import re
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from tests.browser import serving
from tests.browser.raw import ask
from tests.browser.ws import Visitor
from tests.naughty import SECRET

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"number: \**([0-9A-F]{4}-[0-9A-F]{2})")
BROKEN_ROUTE = """
from starlette.routing import Route

def broken(_request):
    raise ValueError({secret!r})

app._user_routes.append(Route("/broken", broken))
"""


@pytest.fixture(scope="module")
def odd(demonstration, tmp_path_factory):
    """The product, with pages and an address on which something goes wrong."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("faults"))
    app = serving.other_app(folder, "odd_shell.py")
    app.write_text(app.read_text() + BROKEN_ROUTE.format(secret=SECRET))
    with serving.served(folder, script=app) as server:
        yield server


@pytest.fixture
def chair(odd):
    """The chair, signed in on a page that stands, without a browser."""
    with Visitor(odd.url, page="steps") as visitor:
        visitor.run().set("Account", "chair").set("Password", "chair-demo-password").click("Sign in")
        yield visitor


def lines_of(server: serving.Server, number: str) -> list[dict]:
    """What the log says under a number."""
    return [line for line in serving.lines(server) if line.get("reference") == number]


def kinds(server: serving.Server, number: str) -> set[str]:
    """The kinds of fault that stand under a number."""
    return {fault["type"] for line in lines_of(server, number) for fault in line.get("fault", [])}


def says_nothing(server: serving.Server, *words: str) -> None:
    """Neither the log nor what is printed has these words."""
    written = server.log.read_text() + server.printed.read_text()
    assert [word for word in (SECRET, *words) if word in written] == []


def sent(visitor: Visitor, message: BackMsg, kind: str) -> ForwardMsg:
    """Say something that no page says, and wait for the answer of this kind."""
    visitor._socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(visitor._socket.recv(timeout=visitor.patience))
        if answer.WhichOneof("type") == kind:
            return answer


def fetch(visitor: Visitor, payload: str, **told: str) -> str:
    """Ask for what a page fetches while it stands; what is said instead."""
    message = BackMsg()
    asked = message.backend_operation_request
    asked.request_id, asked.session_id = "one", visitor.session_id
    getattr(asked, payload).SetInParent()
    for name, text in told.items():
        setattr(getattr(asked, payload), name, text)
    return sent(visitor, message, "backend_operation_response").backend_operation_response.error_msg


def test_a_file_that_cannot_be_made_shows_a_number_that_the_log_has_too(odd, chair):
    button = chair.elements("download_button")[0]
    said = fetch(chair, "deferred_file", file_id=button.deferred_file_id)
    [number] = NUMBER.findall(said)
    assert SECRET not in said
    assert "builtins.ValueError" in kinds(odd, number)
    says_nothing(odd)


@pytest.mark.parametrize("payload", ["deferred_file", "dataframe_chunk"])
def test_asking_for_what_is_not_there_tells_a_number_alone(odd, chair, payload):
    said = fetch(chair, payload)
    assert len(NUMBER.findall(said)) == 1
    assert lines_of(odd, NUMBER.findall(said)[0])
    assert "not found" not in said


def test_the_platforms_files_for_developers_are_never_written_for_a_visitor(odd, chair):
    before = set(Path(__file__).parent.rglob("*"))
    for payload in ("install_skills", "dismiss_skills_nudge"):
        assert NUMBER.search(fetch(chair, payload))
    assert set(Path(__file__).parent.rglob("*")) - before == set()


def test_a_widget_that_says_nonsense_is_answered_with_a_number(odd, chair):
    for _, widget in list(chair._shown.values()):
        if getattr(widget, "id", ""):
            chair.craft(widget.id, json_value=f'{{"{SECRET}')
    chair.run()
    numbers = NUMBER.findall("\n".join(chair.texts()))
    assert len(numbers) == 1
    assert kinds(odd, numbers[0]) == {"json.decoder.JSONDecodeError"}
    assert chair.exceptions() == []
    assert not re.search("JSONDecode|Expecting|Traceback", chair.all_text())
    says_nothing(odd, "Expecting")


@pytest.mark.parametrize("nonsense", [SECRET, SECRET.encode() + b"\xff\xfe"], ids=["text", "bytes"])
def test_a_connection_that_speaks_nonsense_is_closed_without_a_word(odd, chair, nonsense):
    chair._socket.send(nonsense)
    with pytest.raises(ConnectionClosed) as closed:
        list(iter(chair._socket.recv, None))
    assert closed.value.rcvd is None or closed.value.rcvd.reason == ""
    assert serving.lines(odd)[-1].get("fault")
    says_nothing(odd)


def get(server: serving.Server, path: str, *, method: str = "GET", body: bytes = b"") -> tuple[int, str]:
    """Status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request(method, path, body=body, headers={"Origin": server.url})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_a_request_that_fails_shows_a_number_that_the_log_has_too(odd):
    status, said = get(odd, "/broken")
    [number] = NUMBER.findall(said)
    assert status == 500
    assert "ValueError" not in said
    assert kinds(odd, number) == {"builtins.ValueError"}
    says_nothing(odd)


def test_an_answer_of_a_request_that_failed_has_the_security_headers_too(odd):
    told = ask(odd.url, "/broken").headers
    assert "script-src 'self';" in told["content-security-policy"]
    assert (told["x-content-type-options"], told["cache-control"]) == ("nosniff", "no-store")


def test_a_main_script_that_cannot_be_read_shows_a_number_and_no_line_of_it(demonstration, tmp_path):
    folder = serving.copy(demonstration, tmp_path)
    shell = folder / "broken_shell.py"
    shell.write_text(f"this is {SECRET!r} no Python\n")
    with serving.served(folder, script=serving.other_app(folder, str(shell))) as server:
        with Visitor(server.url) as visitor:
            message = BackMsg()
            message.rerun_script.query_string = ""
            told = sent(visitor, message, "session_event").session_event.script_compilation_exception
        assert kinds(server, NUMBER.findall(told.message)[0]) == {"builtins.SyntaxError"}
        assert (told.type, list(told.stack_trace)) == ("", [])
        says_nothing(server)
