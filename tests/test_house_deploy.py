"""The files that docs/deploy hands to a council fit the product: settings, commands, addresses, sizes."""

import re
import secrets
import shutil
import subprocess
import tomllib

import pytest
from starlette.datastructures import Headers
from streamlit import config
from typer.main import get_command

import manage
from lscb_core.cli import app
from lscb_core.config import ROOT, Settings
from lscb_core.ui import gate_rules
from lscb_core.ui.gate import TOKEN
from lscb_core.ui.places import keys
from lscb_core.ui.uploads import FRAME, MEGABYTE, UPLOADS

FOLDER = ROOT / "docs/deploy"
GUIDE = ROOT / "docs/deploy.md"
UNIT, SITE = FOLDER / "lscb@.service", FOLDER / "nginx-site.conf"
FENCES = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "PrivateTmp=yes",
    "LimitCORE=0",
    "IPAddressDeny=any",
    "Restart=always",
)
MOST_EXPOSED = "2.0"
"""Of what `systemd-analyze security` counts, 0 to 10."""


def words_of(path) -> str:
    """The file without its comments."""
    return re.sub(r"(?m)(^|\s)#.*$", "", path.read_text())


def orders(name: str) -> list[str]:
    """The command lines of the unit with this setting, as if /opt/lscb were this tree."""
    return re.findall(rf"(?m)^{name}=/opt/lscb/\.venv/bin/python -m (.+)$", UNIT.read_text())


@pytest.mark.parametrize("path", [FOLDER / "environment", GUIDE], ids=lambda path: path.name)
def test_each_setting_that_is_named_is_one(path):
    named = set(re.findall(r"LSCB_[A-Z_]+", path.read_text()))
    assert named
    assert named <= {f"LSCB_{name.upper()}" for name in Settings.model_fields}


def test_the_unit_starts_what_there_is():
    [first], [then] = orders("ExecStartPre"), orders("ExecStart")
    assert first == "lscb_core init"
    assert then.startswith("streamlit run app.py --server.address=127.0.0.1 ")
    assert (ROOT / "app.py").exists()
    known = {option.key for option in config.get_config_options().values()}
    assert set(re.findall(r"--([\w.]+)=", then)) <= known


def test_each_verb_of_the_guide_is_one():
    verbs = set(re.findall(r"(?m)(?:^lscb|`lscb|manage\.py) ([a-z]+)", GUIDE.read_text()))
    assert {"init", "accounts", "backup", "restore"} <= verbs
    assert verbs <= {*get_command(app).commands, *manage.VERBS}


def test_the_unit_has_its_fences():
    lines = words_of(UNIT).splitlines()
    assert [fence for fence in FENCES if fence not in lines] == []


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    unit = tmp_path / "lscb@.service"
    unit.write_text(UNIT.read_text().replace("/opt/lscb/.venv/bin/python", shutil.which("sh")))
    if program := shutil.which("systemd-analyze"):  # where there is no systemd, no unit can be checked
        checked = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
        assert (checked.returncode, "lscb" in checked.stderr) == (0, False), checked.stderr
        order = [program, "security", "--offline=true", f"--threshold={MOST_EXPOSED.replace('.', '')}", unit]
        rated = subprocess.run(order, capture_output=True, text=True, check=False)
        assert rated.returncode == 0, rated.stdout


def test_the_command_line_is_a_shells():
    for path in (FOLDER / "lscb", FOLDER / "environment"):
        subprocess.run(["sh", "-n", path], check=True)


def test_the_site_lets_through_what_the_pages_send_and_keeps_none_of_it():
    site = SITE.read_text()
    [uploads] = re.findall(rf"location {UPLOADS} \{{(.+?)\}}", site, re.DOTALL)
    most = int(re.search(r"client_max_body_size (\d+)m;", uploads)[1]) * MEGABYTE
    told = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"]
    assert told * MEGABYTE + FRAME <= most < (told + 2) * MEGABYTE
    assert "proxy_request_buffering off;" in uploads
    rest = re.search(r"(?m)^    client_max_body_size (\d+)k;\n    client_body_buffer_size (\d+)k;", site)
    assert int(rest[1]) * 1024 == gate_rules.MOST_SENT
    assert int(rest[2]) >= int(rest[1])


def test_the_site_knows_the_addresses_and_the_cookie():
    site = words_of(SITE)
    asked = gate_rules.Asked("http", "GET", "/", Headers(), secure=True)
    assert f"{gate_rules.cookie_name(asked)}=" in site
    for address in (UPLOADS, gate_rules.DOWNLOADS):
        assert f"location {address} {{" in site
        assert f"~^{address} " in site  # and its log says no more than that


def test_over_plain_http_the_site_leads_on_the_pages_that_there_are_and_nothing_else():
    [pages] = re.findall(r"\(\?:GET\|HEAD\) /\(\?:([a-z_|]+)\)\?\$", words_of(SITE))
    assert sorted(pages.split("|")) == sorted(set(keys()) - {"overview"})  # which is at "/"


def test_the_site_tells_browsers_apart_by_the_whole_cookie_of_the_gate():
    [pattern] = re.findall(r'"~([^"]+)"\s+\$lscb_named;', words_of(SITE))
    found = re.compile(pattern.replace("(?<", "(?P<"))
    token = secrets.token_urlsafe(32)
    assert TOKEN.fullmatch(token)
    for line in (f"__Host-lscb={token}", f"a=b; __Host-lscb={token}; c=d"):
        assert found.search(line)["lscb_named"] == token
    for line in (f"x__Host-lscb={token}", f"__Host-lscb={token}x", "__Host-lscb=short", ""):
        assert not found.search(line), line


def test_every_file_that_the_guide_names_is_there():
    named = re.findall(r"\]\(([^)#]+)(?:#[\w-]+)?\)", GUIDE.read_text())
    assert [name for name in named if not (GUIDE.parent / name).exists()] == []
    assert {path.name for path in FOLDER.iterdir()} <= {name.removeprefix("deploy/") for name in named}
