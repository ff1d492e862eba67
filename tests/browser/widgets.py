"""Every act that has a widget: the screen it is on, what is filled in, and the button that is pressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlmodel import Session, select

from lscb_core.accounts.changing import Seen as SeenAccount
from lscb_core.accounts.identities import link_identity
from lscb_core.accounts.keeping import add_account, disable_account
from lscb_core.commands.actions import Seen, update_status
from lscb_core.commands.import_settings import map_spellings
from lscb_core.commands.imports import save_import
from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.commands.returns_asked import Wanted, ask_return
from lscb_core.db.access import OPERATOR
from lscb_core.db.tables import Account, Action, Agency, Board, RoleGrant
from lscb_core.domain.permissions import Act, Grant, Reach
from lscb_core.domain.returns import Every
from lscb_core.domain.vocab import ActionSource, Role, Status
from tests.make_imports import facts, returns

FIRST = "(the first option)"
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
BOARD = "tidewater"
ISSUER, HOW = "http://localhost:9/council", "Change this way in"
OWNER = {Reach.OWN: "police", Reach.OTHER: "health", Reach.NONE: ""}
Made = Mapping[str, str | int]
Maker = Callable[[Session, str, int], Made]


@dataclass(frozen=True)
class Widget:
    """`make` puts a record there and gives its numbers for the texts in braces; `opener` may press it.

    `choose`: chosen first under the label `way`, in a run of its own; `fill`: what is typed; `leaves`:
    the act in the history. `own`: whose record it is counts.
    """

    act: Act
    leaves: str
    page: str
    query: str
    button: str
    fill: Mapping[str, object] = field(default_factory=dict)
    choose: str = ""
    way: str = "What do you want to do?"
    make: Maker = lambda _session, _agency, _number: {}
    opener: Role = Role.MANAGER
    own: bool = False


def board_of(session: Session) -> Board:
    return session.exec(select(Board).where(Board.slug == BOARD)).one()


def agency_of(session: Session, slug: str) -> int | None:
    return session.exec(select(Agency.id).where(Agency.slug == slug)).first()


def _action(*steps: Status) -> Maker:
    """An action of that agency that has gone these steps."""

    def make(session: Session, agency: str, number: int) -> Made:
        board = board_of(session).id
        new = NewAction(f"Promise {number}", "", ActionSource.AUDIT, agency_id=agency_of(session, agency))
        number = add_action(session, actor=OPERATOR, board_id=board, new=new, at=AT)
        asked = select(Action.id).where(Action.board_id == board, Action.number == number)
        found = session.exec(asked).one()
        for version, to in enumerate(steps, start=1):
            words = {"note": "Looked at it.", "evidence": "Minutes, page 4", "at": AT}
            update_status(session, actor=OPERATOR, seen=Seen(found, version), to=to, **words)
        return {"action": number}

    return make


def _file(session: Session, agency: str, number: int) -> Made:
    sent = returns({(agency or "police", date(2026, 1, 31)): [("4", "nfa", number)]})
    about = {"actor": OPERATOR, "board_id": board_of(session).id, "file": facts(f"{number}.xlsx"), "at": AT}
    return {"file": save_import(session, reading=sent, **about).import_id}


def _asked(session: Session, _agency: str, _number: int) -> Made:
    wanted = Wanted(agency_of(session, "police"), "training", Every.MONTH, date(2026, 1, 31), 30)
    board = board_of(session).id
    return {"asked": ask_return(session, actor=OPERATOR, board_id=board, wanted=wanted, at=AT)}


def _words(session: Session, _agency: str, number: int) -> Made:
    said, board = f"Source {number}", board_of(session).id
    map_spellings(session, actor=OPERATOR, board_id=board, means={said: "7"}, at=AT)
    return {"words": said}


def _account(*, closed: bool = False, linked: bool = False) -> Maker:
    """An account with a role, in or out, and linked with the directory."""

    def make(session: Session, _agency: str, number: int) -> Made:
        name, grant = f"account-{number}", Grant(Role.LAY, board_of(session).id)
        new = {"name": name, "label": f"Account {number}", "grants": [grant], "at": AT}
        add_account(session, actor=OPERATOR, **new)
        account = session.exec(select(Account).where(Account.name == name)).one()
        if closed:
            seen = SeenAccount(account.id, account.version)
            disable_account(session, actor=OPERATOR, seen=seen, at=AT)
        if linked:
            seen = SeenAccount(account.id, account.version)
            link_identity(session, actor=OPERATOR, seen=seen, issuer=ISSUER, subject=name, at=AT)
        return {"account": name}

    return make


def _name(_session: Session, _agency: str, number: int) -> Made:
    return {"name": f"new-{number}"}


NOTE, WHERE = "What has been done since the last note?", "Where is the evidence?"
OPEN = (Status.IN_PROGRESS,)
DONE, CLOSED = (Status.IN_PROGRESS, Status.COMPLETE), (Status.IN_PROGRESS, Status.COMPLETE, Status.VERIFIED)


def _on_action(act: Act, button: str, fill: Mapping[str, object], steps=OPEN, **more) -> Widget:
    plain = {"leaves": act.value, "page": "actions", "query": "action={action}", "own": True}
    return Widget(act, button=button, fill=fill, make=_action(*steps), **(plain | more))


def _on_accounts(leaves: str, button: str, **more) -> Widget:
    plain = {"page": "accounts", "query": "account={account}", "opener": Role.ADMIN, "make": _account()}
    return Widget(Act.MANAGE_ACCOUNTS, leaves, button=button, **(plain | more))


def _on_settings(act: Act, leaves: str, drawer: str, button: str, **more) -> Widget:
    return Widget(act, leaves, "import_data", f"settings={drawer}", button, **more)


WIDGETS: Mapping[str, Widget] = {
    "update": _on_action(Act.UPDATE_ACTION, "Save the update", {NOTE: "Two shifts are trained."}),
    "complete": _on_action(
        Act.UPDATE_ACTION,
        "Save the update",
        {"How far is it?": Status.COMPLETE.label, NOTE: "All are trained.", WHERE: "Log, page 2"},
    ),
    "close": _on_action(
        Act.VERIFY_ACTION,
        "Close it: I have checked the evidence",
        {"What did you find?": "As it says."},
        DONE,
        choose="Close it",
    ),
    "reopen": _on_action(
        Act.REOPEN_ACTION, "Open the action again", {"What is still to be done?": "The night shift."}, CLOSED
    ),
    "withdraw": _on_action(
        Act.WITHDRAW_ACTION,
        "Withdraw the action",
        {"Why is it no longer owed?": "Another board's."},
        choose="Withdraw it",
    ),
    "re-date": _on_action(
        Act.REDATE_ACTION,
        "Move the date",
        {"Why is the date moved?": "The trainer is ill."},
        choose="Move the date",
    ),
    "assign": _on_action(
        Act.ASSIGN_ACTION, "Name the owner", {"Which agency owns it?": "Housing"}, choose="Name the owner"
    ),
    "add": Widget(
        Act.ADD_ACTION,
        "add_action",
        "actions",
        "add=1",
        "Add the action",
        {"What is promised?": "Train the night shift", "Which agency owns it?": "{agency}"},
        own=True,
    ),
    "undo": Widget(
        Act.UNDO_IMPORT,
        "undo_import",
        "import_data",
        "file={file}",
        "Undo this file",
        {"Why is it undone?": "It was last year's."},
        make=_file,
    ),
    "whose a source is": _on_settings(
        Act.EDIT_REGISTER, "map_sources", "sources", "Save", fill={"Source": FIRST, "Its agency": "Police"}
    ),
    "ask for a return": _on_settings(
        Act.EDIT_REGISTER,
        "ask_return",
        "asked",
        "Ask for it",
        fill={"Of which agency?": "Schools", "Which return?": "Training take-up"},
    ),
    "ask no more": _on_settings(Act.EDIT_REGISTER, "stop_asking", "asked", "stop-{asked}", make=_asked),
    "words of sources": _on_settings(
        Act.IMPORT, "map_spellings", "words", "Save", fill={"Change or forget": "{words}"}, make=_words
    ),
    "add an account": _on_accounts(
        "issue_code",
        "Add the account",
        query="add=1",
        make=_name,
        fill={"Whose is it?": "Label of {name}", "Name to sign in with": "{name}"},
    ),
    "give a role": _on_accounts("give_role", "Give the role", fill={"Which role?": Role.ADMIN.label}),
    "take a role": _on_accounts(
        "take_role",
        "Take it away",
        fill={"Which of its roles?": FIRST},
        choose="Take one away",
        way="Change its roles",
    ),
    "end a link": _on_accounts(
        "unlink_identity", "Unlink", choose="Take the link away", way=HOW, make=_account(linked=True)
    ),
    "take the password away": _on_accounts(
        "take_password",
        "End the password",
        choose="Take the password away",
        way=HOW,
        make=_account(linked=True),
    ),
    "disable": _on_accounts("disable_account", "Disable the account"),
    "let in again": _on_accounts("enable_account", "Let it in again", make=_account(closed=True)),
    "issue a code": _on_accounts("issue_code", "Issue a one-time code"),
    "check the chain": Widget(Act.SEE_HISTORY, "check_chain", "history", "", "Check the whole chain now"),
}


def grant(session: Session, account_id: int, role: Role | None, *, leads: str = "police") -> None:
    """Let the account hold this role alone, past the product: nothing that is signed in ends by it."""
    for held in session.exec(select(RoleGrant).where(RoleGrant.account_id == account_id)).all():
        session.delete(held)
    session.flush()
    if role is not None:
        board = None if role is Role.ADMIN else board_of(session).id
        agency = agency_of(session, leads) if role is Role.AGENCY_LEAD else None
        session.add(RoleGrant(account_id=account_id, role=role, board_id=board, agency_id=agency))
    session.commit()
