"""The council's directory (single sign-on): how it is reached, and what is believed of what it says.

Of all that a directory tells of somebody only two words count: who says so (the issuer) and about whom (the
subject). Names, addresses and groups are neither asked for nor looked at; roles stand in our database alone.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lscb_core.accounts.signing_in import NotSignedIn
from lscb_core.config import Settings
from lscb_core.errors import BadInput

CALLBACK = "/oauth2callback"
LONGEST_ISSUER, LONGEST_SUBJECT = 300, 255
SIGNED_WITH = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
"""Ways of signing by a key that the directory alone holds. Its list of keys may offer others, even none."""
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Directory:
    """How the directory is reached: as its administrator has registered the dashboard there."""

    issuer: str
    client_id: str
    client_secret: str
    callback: str

    @property
    def about(self) -> str:
        """Where the directory says which addresses and keys it has."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody whom the directory knows: by whom it is said, and about whom."""

    issuer: str
    subject: str


def directory(settings: Settings) -> Directory | None:
    """The directory that the settings name; None where they name none.

    Raises BadInput where they name it in part, or in a way that would not be safe.
    """
    named = {
        "LSCB_OIDC_ISSUER": settings.oidc_issuer,
        "LSCB_OIDC_CLIENT_ID": settings.oidc_client_id,
        "LSCB_OIDC_SECRET_FILE": settings.oidc_secret_file,
        "LSCB_OIDC_CALLBACK": settings.oidc_callback,
    }
    missing = [name for name, value in named.items() if not value]
    if len(missing) == len(named):
        return None
    if missing or settings.oidc_secret_file is None:
        raise _unusable(f"{' and '.join(missing)} is missing")
    _check_address("LSCB_OIDC_ISSUER", settings.oidc_issuer)
    _check_address("LSCB_OIDC_CALLBACK", settings.oidc_callback)
    if not urlsplit(settings.oidc_callback).path.endswith(CALLBACK):
        raise _unusable(f"LSCB_OIDC_CALLBACK does not end with {CALLBACK}")
    secret = _secret(settings.oidc_secret_file)
    return Directory(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_callback)


def _check_address(name: str, address: str) -> None:
    parts = urlsplit(address)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE)
    if not safe or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise _unusable(f"{name} is no plain https address")


def _secret(path: Path) -> str:
    """The client secret. Only its file is named in the settings: an environment is easily looked into."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise _unusable("the file that LSCB_OIDC_SECRET_FILE names cannot be read") from None
    if not secret:
        raise _unusable("the file that LSCB_OIDC_SECRET_FILE names is empty")
    return secret


def _unusable(why: str) -> BadInput:
    return BadInput(
        "The dashboard does not start: single sign-on is set up in part.",
        why=f"{why[0].upper()}{why[1:]}.",
        advice="Set it right, or take every LSCB_OIDC setting away. docs/single-sign-on.md says how.",
    )


def vouched(known: Directory, claims: Mapping[str, Any], id_token: str) -> Vouched:
    """Whom a token speaks of. Raises NotSignedIn for one that is not the directory's, for us, about somebody.

    Its signature, its time and that it answers our own question have been checked before. This is what is
    left open there: any way of signing that the directory lists would do, and a token for somebody else.
    """
    meant_for = claims.get("aud")
    readers = [meant_for] if isinstance(meant_for, str) else meant_for
    issuer, subject = claims.get("iss"), claims.get("sub")
    good = (
        _signed_with(id_token) in SIGNED_WITH
        and issuer == known.issuer
        and isinstance(readers, list)
        and known.client_id in readers
    )
    if not good or not isinstance(subject, str):
        raise not_vouched()
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise not_vouched()
    return Vouched(known.issuer, subject)


def _signed_with(id_token: str) -> str:
    head = id_token.partition(".")[0]
    try:
        told = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError):
        return ""
    said = told.get("alg") if isinstance(told, dict) else ""
    return said if isinstance(said, str) else ""


def not_vouched() -> NotSignedIn:
    """What is said where the way through the directory was not gone to its end, whatever was wrong."""
    return NotSignedIn(
        "You are not signed in.",
        why="The council's directory did not let you in, or the way there took too long.",
        advice="Go back to the dashboard and press the button again. If it happens twice, tell your IT.",
    )
