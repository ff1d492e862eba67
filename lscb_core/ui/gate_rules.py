"""What the Gate goes by: what is refused, what needs a sign-in, the cookie and the headers."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Receive, Scope

WORDS = {
    400: "This address is not served here, or not without https.",
    403: "This is not for you: open the dashboard in this browser and sign in first.",
    404: "There is nothing here.",
    405: "This cannot be done here.",
    413: "Too much was sent.",
}
METHODS = {"GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"}
CHANGING = {"PUT", "POST", "DELETE"}
INSIDE = re.compile(r"/(?:_stcore|auth|oauth2callback)(?:/|$)", re.IGNORECASE)
# Of the platform's own addresses those that its pages need; whatever a later version adds stays closed.
OPEN_INSIDE = re.compile(r"/_stcore/(?:health|host-config|stream|upload_file/.+|bidi-components/.+)")
UPLOADS, DOWNLOADS = "/_stcore/upload_file/", "/media/"
MOST_SENT = 64 * 1024
"""Bytes of any request but an upload, whose size its page decides (`ui/uploads.py`)."""
ONLY_FROM_OUR_PAGES = {"/enter", "/leave", "/leave_directory", "/auth/login"}
LOCAL = {"localhost", "127.0.0.1", "[::1]"}
HERE = {"127.0.0.1", "::1"}
HOST = re.compile(r"[a-z0-9._-]+(?::[0-9]+)?|\[[0-9a-f:.]+\](?::[0-9]+)?")
FIXED = ("/static/", "/app/static/")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' {socket}; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as the Gate sees it."""

    kind: str
    method: str
    path: str
    headers: Headers
    secure: bool
    client: str = ""

    @classmethod
    def of(cls, scope: Scope, *, base: str = "") -> "Asked":
        """Read it off; behind a proxy of this machine the server has put its word on the scheme in."""
        path = scope["path"].removeprefix(f"/{base}") if base else scope["path"]
        secure = scope.get("scheme") in ("https", "wss")
        client = (scope.get("client") or ("",))[0]
        return cls(scope["type"], scope.get("method", "GET"), path, Headers(scope=scope), secure, client)

    @property
    def host(self) -> str:
        """The host that was asked for, with its port; "" where not one, or no possible one, was named."""
        hosts = [named.lower() for named in self.headers.getlist("host")]
        return hosts[0] if len(hosts) == 1 and HOST.fullmatch(hosts[0]) else ""

    @property
    def site(self) -> str:
        """Where the browser says that the page is which has it ask; "" where it says nothing."""
        return self.headers.get("sec-fetch-site", "")

    @property
    def is_fixed_file(self) -> bool:
        """Whether a file is asked for that is the same for everybody."""
        return self.path.startswith(FIXED)

    def cookie(self, name: str) -> str:
        """The cookie's value; "" where there is none or, planted beside ours, more than one."""
        pairs = (
            pair.strip().partition("=") for line in self.headers.getlist("cookie") for pair in line.split(";")
        )
        values = [value for found, _, value in pairs if found == name]
        return values[0] if len(values) == 1 else ""


def refusal(asked: Asked, allowed_hosts: frozenset[str], open_too: frozenset[str] = frozenset()) -> int:
    """The status of the refusal; 0 where it may pass. `open_too`: internal addresses that this one needs."""
    name = re.sub(r":[0-9]+$", "", asked.host)
    # Over plain http a cookie could be read on its way: only for a browser on the server itself.
    if name not in allowed_hosts or not (asked.secure or name in LOCAL or asked.client in HERE):
        return 400
    if asked.method not in METHODS:
        return 405
    is_strange = asked.site in ("cross-site", "same-site") and not follows_link(asked)
    if asked.path in ONLY_FROM_OUR_PAGES and is_strange:
        return 403
    if INSIDE.search(asked.path) and not (OPEN_INSIDE.fullmatch(asked.path) or asked.path in open_too):
        return 404
    if (asked.kind == "websocket" or asked.method in CHANGING) and not _is_ours(asked):
        return 403
    return 413 if _told_size(asked) > MOST_SENT and not is_upload(asked) else 0


def _is_ours(asked: Asked) -> bool:
    """Whether a page of ours asks: its origin is scheme, host and port of this very request."""
    scheme = "https" if asked.secure else "http"
    origins = asked.headers.getlist("origin")
    return len(origins) == 1 and origins[0].lower() == f"{scheme}://{asked.host}"


def _told_size(asked: Asked) -> int:
    told = asked.headers.get("content-length", "0")
    return int(told) if told.isdigit() else MOST_SENT + 1


def is_upload(asked: Asked) -> bool:
    """Whether it sends a file, or takes one back."""
    return asked.path.startswith(UPLOADS)


def needs_sign_in(asked: Asked) -> bool:
    """Files go out and come in only for whoever is signed in."""
    return asked.kind == "http" and (is_upload(asked) or asked.path.startswith(DOWNLOADS))


def follows_link(asked: Asked) -> bool:
    """Whether a link or a redirect of another site opens a page here. Browsers then keep our cookie back."""
    told = [asked.headers.get(f"sec-fetch-{name}", "") for name in ("site", "mode", "dest")]
    return asked.kind == "http" and asked.method == "GET" and told == ["cross-site", "navigate", "document"]


def may_get_cookie(asked: Asked) -> bool:
    """Whether a browser that shows no cookie may get one: asked by another site it has kept ours back."""
    # What is the same for everybody lies in caches on the way; they would give one cookie to many.
    return asked.site != "cross-site" and not asked.is_fixed_file


def once_more(asked: Asked, *, base: str, query: bytes) -> str:
    """The address to ask for again, now from a page of ours; the first page for what only ours ask for."""
    root = f"/{base}" if base else ""
    if asked.path in ONLY_FROM_OUR_PAGES:
        return f"{root}/"
    path = f"{root}/{quote(asked.path.lstrip('/'))}"  # one slash: two would name another host
    return f"{path}?{query.decode('latin-1')}" if query else path


def bounded(asked: Asked, receive: Receive) -> Receive:
    """Receive no more than may be sent, also where the size was not told; then it counts as broken off."""
    if asked.kind == "websocket" or is_upload(asked):
        return receive
    left = MOST_SENT

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return receiving


def cookie_name(asked: Asked) -> str:
    """Over https a name that browsers take from this host alone; without it on the machine itself."""
    return "__Host-lscb" if asked.secure else "lscb"


def cookie(asked: Asked, token: str) -> str:
    """The header that gives a browser its cookie: for this host, out of reach of scripts and other sites."""
    secure = "; Secure" if asked.secure else ""
    return f"{cookie_name(asked)}={token}; Path=/; HttpOnly; SameSite=Strict{secure}"


def secure(headers: MutableHeaders, asked: Asked) -> None:
    """Put the security headers on an answer. What is not a fixed file of the platform is kept nowhere."""
    for name in [each for each in headers if each.startswith("access-control-")]:
        del headers[name]  # the platform lets other sites read some answers; here none may
    socket = f"{'wss' if asked.secure else 'ws'}://{asked.host}"
    headers["content-security-policy"] = POLICY.format(socket=socket)
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    if asked.secure:
        headers["strict-transport-security"] = f"max-age={A_YEAR}; includeSubDomains"
        _keep_cookies_to_https(headers)
    if not asked.is_fixed_file:
        headers["cache-control"] = "no-store"


def _keep_cookies_to_https(headers: MutableHeaders) -> None:
    """The platform gives its own cookies for http too: it does not know that a proxy brings https."""
    given = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for each in given:
        is_kept = "secure" in (part.strip().lower() for part in each.split(";"))
        headers.append("set-cookie", each if is_kept else f"{each}; Secure")
