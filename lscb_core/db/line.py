"""Whether the line to a PostgreSQL is proof against whoever is between: read and forged by nobody."""

import ipaddress
import re

import sqlalchemy as sa

OPEN_LINE = "line"
"""How `manage.py health` and `/healthz` name it."""
IN_WORDS = (
    "The database is on another machine, and its address does not ask for sslmode=verify-full. "
    "Whoever is between can read what goes over the network, and could be taken for the database. "
    "docs/deploy.md says what to write into LSCB_DATABASE_URL."
)


def is_open(url: str) -> bool:
    """True for a PostgreSQL that is neither at a socket nor on this machine, without `sslmode=verify-full`.

    What the address leaves out is as the driver takes it: from the environment (PGHOST, PGSSLMODE) or by
    itself. False for what is no address at all: whoever connects will find out.
    """
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        return False
    if address.get_backend_name() != "postgresql":
        return False
    said = {name: ",".join(words) for name, words in address.normalized_query.items()}
    wanted = _as_it_comes() | ({"host": address.host} if address.host else {}) | said
    hosts = wanted.get("hostaddr") or wanted.get("host", "")
    return wanted.get("sslmode") != "verify-full" and any(map(_is_elsewhere, hosts.split(",")))


def _as_it_comes() -> dict[str, str]:
    """What libpq takes where nothing is said."""
    from psycopg import pq

    defaults = pq.Conninfo.get_defaults()
    return {each.keyword.decode(): each.val.decode() for each in defaults if each.val is not None}


def _is_elsewhere(host: str) -> bool:
    """Whether that is another machine: no socket, no address of this one."""
    name = re.sub(r"^([^:]+):\d+$", r"\1", host.strip()).strip("[]").lower()
    if not name or name.startswith(("/", "@")):
        return False
    try:
        return not ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name != "localhost"
