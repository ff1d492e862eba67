"""A release as docs/deploy.md makes it: one file without the program's past, which runs where it lies."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from lscb_core.config import ROOT
from tests.browser.serving import free_port

GUIDE = (ROOT / "docs/deploy.md").read_text()
LEFT_OUT = (
    ".venv",
    ".git",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "__pycache__",
    "*.db",
)


def order(begins: str) -> list[str]:
    """The guide's first command line that begins so."""
    return shlex.split(re.search(rf"(?m)^{begins} .+$", GUIDE)[0])


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """The folder of a release, made and unpacked by the guide's own orders."""
    folder = tmp_path_factory.mktemp("opt")
    packed = folder / "lscb-0.1.0.tar.gz"
    if (ROOT / ".git").exists():
        made = [str(packed) if word == packed.name else word for word in order("git archive")]
        subprocess.run(made, cwd=ROOT, check=True)
    else:  # the tests run in a release: it is packed again as it stands
        copied = shutil.copytree(ROOT, folder / "copied/lscb-0.1.0", ignore=shutil.ignore_patterns(*LEFT_OUT))
        subprocess.run(["tar", "-czf", packed, "-C", copied.parent, copied.name], check=True)
    places = {packed.name: str(packed), "/opt": str(folder)}
    subprocess.run([places.get(word, word) for word in order("tar")], check=True)
    return folder / "lscb-0.1.0"


def test_it_holds_what_is_needed_and_nothing_of_the_programs_past(release):
    needed = (
        "manage.py",
        "app.py",
        "requirements.txt",
        ".streamlit/config.toml",
        "docs/deploy/lscb@.service",
    )
    assert [name for name in needed if not (release / name).is_file()] == []
    assert [path for path in release.rglob(".git*") if path.name != ".gitignore"] == []
    assert not list(release.rglob("*.db"))
    if hasattr(os, "geteuid"):
        assert {path.stat().st_mode & 0o022 for path in release.rglob("*")} == {
            0
        }  # for nobody else to change


def test_it_runs_where_it_was_unpacked(release, tmp_path):
    settings = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LSCB_DATABASE_URL": f"sqlite:///{tmp_path}/lscb.db",
        "LSCB_SECRET_FILE": str(tmp_path / "secret"),
        "LSCB_BACKUP_FOLDER": str(tmp_path),
    }
    around = {"cwd": release, "env": settings}
    subprocess.run([sys.executable, "-m", "lscb_core", "init"], check=True, capture_output=True, **around)
    port = free_port()
    serve = ["streamlit", "run", "app.py", "--server.address=127.0.0.1", f"--server.port={port}"]
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen([sys.executable, "-m", *serve], stdout=log, stderr=log, **around)
    try:
        assert healthy(port, running)
    finally:
        running.terminate()
        running.wait(20)


def healthy(port: int, running: subprocess.Popen, patience: float = 60) -> bool:
    """Whether /healthz says that all is well, as soon as it says anything."""
    until = time.monotonic() + patience
    while running.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return answer.read() == b'{"status":"ok"}'
        except OSError:
            time.sleep(0.2)
    return False
