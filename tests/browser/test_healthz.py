"""`/healthz` of a running server: for anybody, by any name, without a cookie; and it notices."""

import http.client
import json
import time

import pytest

from lscb_core.ui.health import KEPT
from tests.browser import serving

pytestmark = pytest.mark.browser


def ask(server: serving.Server, *, method: str = "GET", host: str = "monitor.example"):
    """Status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, "/healthz", headers={"Host": host})
    answer = connection.getresponse()
    told = answer.status, answer.headers, answer.read()
    connection.close()
    return told


def test_a_monitor_needs_no_sign_in_no_cookie_and_no_name_of_ours(running):
    status, headers, body = ask(running)
    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert (headers["set-cookie"], headers["cache-control"]) == (None, "no-store")
    assert ask(running, method="HEAD")[::2] == (200, b"")
    assert ask(running, method="POST")[0] == 405


def test_a_database_that_is_gone_and_comes_back_is_noticed_and_told_in_the_log_alone(demonstration, tmp_path):
    folder = serving.copy(demonstration, tmp_path)
    with serving.served(folder) as server:
        assert ask(server)[0] == 200
        (folder / "board.db").rename(folder / "away.db")
        time.sleep(KEPT)
        status, _, body = ask(server)
        assert (status, json.loads(body)) == (503, {"status": "unavailable"})
        (folder / "away.db").rename(folder / "board.db")
        time.sleep(KEPT)
        assert ask(server)[0] == 200
        lines = [line for line in serving.lines(server) if line["event"].startswith("health")]
    assert [line["event"] for line in lines] == ["health: not well: database", "health: all is well again"]
    assert lines[0]["reference"]
    assert str(folder) not in json.dumps(lines)
