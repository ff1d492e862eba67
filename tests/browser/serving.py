"""Starting the dashboard as its users do, on a free port of this machine, and ending it by its own number."""

import http.client
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.engine import make_engine

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "database_url"
"""The file that holds the address of a folder's database, where that is no file of its own."""
TODAY = "2026-04-01"
"""The day on which all tests of a running server take place."""


@dataclass(frozen=True)
class Server:
    """A running server: where it is, what it logs and prints, and which database it serves."""

    url: str
    port: int
    pid: int
    log: Path
    printed: Path
    database_url: str


def settings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a server whose files all lie in one folder."""
    return {
        **os.environ,
        "LSCB_DATABASE_URL": database_url(folder),
        "LSCB_SECRET_FILE": str(folder / "secret"),
        "LSCB_TODAY": TODAY,
        **more,
    }


def database_url(folder: Path) -> str:
    """The folder's database: a file in it, or the one on PostgreSQL that it names."""
    address = folder / ADDRESS
    return address.read_text() if address.exists() else f"sqlite:///{folder / 'board.db'}"


def on_postgresql(folder: Path, server: str, *, like: str = "template1") -> Path:
    """Give the folder a new database on the server with this address, a copy of the one named."""
    name = f"served_{secrets.token_hex(6)}"
    url = sa.make_url(server)
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    (folder / ADDRESS).write_text(url.set(database=name).render_as_string(hide_password=False))
    return folder


def prepare(folder: Path, *verbs: str) -> Path:
    """Make a database in the folder by the command line (`init`, `demo`). Raises with what it printed."""
    for verb in verbs:
        order = [sys.executable, "-m", "lscb_core", verb]
        done = subprocess.run(
            order, cwd=ROOT, env=settings(folder), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"`{verb}` failed ({done.returncode}):\n{done.stdout}\n{done.stderr}")
    return folder


def copy(prepared: Path, folder: Path) -> Path:
    """A folder with a copy of a prepared database: a fraction of the time that loading takes."""
    if (prepared / ADDRESS).exists():
        held = sa.make_url(database_url(prepared))
        return on_postgresql(folder, _server(held), like=str(held.database))
    shutil.copy(prepared / "board.db", folder / "board.db")
    return folder


def empty(like: Path, folder: Path) -> Path:
    """A folder with the tables alone, in a database of the kind that the other folder has."""
    if (like / ADDRESS).exists():
        on_postgresql(folder, _server(sa.make_url(database_url(like))))
    return prepare(folder, "init")


def _server(held: sa.URL) -> str:
    """The address from which databases are made: nobody may be connected with the one that is copied."""
    return held.set(database="postgres").render_as_string(hide_password=False)


@contextmanager
def served(folder: Path, *, script: Path = ROOT / "app.py", port: int = 0, **more: str) -> Iterator[Server]:
    """Serve the database in the folder until the block ends. Raises with the log if it does not start."""
    environment, port = settings(folder, **more), port or free_port()
    log, printed = folder / "server.log", folder / "server.out"
    order = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address=127.0.0.1"]
    order += [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    with log.open("w") as err, printed.open("w") as out:
        process = subprocess.Popen(order, cwd=ROOT, env=environment, stdout=out, stderr=err)
    try:
        _wait(process, port, log)
        url, database_url = f"http://127.0.0.1:{port}", environment["LSCB_DATABASE_URL"]
        yield Server(url, port, process.pid, log, printed, database_url)
    finally:
        _end(process)


@contextmanager
def register(server: Server) -> Iterator[Session]:
    """A session in the database that is served, past the product."""
    engine = make_engine(server.database_url)
    with Session(engine.execution_options(writes=True)) as session:
        yield session
    engine.dispose()


def other_app(folder: Path, shell: str) -> Path:
    """The product's application with a main script of the tests in place of its own; its file."""
    script = folder / "app.py"
    product = (ROOT / "app.py").read_text()
    ours, theirs = '"lscb_core/ui/shell.py"', str(Path(__file__).parent / shell)
    assert ours in product
    script.write_text(product.replace(ours, repr(theirs)))
    return script


def lines(server: Server) -> list[dict]:
    """Every line of the server's log, which is all that it writes on standard error."""
    return [json.loads(line) for line in server.log.read_text().splitlines()]


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen, port: int, log: Path, patience: float = 60) -> None:
    begun = time.monotonic()
    while not _healthy(port):
        if process.poll() is not None or time.monotonic() - begun > patience:
            raise RuntimeError(f"the server did not start; its log:\n{log.read_text()}")
        time.sleep(0.1)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
