"""The commands about accounts, each as a step that a person of any role may try."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from lscb_core.accounts.changing import Seen, keeper
from lscb_core.accounts.held import held_account, held_accounts, posts
from lscb_core.accounts.identities import (
    last_through_directory,
    link_identity,
    linked_identities,
    take_password,
    unlink_identity,
)
from lscb_core.accounts.keeping import add_account, disable_account, enable_account, issue_code
from lscb_core.accounts.own import own_sign_ins, prove_by_password
from lscb_core.accounts.roles import give_role, take_role
from lscb_core.db.tables import Account
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from tests import make

KEEPING = {keeper, add_account, give_role, take_role, disable_account, enable_account, issue_code}
KEEPING |= {held_accounts, held_account, posts, link_identity, unlink_identity, linked_identities}
KEEPING |= {take_password, last_through_directory}
OWN = {own_sign_ins, prove_by_password}
WALKED = KEEPING | OWN


@dataclass
class Step:
    """One try: by whom, and the accounts and the role that are there already."""

    session: Session
    actor: int
    other: int
    grant: int
    gone: int
    board: int
    identity: int

    def on(self, account_id: int) -> dict:
        """Who asks, and the account as it is now."""
        version = self.session.get(Account, account_id, populate_existing=True).version
        return {"actor": self.actor, "seen": Seen(account_id, version), "at": make.NOW}

    @property
    def looking(self) -> dict:
        return {"actor": self.actor, "now": make.NOW}


def _add(step: Step) -> None:
    add_account(step.session, actor=step.actor, name="new-one", label="New one", at=make.NOW)


def _give(step: Step) -> None:
    give_role(step.session, **step.on(step.other), grant=Grant(Role.CHAIR, step.board))


def _link(step: Step) -> None:
    link_identity(step.session, **step.on(step.other), issuer="https://council.example/2", subject="new")


def _take_password(step: Step) -> None:
    take_password(step.session, **step.on(step.gone), issuer="https://council.example")


WALKS: dict[str, tuple[str | None, Callable[[Step], object]]] = {
    "add an account": ("issue_code", _add),
    "give a role": ("give_role", _give),
    "take a role": ("take_role", lambda s: take_role(s.session, **s.on(s.other), grant_id=s.grant)),
    "disable": ("disable_account", lambda s: disable_account(s.session, **s.on(s.other))),
    "let in again": ("enable_account", lambda s: enable_account(s.session, **s.on(s.gone))),
    "issue a code": ("issue_code", lambda s: issue_code(s.session, **s.on(s.gone))),
    "link with the directory": ("link_identity", _link),
    "take the password away": ("take_password", _take_password),
    "end a link": (
        "unlink_identity",
        lambda s: unlink_identity(s.session, **s.on(s.gone), identity_id=s.identity),
    ),
    "see when a link was used": (
        None,
        lambda s: last_through_directory(s.session, actor=s.actor, account_id=s.gone),
    ),
    "see the links": (None, lambda s: linked_identities(s.session, actor=s.actor, account_id=s.gone)),
    "see all accounts": (None, lambda s: held_accounts(s.session, **s.looking)),
    "see one account": (None, lambda s: held_account(s.session, **s.looking, name="gone")),
    "see where roles may be": (None, lambda s: posts(s.session, actor=s.actor)),
    "be asked for": (None, lambda s: keeper(s.session, s.actor)),
}
"""What each leaves in the history, and the step; in this order, so that each can be done."""
