"""Passwords: kept only as a slow hash that cannot be turned back.

SHA-256 comes first because bcrypt reads no more than 72 bytes; it is passed on in base64, because bcrypt
stops at a zero byte.
"""

import base64
import hashlib
import unicodedata

import bcrypt

COST = 12
NOBODYS = "$2b$12$FKGz8j4.Kh7VkeyZCIjCEuwJ3VgFKj7K1buHgTW.aDuAQFiYfqgZS"  # of no account


def hash_password(password: str) -> str:
    """A hash to keep, different each time because of its salt."""
    return bcrypt.hashpw(_short(password), bcrypt.gensalt(COST)).decode("ascii")


def verify(password: str, kept: str | None) -> bool:
    """Whether this is the password behind the hash. Without a hash, or with one that cannot be read: no.

    An unknown name (None) costs the same work as a known one, so that the time taken tells nothing.
    """
    try:
        fits = bcrypt.checkpw(_short(password), (kept or NOBODYS).encode("ascii"))
    except ValueError:
        return False
    return fits and kept is not None


def _short(password: str) -> bytes:
    """44 characters from a password of any length, the same however a device composes its é."""
    one_form = unicodedata.normalize("NFC", password)
    return base64.b64encode(hashlib.sha256(one_form.encode("utf-8")).digest())
