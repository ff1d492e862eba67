"""Plain requests, as no browser would send them: any header, any body, every answer with its headers."""

import http.client
from urllib.parse import urlsplit

from tests.browser.ws import Visitor

HTTPS = {"X-Forwarded-Proto": "https"}
"""What a proxy on this machine says of a request that came to it over https."""


class Answer:
    """Status, body, and headers with small letters (of several alike the last, but for `cookies`)."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.names = [name.lower() for name, _ in response.getheaders()]
        self.set_cookie = [value for name, value in response.getheaders() if name.lower() == "set-cookie"]

    @property
    def cookies(self) -> dict[str, str]:
        """Name -> value of each cookie that it sets."""
        return dict(each.split(";")[0].split("=", 1) for each in self.set_cookie)


def ask(url: str, path: str, method: str = "GET", *, body: bytes | None = None, **headers: str) -> Answer:
    """One request: `ask(url, "/media/x", Cookie="lscb=...")`; underscores in names become hyphens."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.putrequest(method, path, skip_host="Host" in named)
        if body is not None and "Content-Length" not in named and "Transfer-Encoding" not in named:
            named["Content-Length"] = str(len(body))
        for name, value in named.items():
            connection.putheader(name, value)
        connection.endheaders()
        if body is not None:
            connection.send(body)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def new_cookie(url: str) -> str:
    """The Cookie header of a browser that has just come for the first time."""
    return f"lscb={ask(url, '/_stcore/health').cookies['lscb']}"


def signed_in(visitor: Visitor, name: str) -> Visitor:
    """Sign in by websocket; the new cookie has not been fetched yet."""
    visitor.run().set("Account", name).set("Password", f"{name}-demo-password").click("Sign in")
    return visitor


def sent_to(visitor: Visitor) -> list[str]:
    """Where the server has sent this visitor's browser, in order."""
    return [m.auth_redirect.url for m in visitor.received if m.WhichOneof("type") == "auth_redirect"]


def entered(url: str, name: str) -> str:
    """Sign in as a browser does, the new cookie included; gives the Cookie header of that browser."""
    cookie = new_cookie(url)
    with Visitor(url, headers={"Cookie": cookie}) as visitor:
        [way_in] = sent_to(signed_in(visitor, name))
    return f"lscb={ask(url, way_in, Cookie=cookie).cookies['lscb']}"
