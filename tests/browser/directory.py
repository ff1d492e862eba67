"""A dashboard with single sign-on, and the way through the directory: step by step, without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.identities import link_identity
from lscb_core.config import now
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import make_engine
from lscb_core.db.tables import Account, Event, SignIn
from tests.browser import serving
from tests.browser.raw import Answer, ask, new_cookie, sent_to
from tests.browser.ws import Visitor
from tests.oidc_provider import CLIENT, SECRET, Provider, provided

BUTTON = "Sign in with the council's account"
SESSION = "_streamlit_session"


@dataclass
class Desk:
    """The dashboard, the directory, and the database behind."""

    server: serving.Server
    provider: Provider
    issuer: str
    settings: dict[str, str]

    @property
    def url(self) -> str:
        """Address of the dashboard."""
        return self.server.url

    @contextmanager
    def register(self) -> Iterator[Session]:
        """A session on the dashboard's database, beside the server."""
        engine = make_engine(self.server.database_url)
        with Session(engine.execution_options(writes=True)) as session:
            yield session
        engine.dispose()

    def link(self, name: str, subject: str) -> None:
        """Link an account, as the administrator does."""
        with self.register() as session:
            account = session.exec(select(Account).where(Account.name == name)).one()
            seen = Seen(account.id, account.version)
            who = {"issuer": self.issuer, "subject": subject}
            link_identity(session, actor=OPERATOR, seen=seen, **who, at=now())

    def set(self, name: str, **values: object) -> None:
        """Change an account past every command."""
        with self.register() as session:
            session.connection().execute(sa.update(Account).where(Account.name == name).values(**values))
            session.commit()

    def sign_ins(self) -> list[SignIn]:
        """Every sign-in, the oldest first."""
        with self.register() as session:
            return list(session.exec(select(SignIn).order_by(SignIn.id)))

    def acts(self, name: str) -> list[tuple[str, object]]:
        """What the history says of an account: each act, and the way of signing in."""
        return [(each.act, each.after.get("way")) for each in self._told(name)]

    def tried(self, name: str) -> list[object]:
        """What the history says that an account was refused."""
        return [each.after.get("act") for each in self._told(name) if each.act == "refused"]

    def _told(self, name: str) -> list[Event]:
        with self.register() as session:
            account = session.exec(select(Account).where(Account.name == name)).one()
            about = Event.record_kind == "account", Event.record_id == account.id
            return list(session.exec(select(Event).where(*about).order_by(Event.id)))


@contextmanager
def opened(prepared: Path, folder: Path, *, issuer: str = "") -> Iterator[Desk]:
    """Serve a dashboard with a directory beside it; the chair and the lay member are linked."""
    port, secret = serving.free_port(), folder / "client-secret"
    secret.write_text(f"{SECRET}\n")
    callback = f"http://127.0.0.1:{port}/oauth2callback"
    with provided(serving.free_port(), callback) as provider:
        named = {"ISSUER": issuer or provider.issuer, "CLIENT_ID": CLIENT}
        named |= {"SECRET_FILE": str(secret), "CALLBACK": callback}
        settings = {f"LSCB_OIDC_{name}": value for name, value in named.items()}
        with serving.served(serving.copy(prepared, folder), port=port, **settings) as server:
            desk = Desk(server, provider, issuer or provider.issuer, settings)
            desk.link("chair", "subject-of-the-chair")
            desk.link("lay", "subject-of-the-lay-member")
            yield desk


_addresses = (f"10.1.{net}.{host}" for net, host in product(range(256), range(256)))


@dataclass
class Browser:
    """Keeps cookies and follows where it is sent, as slowly as a test wants."""

    desk: Desk
    jar: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: next(_addresses))

    @property
    def cookies(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def come(self) -> "Browser":
        """Come for the first time."""
        name, _, value = new_cookie(self.desk.url).partition("=")
        self.jar[name] = value
        return self

    def visit(self, page: str = "", query: str = "") -> Visitor:
        """Open a page; to be used as a context."""
        return Visitor(self.desk.url, page=page, query=query, headers={"Cookie": self.cookies})

    def sees(self) -> str:
        """All that a fresh tab shows."""
        with self.visit() as visitor:
            return visitor.run().all_text()

    def get(self, address: str, **headers: str) -> Answer:
        """Ask the dashboard, and keep the cookies that it gives."""
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = ask(self.desk.url, path, Cookie=self.cookies, **{"X_Forwarded_For": self.address} | headers)
        self.jar |= answer.cookies
        return answer

    def press(self, page: str = "", query: str = "") -> str:
        """Press the button; gives the address that the server sends the browser to."""
        with self.visit(page, query) as visitor:
            visitor.run().click(BUTTON)
            [address] = sent_to(visitor)
            return address

    def to_directory(self, page: str = "", query: str = "") -> str:
        """Press the button and go as far as the directory; gives its address."""
        answer = self.get(self.press(page, query))
        assert answer.status == 302, answer.body
        return answer.headers["location"]

    def vouched(self, page: str = "", query: str = "") -> str:
        """Go through the directory; gives the address to which it sends the browser back."""
        answer = httpx.get(self.to_directory(page, query) + "&go=1", follow_redirects=False)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def sign_in(self, page: str = "", query: str = "") -> Answer:
        """All of it."""
        return self.get(self.vouched(page, query))
