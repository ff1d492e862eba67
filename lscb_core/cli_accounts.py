"""Accounts from the server's command line: the first administrator of a real database is made here.

Whoever may run it holds the database anyway; the history says "Command line".
"""

from typing import Annotated

import sqlalchemy as sa
import typer
from sqlmodel import Session, select

from lscb_core.accounts.codes import Issued
from lscb_core.accounts.held import HeldAccount, held_account, held_accounts
from lscb_core.accounts.keeping import add_account, disable_account, enable_account, issue_code
from lscb_core.accounts.roles import give_role, take_role
from lscb_core.cli_register import register, seen_by_name
from lscb_core.config import now
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import reading, writing
from lscb_core.db.tables import Agency, Board, RoleGrant, SubGroup
from lscb_core.domain.periods import moment
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, NotFound

app = typer.Typer(help="Accounts: who may sign in, and with which role.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name with which the person signs in.")]
BoardWord = Annotated[str, typer.Option("--board", help="The board's short word, such as stockton.")]
AgencyWord = Annotated[str, typer.Option("--agency", help="For an agency lead: the agency's word.")]
GroupWord = Annotated[str, typer.Option("--sub-group", help="For a sub-group member: the sub-group's word.")]


@app.command()
def add(
    name: Name,
    *,
    label: Annotated[str, typer.Option(help="The role in words, as others see it: Police lead.")],
    role: Annotated[Role | None, typer.Option(help="The first role; more can be given later.")] = None,
    board: BoardWord = "",
    agency: AgencyWord = "",
    sub_group: GroupWord = "",
) -> None:
    """Add an account, and print the one-time code with which its password is chosen."""
    with register(writing) as session:
        grants = [_grant(session, role, board, agency, sub_group)] if role else []
        issued = add_account(session, actor=OPERATOR, name=name, label=label, grants=grants, at=now())
    typer.echo(f"The account {issued.name} is added.")
    typer.echo(_handed_over(issued))


@app.command("role")
def change_role(
    name: Name,
    role: Annotated[Role, typer.Argument(help="The role.")],
    *,
    board: BoardWord = "",
    agency: AgencyWord = "",
    sub_group: GroupWord = "",
    take: Annotated[bool, typer.Option("--take", help="Take the role away instead of giving it.")] = False,
) -> None:
    """Give an account a role, or take it away."""
    with register(writing) as session:
        seen, grant = seen_by_name(session, name), _grant(session, role, board, agency, sub_group)
        if take:
            number = _held_grant(session, seen.account_id, grant)
            take_role(session, actor=OPERATOR, seen=seen, grant_id=number, at=now())
        else:
            give_role(session, actor=OPERATOR, seen=seen, grant=grant, at=now())
    typer.echo(f"The role is {'taken away' if take else 'given'}. Whoever was signed in signs in again.")


@app.command()
def disable(name: Name) -> None:
    """Keep an account out, at once."""
    with register(writing) as session:
        disable_account(session, actor=OPERATOR, seen=seen_by_name(session, name), at=now())
    typer.echo("The account is disabled. Whoever was signed in with it is out.")


@app.command()
def enable(name: Name) -> None:
    """Let a disabled account in again, with the password it had."""
    with register(writing) as session:
        enable_account(session, actor=OPERATOR, seen=seen_by_name(session, name), at=now())
    typer.echo("The account may sign in again.")


@app.command()
def code(name: Name) -> None:
    """Issue a one-time code for a new password. The old password ends at once."""
    with register(writing) as session:
        one = held_account(session, actor=OPERATOR, name=name, now=now())
        issued = issue_code(session, actor=OPERATOR, seen=one.seen, at=now())
    typer.echo(f"The old password of {issued.name} has ended.")
    if one.is_linked:
        typer.echo("It is linked with the directory. The code gives it a password again, besides.")
    typer.echo(_handed_over(issued))


@app.command("list")
def list_accounts() -> None:
    """Print every account: its state, its name, whose it is, its roles."""
    with register(reading) as session:
        held = held_accounts(session, actor=OPERATOR, now=now())
    for one in held:
        roles = "; ".join(role.words for role in one.roles) or "no role yet"
        typer.echo(f"{one.name}  ({one.label}; {_state(one)}): {roles}")
    if not held:
        typer.echo("There are no accounts yet. Add the first administrator: accounts add NAME --role admin.")


def _state(one: HeldAccount) -> str:
    return f"code waits until {moment(one.code_until)}" if one.code_until else one.state.label.lower()


def _handed_over(issued: Issued) -> str:
    return (
        f"One-time code: {issued.code}\n"
        f"It is good once, until {moment(issued.until)}, and is not shown again.\n"
        "Hand it over in person or by telephone. At the sign-in, choose “I have a one-time code”."
    )


def _grant(session: Session, role: Role, board: str, agency: str, sub_group: str) -> Grant:
    """The role with the numbers of what was named in words. Raises NotFound."""
    board_id = _number(session, select(Board.id).where(Board.slug == board), board, "board")
    agency_id = _number(session, select(Agency.id).where(Agency.slug == agency), agency, "agency")
    groups = select(SubGroup.id).where(SubGroup.slug == sub_group, SubGroup.board_id == board_id)
    return Grant(role, board_id, agency_id, _number(session, groups, sub_group, "sub-group"))


def _number(session: Session, asked: sa.Executable, word: str, what: str) -> int | None:
    if not word:
        return None
    found: int | None = session.connection().execute(asked).scalar()
    if found is None:
        raise NotFound(f"There is no {what} called “{word}”.", advice="Write its short word.")
    return found


def _held_grant(session: Session, account_id: int, grant: Grant) -> int:
    for held in session.exec(select(RoleGrant).where(RoleGrant.account_id == account_id)):
        if Grant(held.role, held.board_id, held.agency_id, held.sub_group_id) == grant and held.id:
            return held.id
    raise BadInput("Nothing was changed: the account does not hold this role.", advice="See `accounts list`.")
