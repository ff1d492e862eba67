"""Accounts and the roles they hold on boards."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from lscb_core.db.base import Moment, Table, choice
from lscb_core.domain.vocab import Role


class Account(Table, table=True):
    """Somebody who may sign in. `label` is how the account is named to others: a role, not a person."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=60)
    label: str
    password_hash: str
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
