"""Why a database cannot be used, for whoever keeps the server: a kind, a code, and words of ours.

What a driver says names the database's host, its user, files and at times the very values. None of that
belongs into a log or a journal, which others read. So the driver's words are looked at and never repeated.
"""

from typing import Any

# What libpq and psycopg say, in small letters -> what it means. The first that is found counts.
MEANS = {
    "password authentication failed": "the server does not take the password",
    "no password supplied": "the server asks for a password",
    "no pg_hba.conf entry": "the server lets nobody in from here (pg_hba.conf)",
    "authentication failed": "the server does not let this user in",
    "certificate": "the certificate is not one that may be trusted",
    "ssl": "the line cannot be encrypted as it should be",
    "remaining connection slots": "the server has no connection left",
    "too many": "the server has no connection left",
    "starting up": "the server is starting",
    "shutting down": "the server is stopping",
    "connection refused": "nothing listens there",
    "no such file or directory": "there is no such socket",
    "permission denied": "the socket may not be used",
    "resolve host": "the host's name is not known",
    "translate host name": "the host's name is not known",
    "does not exist": "there is no such database or user",
    "timeout": "no answer in time",
    "timed out": "no answer in time",
    "no route to host": "there is no way to the host",
    "network is unreachable": "there is no way to the host",
    "closed the connection": "the server has cut the line",
    "connection is lost": "the line is cut",
    "terminating connection": "the server has cut the line",
    "invalid connection option": "the address names a setting that there is not",
}


def cause(problem: Exception) -> str:
    """The kind of a database's trouble, and its code; without one, what it means where that is known."""
    orig: Any = getattr(problem, "orig", None) or problem
    code = getattr(orig, "sqlstate", None) or getattr(orig, "sqlite_errorname", None)
    said = str(orig).lower()
    means = next((ours for theirs, ours in MEANS.items() if theirs in said), None)
    return ", ".join(part for part in (type(orig).__name__, code or means) if part)
