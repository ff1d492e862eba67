"""One-time codes: with one, whoever is handed it chooses a password, once.

80 random bits in groups that can be read out. The signs are those of Crockford's base 32, so that no two of
them look alike: O is read as 0, I and L as 1. Only a hash is kept; at this length a quick one is enough.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from lscb_core.db.tables import Account

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
LASTS = timedelta(hours=24)
_READ_AS = str.maketrans("OIL", "011")
_NOBODYS = hashlib.sha256(b"no account").hexdigest()


@dataclass(frozen=True, slots=True)
class Issued:
    """A code to hand over: for which account, and until when it is good. It is in no table and no log."""

    account_id: int
    name: str
    code: str
    until: datetime


def new_code() -> str:
    """A fresh code, such as 7K2M-9QXD-04TB-WZ8H."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hashed_code(typed: str) -> str:
    """What is kept of a code, however it is typed: small letters, spaces and hyphens make no difference."""
    signs = "".join(each for each in typed[:200].upper() if each.isalnum()).translate(_READ_AS)
    return hashlib.sha256(signs.encode("utf-8", "replace")).hexdigest()


def opens(account: Account | None, code: str, at: datetime) -> bool:
    """Whether the code opens this account now. Where there is no account or code: no, for the same work."""
    kept = account.code_hash if account and account.code_hash else _NOBODYS
    fits = hmac.compare_digest(hashed_code(code), kept)
    until = account.code_expires_at if account else None
    return fits and until is not None and at < until and account is not None and account.disabled_at is None
