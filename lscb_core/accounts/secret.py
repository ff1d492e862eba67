"""The installation's own secret: made on the first run, kept in a file that only its owner reads."""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from lscb_core.config import settings
from lscb_core.errors import BadInput

SHORTEST = 32


@lru_cache(maxsize=1)
def secret() -> str:
    """The secret of the settings' file, 64 hexadecimal digits; made now where there is none.

    Several servers of one board share the file, or a copy of it. Raises BadInput for one that is too short.
    """
    path = settings().secret_file
    if not path.exists():
        _make(path)
    kept = path.read_text(encoding="ascii", errors="replace").strip()
    if len(kept) < SHORTEST:
        raise BadInput(
            f"The dashboard does not start: the secret in {path.name} is too short.",
            why=f"It needs {SHORTEST} characters that nobody can guess.",
            advice="Remove the file that LSCB_SECRET_FILE names; a new one is then made.",
        )
    return kept


def _make(path: Path) -> None:
    """Write it whole under another name first: two servers that start together then agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one was first
    finally:
        draft.unlink()


def keyed(purpose: str, text: str) -> str:
    """A hash (64 hexadecimal digits) that nobody can try words against without the secret."""
    said = f"{purpose}\n{text}".encode("utf-8", "surrogatepass")
    return hmac.new(secret().encode(), said, hashlib.sha256).hexdigest()
