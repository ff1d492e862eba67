"""A screen left open after its role was taken away, and buttons that were never there: nothing is saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, product

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from lscb_core.db.base import Table
from lscb_core.db.engine import make_engine
from lscb_core.db.tables import Account, Action, Board, Event
from lscb_core.domain.permissions import TABLE, Act, Reach
from lscb_core.domain.vocab import Role
from lscb_core.findings.about import NOT_YET
from lscb_core.ui.places import keys
from tests.browser import serving
from tests.browser.raw import ask, entered
from tests.browser.widgets import BOARD, FIRST, ISSUER, OWNER, WIDGETS, Widget, grant
from tests.browser.ws import Visitor, state
from tests.make_sent import threshold_return

pytestmark = pytest.mark.browser

NOBODY = None
NAMES = {"police": "Police", "health": "Health trust"}
WHOLE = ("account", "rolegrant", "action", "actionstate", "import", "returnasked", "sourcespelling")
WHOLE += ("sourceagency", "datarevision", "identity", "seat", "board")
"""Tables that are compared row by row; of the others the rows are counted."""
ASIDE = ("event", "signin")
"""What may be written all the same: the refusal, and that the sign-in is in use."""
_numbers = count(1)
PAGES = {"history": Act.SEE_HISTORY, "accounts": Act.MANAGE_ACCOUNTS}
"""Pages that are not for everybody who may read the board."""
FAULT, NO_SEAT = "could not be shown", "You have no seat on a board yet."
NOT_DONE, NOT_OPEN = "This was not done.", " not open to "
"""How a button's refusal begins, and how one of something to be read goes on."""


@dataclass
class Desk:
    """A server, a session on its database past the product, and the account that sits before the screen."""

    server: serving.Server
    engine: sa.Engine
    session: Session
    account: int
    cookie: str

    def now(self, role: Role | None, leads: str = "police") -> None:
        grant(self.session, self.account, role, leads=leads or "police")

    @contextmanager
    def look(self) -> Iterator[sa.Connection]:
        """Read what is held just now, and leave the writer's place to the server again."""
        with self.engine.connect() as connection:
            yield connection

    def held(self) -> dict[str, object]:
        """Everything but what may be written all the same."""
        found: dict[str, object] = {}
        with self.look() as asking:
            for table in Table.metadata.sorted_tables:
                if table.name in WHOLE:
                    found[table.name] = sorted(map(repr, asking.execute(sa.select(table))))
                elif table.name not in ASIDE:
                    found[table.name] = asking.scalar(sa.select(sa.func.count()).select_from(table))
        return found

    def events(self, after: int) -> list[tuple[int | None, str, str]]:
        """Who, what, and what was tried: what has been written down since."""
        asked = sa.select(Event.account_id, Event.act, Event.after).where(Event.id > after)
        with self.look() as asking:
            rows = asking.execute(asked.order_by(Event.id)).all()
        return [(row.account_id, row.act, (row.after or {}).get("act", "")) for row in rows]

    def last(self) -> int:
        with self.look() as asking:
            return asking.scalar(sa.select(sa.func.max(Event.id))) or 0


@pytest.fixture(scope="module")
def desk(demonstration, tmp_path_factory):
    """A server of this walk alone; the lay member's account is given every role in turn."""
    folder = serving.copy(demonstration, tmp_path_factory.mktemp("permissions"))
    (folder / "client-secret").write_text("of no use here")
    directory = {"LSCB_OIDC_ISSUER": ISSUER, "LSCB_OIDC_CLIENT_ID": "client"}
    directory["LSCB_OIDC_SECRET_FILE"] = str(folder / "client-secret")
    directory["LSCB_OIDC_CALLBACK"] = "http://127.0.0.1:9/oauth2callback"
    with serving.served(folder, **directory) as server:
        engine = make_engine(server.database_url)
        with Session(engine.execution_options(writes=True)) as session:
            number = session.exec(select(Account.id).where(Account.name == "lay")).one()
            session.rollback()
            yield Desk(server, engine, session, number, entered(server.url, "lay"))
        engine.dispose()


def places(widget: Widget, every: bool) -> list[tuple[Role | None, Reach]]:
    """The cells of a widget: each role at its own agency's record, the lead at the others' too; or all."""
    mine = [(role, Reach.OWN if widget.own else Reach.NONE) for role in (*Role, NOBODY)]
    if not widget.own:
        return mine
    others = [(role, place) for role in (*Role, NOBODY) for place in (Reach.OTHER, Reach.NONE)]
    return mine + [cell for cell in others if every or cell[0] is Role.AGENCY_LEAD]


def expected(role: Role | None, widget: Widget, place: Reach) -> str:
    return "done" if role and place in TABLE[role].get(widget.act, ()) else "refused"


def made(desk: Desk, widget: Widget, place: Reach) -> dict[str, str]:
    """A record to press the button on, and the words for what is in braces."""
    agency = OWNER[place]
    found = widget.make(desk.session, agency, next(_numbers))
    desk.session.commit()
    return {"agency": NAMES.get(agency, "")} | {name: str(word) for name, word in found.items()}


def filled(visitor: Visitor, widget: Widget, record: dict[str, str]) -> None:
    """Choose the form, and type into it. What is typed goes with the press of the button."""
    if widget.choose:
        visitor.set(widget.way, [widget.choose]).run()
    for label, typed in widget.fill.items():
        word = visitor.find(label)[1].options[0] if typed == FIRST else str(typed).format(**record)
        if word:
            visitor.set(label, word)


def outcome(desk: Desk, widget: Widget, record: dict[str, str], role: Role | None) -> str:
    """What came of pressing the button after the role was changed behind the screen."""
    desk.now(widget.opener)
    query = f"board={BOARD}&{widget.query.format(**record)}"
    browser = {"Cookie": desk.cookie}
    with Visitor(desk.server.url, page=widget.page, query=query, headers=browser) as visitor:
        filled(visitor.run(), widget, record)
        button = visitor.find(widget.button.format(**record))[1].id
        desk.now(role)
        before, last = desk.held(), desk.last()
        visitor.run(state(button, trigger_value=True))
        return told(desk, widget, before, last, visitor)


def told(desk: Desk, widget: Widget, before, last: int, visitor: Visitor) -> str:
    """'done' or 'refused', as the register, the history and the screen tell alike; else what is wrong."""
    said, events = "\n".join(visitor.texts()), desk.events(last)
    if visitor.exceptions() or FAULT in said:
        return f"a fault: {visitor.exceptions()}"
    if (desk.account, widget.leaves) in [event[:2] for event in events]:
        return "done" if desk.held() != before or widget.act is Act.SEE_HISTORY else "done, and nothing saved"
    if desk.held() != before:
        return "something was saved, and the history does not tell"
    no_seat = NO_SEAT in said  # then no page opens: reading is what was refused
    act = Act.READ if no_seat and widget.act is Act.SEE_HISTORY else widget.act
    if (desk.account, "refused", act.value) not in events:
        return f"the history does not tell of the refusal: {events}; on screen: {alerts(visitor)}"
    in_words = no_seat or NOT_DONE in said or (widget.act in PAGES.values() and NOT_OPEN in said)
    return "refused" if in_words else f"the screen does not say so: {alerts(visitor)}"


def alerts(visitor: Visitor) -> list[str]:
    return [each.body for each in visitor.elements("alert")]


@pytest.mark.parametrize("name", WIDGETS)
def test_a_screen_left_open_does_what_the_table_says_of_the_role_held_now(desk, name, request):
    widget, records, found, wanted = WIDGETS[name], {}, {}, {}
    for role, place in places(widget, request.config.getoption("--long")):
        record = records.pop(place, None) or made(desk, widget, place)
        wanted[role, place] = expected(role, widget, place)
        found[role, place] = outcome(desk, widget, record, role)
        if found[role, place] != "done":
            records[place] = record  # as it was: the next one may try it
    assert found == wanted


@pytest.mark.parametrize("name", WIDGETS)
def test_messages_copied_from_anothers_screen_change_nothing(desk, name, request):
    widget, record = (
        WIDGETS[name],
        made(desk, WIDGETS[name], Reach.OTHER if WIDGETS[name].own else Reach.NONE),
    )
    query, browser = f"board={BOARD}&{widget.query.format(**record)}", {"Cookie": desk.cookie}
    desk.now(widget.opener)
    with Visitor(desk.server.url, page=widget.page, query=query, headers=browser) as visitor:
        filled(visitor.run(), widget, record)
        copied = list(visitor.run()._states.values())
        copied.append(state(visitor.find(widget.button.format(**record))[1].id, trigger_value=True))
    every = [role for role in (*Role, NOBODY) if expected(role, widget, Reach.OTHER) == "refused"]
    for role in every if request.config.getoption("--long") else every[-2:]:
        desk.now(role)
        with Visitor(desk.server.url, page=widget.page, query=query, headers=browser) as visitor:
            visitor.run()
            with pytest.raises(LookupError):
                visitor.find(widget.button.format(**record))  # it was never there
            before = desk.held()
            visitor.run(*copied)
            assert (desk.held(), visitor.exceptions()) == (before, []), role
            assert FAULT not in "\n".join(visitor.texts()), role


def upload(desk: Desk, visitor: Visitor, content: bytes) -> WidgetState:
    """Send a file to the page as a browser does; the state of its uploader."""
    [uploader] = visitor.elements("file_uploader")
    message = BackMsg()
    message.file_urls_request.request_id = "one"
    message.file_urls_request.file_names.append("return.xlsx")
    message.file_urls_request.session_id = visitor.session_id
    visitor._socket.send(message.SerializeToString())
    answer = ForwardMsg()
    while not answer.HasField("file_urls_response"):
        answer = ForwardMsg.FromString(visitor._socket.recv(timeout=visitor.patience))
    [urls] = answer.file_urls_response.file_urls
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="return.xlsx"\r\n\r\n'
    token = ask(desk.server.url, "/_stcore/health", Cookie=desk.cookie).cookies["_streamlit_xsrf"]
    kind = {"Content_Type": "multipart/form-data; boundary=b", "X_Xsrftoken": token}
    kind["Cookie"] = f"{desk.cookie}; _streamlit_xsrf={token}"
    sent = ask(
        desk.server.url,
        urls.upload_url,
        "PUT",
        body=head + content + b"\r\n--b--\r\n",
        Origin=desk.server.url,
        **kind,
    )
    assert sent.status == 204, sent.body
    made = WidgetState(id=uploader.id)
    info = UploadedFileInfo(file_id=urls.file_id, name="return.xlsx", size=len(content), file_urls=urls)
    made.file_uploader_state_value.uploaded_file_info.append(info)
    return made


SEND = Widget(Act.SEND_RETURN, "import", "import_data", "", "Take it in", opener=Role.AGENCY_LEAD, own=True)


@pytest.mark.parametrize("place", [Reach.OWN, Reach.OTHER])
def test_a_return_is_taken_in_from_a_screen_left_open_as_the_table_says_now(desk, place, request):
    agency, found, wanted = OWNER[place], {}, {}
    roles = (
        (*Role, NOBODY) if place is Reach.OWN or request.config.getoption("--long") else (Role.AGENCY_LEAD,)
    )
    content = b""
    for role in roles:
        wanted[role] = expected(role, SEND, place)
        # What was refused is read from memory the next time; what was taken in is another file's turn.
        content = content or threshold_return(
            board=BOARD, agency=(agency, NAMES[agency]), count=next(_numbers)
        )
        desk.now(SEND.opener, leads=agency)
        browser = {"Cookie": desk.cookie}
        with Visitor(desk.server.url, page=SEND.page, query=f"board={BOARD}", headers=browser) as visitor:
            visitor.run()
            visitor._states["file"] = upload(desk, visitor, content)
            button = visitor.run().find(SEND.button)[1].id
            desk.now(role)
            before, last = desk.held(), desk.last()
            visitor.run(state(button, trigger_value=True))
            found[role] = told(desk, SEND, before, last, visitor)
        content = b"" if found[role] == "done" else content
    assert found == wanted


@pytest.mark.parametrize("role", [*Role, NOBODY])
def test_the_switch_to_exact_counts_does_what_the_table_says_of_the_role_held_now(desk, role):
    desk.now(Role.MANAGER)
    browser = {"Cookie": desk.cookie}
    with Visitor(desk.server.url, page="child_deaths", query=f"board={BOARD}", headers=browser) as visitor:
        visitor.run().set("Show exact counts", True)
        desk.now(role)
        before, last = desk.held(), desk.last()
        visitor.run()
        said, tried = "\n".join(visitor.texts()), [event[1:] for event in desk.events(last)]
    assert (visitor.exceptions(), desk.held()) == ([], before)
    if role and Act.SEE_EXACT_DEATHS in TABLE[role]:
        assert ("Exact counts: for the chair" in said, tried) == (True, [])
    else:
        assert "Exact counts: for" not in said
        assert NOT_OPEN in said or NO_SEAT in said
        assert tried == [("refused", (Act.SEE_EXACT_DEATHS if role else Act.READ).value)]


def foreign(desk: Desk) -> list[str]:
    """What is promised on the other boards, and nowhere on this one."""
    asked = sa.select(Action.title, Board.slug).join(Board, Board.id == Action.board_id)
    with desk.look() as asking:
        rows = asking.execute(asked).all()
    here = {row.title for row in rows if row.slug == BOARD}
    return [row.title for row in rows if row.slug != BOARD and row.title not in here]


def opens(desk: Desk, visitor: Visitor, role: Role, page: str, query: str) -> None:
    """The page at that address is shown or refused as the table says, without a fault."""
    last = desk.last()
    visitor.go("" if page == "overview" else page, query)
    said = "\n".join(visitor.texts())
    act = PAGES.get(page, Act.READ)
    refusals = [] if act in TABLE[role] else [("refused", act.value)]
    assert (visitor.exceptions(), FAULT in said) == ([], False), (page, query)
    assert (NOT_OPEN in said, [each[1:] for each in desk.events(last)]) == (
        bool(refusals), refusals,
    ), (page, query)  # fmt: skip
    assert not [title for title in foreign(desk) if title in said], (page, query)


@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_for_whom_the_table_says_at_every_filter(desk, role, request):
    desk.now(role)
    filters = (
        ("&agency=police", "&agency=health", "")
        if request.config.getoption("--long")
        else ("&agency=police",)
    )
    lead = ("&agency=health",) if role is Role.AGENCY_LEAD else ()
    with Visitor(desk.server.url, query=f"board={BOARD}", headers={"Cookie": desk.cookie}) as visitor:
        visitor.run()
        for page, chosen in product(keys(), {*filters, *lead}):
            opens(desk, visitor, role, page, f"board={BOARD}{chosen}")


@pytest.mark.parametrize("page", keys())
def test_a_board_without_a_seat_is_refused_on_every_page(desk, page):
    desk.now(Role.CHAIR)
    last, browser = desk.last(), {"Cookie": desk.cookie}
    query = "board=stockton&action=110"
    with Visitor(desk.server.url, page=page, query=query, headers=browser) as visitor:
        said = "\n".join(visitor.run().texts())
    assert (visitor.exceptions(), FAULT in said) == ([], False)
    assert not [title for title in foreign(desk) if title in said]
    act = Act.MANAGE_ACCOUNTS if page == "accounts" else Act.READ  # accounts are about no board
    assert (NOT_OPEN in said, desk.events(last)[0]) == (
        True,
        (desk.account, "refused", act.value),
    )


def test_each_act_with_a_form_has_its_widget_here():
    acts = {widget.act for widget in WIDGETS.values()} | {Act.SEND_RETURN, Act.SEE_EXACT_DEATHS}
    assert set(Act) - acts == NOT_YET | {Act.READ, Act.BACKUP}
    cells = [sum(len(places(widget, every)) for widget in WIDGETS.values()) for every in (False, True)]
    others = 8 + 7  # a return, and the switch to exact counts
    copied = 2 * len(WIDGETS)
    opened = len(keys()) * (len(Role) + 1) + len(keys())
    print(f"{len(WIDGETS) + 2} widgets left open: {cells[0] + others} cells, with --long {cells[1] + others}")
    print(f"messages copied from another's screen: {copied} cells; pages opened: {opened}")
