"""The only reader of the environment: settings, and the clock that they may fix."""

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"


class Settings(BaseSettings):
    """Settings of one installation, each from a variable `LSCB_…` (see docs and README)."""

    model_config = SettingsConfigDict(env_prefix="LSCB_")

    database_url: str = f"sqlite:///{DATA / 'lscb.db'}"
    allowed_hosts: str = "localhost,127.0.0.1"
    secret_file: Path = DATA / "secret"
    backup_folder: Path = DATA / "backups"
    known_passwords: Path | None = None
    today: date | None = None
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret_file: Path | None = None
    oidc_callback: str = ""


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings, read once a process."""
    return Settings()


def today() -> date:
    """The day it is: the real one, or the one that LSCB_TODAY fixes."""
    return settings().today or datetime.now().astimezone().date()


def now() -> datetime:
    """This moment in UTC; on the day that LSCB_TODAY fixes, where it does."""
    moment = datetime.now(UTC)
    fixed = settings().today
    return moment.replace(year=fixed.year, month=fixed.month, day=fixed.day) if fixed else moment
