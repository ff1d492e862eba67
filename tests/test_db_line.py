"""A PostgreSQL on another machine without a proved line is pointed out to whoever keeps the server."""

import json
import os
import subprocess
import sys

import pytest

from lscb_core.config import ROOT
from lscb_core.db import health, line
from tests.browser.serving import free_port
from tests.terminal import FAILED, pointed_at, typed

OPEN = [
    "db.council.example/lscb",
    "10.0.0.5/lscb",
    "10.0.0.5:5433/lscb?sslmode=require",
    "[2001:db8::5]:5432/lscb",
    "db.council.example/lscb?sslmode=verify-ca",  # a certificate of the right issuer, for any name
    "db.council.example/lscb?sslmode=prefer",
    "/lscb?host=db.council.example",
    "/lscb?host=localhost:5432&host=db.council.example:5432",  # one of several is enough
    "localhost/lscb?hostaddr=10.0.0.5",  # where it really goes
    "localhost.council.example/lscb",
]
SAFE = [
    "/lscb",
    "/lscb?host=/run/postgresql",
    "/lscb?host=@abstract",
    "localhost/lscb",
    "LOCALHOST:5432/lscb",
    "127.0.0.1/lscb",
    "127.8.8.8/lscb",
    "[::1]/lscb",
    "db.council.example/lscb?hostaddr=127.0.0.1",
    "db.council.example/lscb?sslmode=verify-full",
    "/lscb?host=localhost:5432&host=127.0.0.1:5433",
]
FAR = "postgresql+psycopg://secret-user:secret-word@203.0.113.9:9/secret-base?connect_timeout=1"
"""An address that is kept free for examples: nobody answers there."""


@pytest.fixture(autouse=True)
def no_settings_of_the_driver(monkeypatch):
    for name in ("PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("place", OPEN)
def test_another_machine_without_a_proved_line_is_noticed(place):
    assert line.is_open(f"postgresql+psycopg://lscb:word@{place}")


@pytest.mark.parametrize("place", SAFE)
def test_this_machine_a_socket_and_a_proved_line_are_not(place):
    assert not line.is_open(f"postgresql+psycopg://lscb:word@{place}")


@pytest.mark.parametrize("url", ["sqlite:////var/lib/lscb/lscb.db", "sqlite://", "nonsense", "a://b:c:d/e"])
def test_what_is_no_postgresql_has_no_line(url):
    assert not line.is_open(url)


def test_what_the_driver_takes_from_the_environment_counts(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.council.example")
    assert line.is_open("postgresql+psycopg:///lscb")
    assert not line.is_open("postgresql+psycopg://localhost/lscb")  # the address says otherwise
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert not line.is_open("postgresql+psycopg:///lscb")


def test_health_tells_it_in_words_and_as_json_and_counts_it_as_no_failure(monkeypatch, capsys):
    found = health.look(FAR)
    assert (found.warnings, found.failed) == (("line",), ("database",))  # the failure is that nobody answers
    assert "NOT SAFE. The database is on another machine" in found.as_text()
    assert "sslmode=verify-full" in found.as_text()
    assert found.as_json()["warnings"] == ("line",)
    assert "secret" not in found.as_text() + json.dumps(found.as_json())
    assert health.Health("postgresql", "", "", warnings=("line",)).well
    with pointed_at(monkeypatch, FAR):
        ended = typed(monkeypatch, capsys, "health")
    assert (ended.status, "NOT SAFE" in ended.out) == (FAILED, True)


def test_a_line_that_is_safe_is_not_spoken_of():
    assert "Line to it" not in health.Health("postgresql", "", "").as_text()


def test_the_log_says_it_at_each_start_without_a_name(tmp_path):
    order = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.address=127.0.0.1",
        f"--server.port={free_port()}",
    ]
    around = os.environ | {"LSCB_DATABASE_URL": FAR, "LSCB_SECRET_FILE": str(tmp_path / "secret")}
    started = subprocess.run(
        order, cwd=ROOT, env=around, capture_output=True, text=True, timeout=60, check=False
    )
    assert started.returncode != 0  # nobody answers there
    lines = [json.loads(each) for each in started.stderr.splitlines() if each.startswith("{")]
    assert (lines[0]["level"], lines[0]["event"]) == ("warning", line.IN_WORDS)
    assert "secret-" not in started.stdout + started.stderr
    assert "203.0.113" not in started.stdout + started.stderr
