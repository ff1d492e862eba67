"""Verbs of single sign-on, among those of accounts: `link`, `unlink`, `links` and `take-password`."""

from typing import Annotated

import typer

from lscb_core.accounts.directory import directory
from lscb_core.accounts.held import held_account
from lscb_core.accounts.identities import (
    last_through_directory,
    link_identity,
    linked_identities,
    take_password,
    unlink_identity,
)
from lscb_core.cli_register import register, seen_by_name
from lscb_core.config import now, settings
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import reading, writing
from lscb_core.domain.periods import day
from lscb_core.errors import BadInput, NotFound

app = typer.Typer()

Name = Annotated[str, typer.Argument(help="The account's name.")]
Subject = Annotated[
    str, typer.Option(help="Whom the directory knows: the subject that the person was shown.")
]
Issuer = Annotated[str, typer.Option(help="The directory; without it, the one that is set up.")]

OnlyWayIn = Annotated[bool, typer.Option("--only-way-in", help="Also where nothing else lets in.")]


@app.command()
def link(name: Name, *, subject: Subject, issuer: Issuer = "") -> None:
    """Let whoever the council's directory knows so sign in with an account."""
    with register(writing) as session:
        who = {"issuer": _issuer(issuer), "subject": subject}
        link_identity(session, actor=OPERATOR, seen=seen_by_name(session, name), at=now(), **who)
    typer.echo("They are linked. Whoever was signed in with the account signs in again.")


@app.command()
def unlink(name: Name, *, subject: Subject, issuer: Issuer = "", only_way_in: OnlyWayIn = False) -> None:
    """Take such a link away. Whoever was signed in with the account is out."""
    with register(writing) as session:
        one = held_account(session, actor=OPERATOR, name=name, now=now())
        held = linked_identities(session, actor=OPERATOR, account_id=one.id)
        wanted = (_issuer(issuer), subject)
        numbers = [each.id for each in held if (each.issuer, each.subject) == wanted]
        if not numbers or numbers[0] is None:
            raise NotFound("The account has no such link.", advice="See `accounts links` for those it has.")
        if one.is_directory_only and len(held) == 1 and not only_way_in:
            raise BadInput(
                "The link was not taken away: it is the only way in of this account.",
                advice="Issue a code first (`accounts code`), or say --only-way-in.",
            )
        unlink_identity(session, actor=OPERATOR, seen=one.seen, identity_id=numbers[0], at=now())
    typer.echo("The link is taken away. Whoever was signed in with the account is out.")


@app.command("take-password")
def end_password(name: Name, *, issuer: Issuer = "") -> None:
    """Take an account's password away: from now on it comes in through the directory alone."""
    with register(writing) as session:
        seen = seen_by_name(session, name)
        take_password(session, actor=OPERATOR, seen=seen, issuer=_issuer(issuer), at=now())
    with register(reading) as session:
        came = last_through_directory(session, actor=OPERATOR, account_id=seen.account_id)
    typer.echo(
        "The account comes in through the directory alone. A one-time code would give it a password again."
    )
    if came is None:
        typer.echo("Nobody has come in that way with it yet: make sure that it works.")


@app.command()
def links(name: Name) -> None:
    """Print whom the directory knows that may sign in with an account."""
    with register(reading) as session:
        account_id = seen_by_name(session, name).account_id
        for each in linked_identities(session, actor=OPERATOR, account_id=account_id):
            typer.echo(f"{each.subject}  (at {each.issuer}, since {day(each.linked_at.date())})")


def _issuer(typed: str) -> str:
    if typed:
        return typed
    known = directory(settings())
    if known is None:
        raise BadInput("No directory is set up here.", advice="Name it with --issuer.")
    return known.issuer
