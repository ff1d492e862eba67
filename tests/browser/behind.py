"""nginx from the very site file that docs/deploy hands to a council, on high ports of this machine."""

import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.nginx import MISSING, nginx
from tests.browser.raw import Answer, sent_to, signed_in
from tests.browser.serving import ROOT, free_port
from tests.browser.ws import Visitor

SITE = ROOT / "docs/deploy/nginx-site.conf"
HOST = "dashboard.example.gov.uk"
COOKIE = "__Host-lscb"
AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log notice;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/client_body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    gzip on;  # as in Debian's own file: the site has to switch it off
    access_log {folder}/general-access.log;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its ports and its folder, where all that it writes lies."""

    folder: Path
    port: int
    plain_port: int

    @property
    def url(self) -> str:
        """Its https address, by the name in the site file."""
        return f"https://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """What it has logged of requests."""
        return (self.folder / "lscb-access.log").read_text()

    def logged(self, words: str, patience: float = 10) -> str:
        """The log with these words in it: nginx writes a line only after its answer has gone out."""
        until = time.monotonic() + patience
        while words not in self.log:
            assert time.monotonic() < until, f"{words} is not in {self.log}"
            time.sleep(0.05)
        return self.log

    def written(self) -> str:
        """Everything in its logs and its temporary folders but the kept static files."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and "kept" not in path.parts]
        return "\n".join(
            path.read_text(errors="replace") for path in files if path.suffix not in (".pem", ".conf")
        )

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        plain: bool = False,
        body: bytes | None = None,
        **headers: str,
    ) -> Answer:
        """One request to it, whatever the Host header says; underscores in names become hyphens."""
        connection = self._plain() if plain else self._secure()
        named = {"Host": HOST if plain else f"{HOST}:{self.port}"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=named)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def ask_often(self, path: str, times: int, cookie: str) -> list[Answer]:
        """The same request again and again, as fast as one connection lets."""
        connection, headers = self._secure(), {"Host": f"{HOST}:{self.port}", "Cookie": cookie}
        answers = []
        for _ in range(times):
            connection.request("GET", path, headers=headers)
            answers.append(Answer(connection.getresponse()))
        connection.close()
        return answers

    def _plain(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)

    def _secure(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPSConnection(HOST, self.port, timeout=60, context=any_certificate())
        connection.sock = any_certificate().wrap_socket(self.socket(), server_hostname=HOST)
        return connection

    def socket(self) -> socket.socket:
        """A connection to its https port: the name in the site file is nowhere in the DNS."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def visitor(self, cookie: str = "", *, says: dict[str, str] | None = None, **more: str) -> Visitor:
        """A visitor over wss, with this Cookie header and whatever else it says in headers."""
        line = {"sock": self.socket(), "ssl": any_certificate(), "server_hostname": HOST}
        headers = {**({"Cookie": cookie} if cookie else {}), **(says or {})}
        return Visitor(self.url, headers=headers, line=line, **more)


def entered(proxy: Proxy, name: str) -> str:
    """Sign in through it as a browser does; gives the Cookie header of that browser."""
    cookie = f"{COOKIE}={proxy.ask('/').cookies[COOKIE]}"
    with proxy.visitor(cookie) as visitor:
        [way_in] = sent_to(signed_in(visitor, name))
    return f"{COOKIE}={proxy.ask(way_in, Cookie=cookie).cookies[COOKIE]}"


def any_certificate() -> ssl.SSLContext:
    """TLS that takes the tests' own certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def site(folder: Path, *, port: int, plain_port: int, processes: tuple[int, int]) -> str:
    """The site file with its ports and places changed, and nothing else. Fails where it has others."""
    changes = {
        "listen 80": f"listen 127.0.0.1:{plain_port}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "127.0.0.1:8501": f"127.0.0.1:{processes[0]}",
        "127.0.0.1:8502": f"127.0.0.1:{processes[1]}",
        "/etc/ssl/lscb/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "/var/cache/nginx/lscb": f"{folder}/kept",
    }
    words = SITE.read_text()
    for theirs, ours in changes.items():
        assert theirs in words, theirs
        words = words.replace(theirs, ours)
    return words


def certificate(folder: Path) -> None:
    """A certificate of our own for the name in the site file."""
    names = f"subjectAltName=DNS:{HOST}"
    order = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    order += ["-addext", names, "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(order, check=True, capture_output=True)


def prepared(folder: Path, processes: tuple[int, int]) -> tuple[Proxy, list[str]]:
    """The folder of an nginx that is not started yet, and the order that starts it."""
    program = nginx()
    assert program, MISSING
    proxy = Proxy(folder, free_port(), free_port())
    certificate(folder)
    words = site(folder, port=proxy.port, plain_port=proxy.plain_port, processes=processes)
    (folder / "site.conf").write_text(words)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder belongs to whoever runs the tests
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return proxy, [
        program,
        "-p",
        str(folder),
        "-c",
        str(folder / "nginx.conf"),
        "-e",
        str(folder / "early.log"),
    ]


@contextmanager
def behind(folder: Path, processes: tuple[int, int]) -> Iterator[Proxy]:
    """Run nginx before the processes at these two ports until the block ends."""
    proxy, order = prepared(folder, processes)
    running = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(proxy, running)
        yield proxy
    finally:
        running.terminate()
        running.wait(10)


def _wait(proxy: Proxy, running: subprocess.Popen, patience: float = 30) -> None:
    begun = time.monotonic()
    while True:
        try:
            proxy.socket().close()
            return
        except OSError:
            early = proxy.folder / "early.log"
            said = early.read_text() if early.exists() else ""
            if running.poll() is not None or time.monotonic() - begun > patience:
                raise RuntimeError(f"nginx did not start: {said}") from None
            time.sleep(0.05)
