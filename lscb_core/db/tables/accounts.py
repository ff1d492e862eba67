"""Accounts, the roles they hold on boards, and who is signed in."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Moment, Table, choice
from lscb_core.domain.vocab import Role

IDLE = timedelta(minutes=30)
"""How long a sign-in may be without use before it ends."""


class Account(Table, table=True):
    """Somebody who may sign in. `label` is how the account is named to others: a role, not a person."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=60)
    label: str
    password_hash: str = ""  # none yet: a code opens the account once
    code_hash: str = ""  # of the one-time code with which a password is chosen; gone once it is used
    code_expires_at: datetime | None = Field(default=None, sa_type=Moment)
    version: int = 1  # raised by a change of password or role: whatever was signed in before ends
    is_demonstration: bool = False
    disabled_at: datetime | None = Field(default=None, sa_type=Moment)
    last_signed_in_at: datetime | None = Field(default=None, sa_type=Moment)


class RoleGrant(Table, table=True):
    """A role that an account holds: on one board (an administrator: on none), for one agency or sub-group."""

    __table_args__ = (
        sa.UniqueConstraint("account_id", "board_id", "role", "agency_id", "sub_group_id"),
        sa.CheckConstraint("role <> 'agency_lead' OR agency_id IS NOT NULL", "lead_has_agency"),
        sa.CheckConstraint("role = 'admin' OR board_id IS NOT NULL", "role_has_board"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: Role = Field(sa_type=choice(Role, "role"))
    board_id: int | None = Field(default=None, foreign_key="board.id")
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    sub_group_id: int | None = Field(default=None, foreign_key="subgroup.id")


class Identity(Table, table=True):
    """Who an account is at a directory (single sign-on): matched on both, never on a name or an address."""

    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    issuer: str = Field(max_length=300)
    subject: str = Field(max_length=255)
    linked_at: datetime = Field(sa_type=Moment)


class SignIn(Table, table=True):
    """One signing in, until it ends. It belongs to the browser that holds the cookie behind `binding`.

    Only hashes (SHA-256) of cookies and tickets are kept. `tab_binding` is the cookie that the browser had
    while its owner signed in: it counts for that one tab alone, until the new cookie has been fetched.
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    version: int  # of the account; once that is raised, this has ended
    way: str = Field(default="password", max_length=20)  # or "directory"
    binding: str = Field(max_length=64, index=True)
    tab_binding: str = Field(default="", max_length=64)
    ticket: str = Field(default="", max_length=64, index=True)  # fetches the new cookie, once
    ticket_expires_at: datetime | None = Field(default=None, sa_type=Moment)
    began_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_why: str = Field(default="", max_length=20)


class FailedTry(Table, table=True):
    """One failed try to sign in, for an account or from an address; both kept only as a keyed hash."""

    __table_args__ = (
        sa.Index("ix_failedtry_kind_key_at", "kind", "key", "at"),
        sa.CheckConstraint("kind IN ('account','address')", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)
    key: str = Field(max_length=64)
    at: datetime = Field(sa_type=Moment, index=True)
