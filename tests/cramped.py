"""Disks without room, real ones and limits: contexts in which a database can store nothing more."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.own_postgres import OwnPostgres

NOBODY = 65534


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A file system of that size in the memory; None where this account may not have one."""
    with TemporaryDirectory(prefix="lscb-disk-") as folder:
        order = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
        mounted = subprocess.run(order, capture_output=True, check=False).returncode == 0
        try:
            yield Path(folder) if mounted else None
        finally:
            if mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def plain(folder: Path) -> Iterator[Path]:
    """A folder as it is, where a small disk is not wanted."""
    yield folder


def may_mount() -> bool:
    """Whether tests on a real small disk can be made here."""
    if os.name != "posix" or os.geteuid() != 0:
        return False
    with small_disk(1) as disk:
        return disk is not None


@contextmanager
def disk_filled(folder: Path) -> Iterator[None]:
    """Somebody else's file takes all the room there is."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    yield
    ballast.unlink()


@contextmanager
def pages_limited(engine: Engine) -> Iterator[None]:
    """SQLite may take no page more, as if the disk ended there."""
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection, _record) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    sa.event.listen(engine, "connect", limit)
    yield
    sa.event.remove(engine, "connect", limit)
    engine.dispose()


@contextmanager
def files_limited(path: Path) -> Iterator[None]:
    """This process may write no file longer than the write-ahead log is now, as under a quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = path.with_name(f"{path.name}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 6000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def server_says_full(server: OwnPostgres, database: str) -> Iterator[None]:
    """PostgreSQL refuses every new event with the state that it gives for a full disk."""
    says = "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
    server.ask(
        f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS {says};"
        "CREATE TRIGGER full_disk BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION full_disk()",
        database=database,
    )
    yield
    server.ask("DROP FUNCTION full_disk() CASCADE", database=database)


@contextmanager
def closed_to_writing(*paths: Path) -> Iterator[None]:
    """These files and folders may be read only; for root, who may all, this process is nobody for a while."""
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode)
