"""Events as commands write them, and the tampering that no command would do."""

from datetime import datetime

from sqlmodel import Session

from lscb_core.db.access import Person
from lscb_core.db.recording import tell
from tests import make

MANAGER = Person(-1, "manager", "Board manager", 0, ())


def happened(session: Session, on=None, **fields) -> None:
    """One sealed event, on this board or on none: a note on action 1, by the board manager, unless said."""
    plain = {
        "who": MANAGER,
        "board_id": on.id if on else None,
        "record_kind": "action",
        "record_id": 1,
        "act": "update_action",
        "before": {},
        "after": {"note": "Half of it is done"},
        "at": make.NOW,
        "note": "Half of it is done",
    }
    tell(session, **(plain | fields))


def by(label: str, number: int = -1) -> Person:
    """Somebody with that label, for an event's author."""
    return Person(number, label.lower(), label, 0, ())


def refused(session: Session, on, *, who: int, label: str, act: str, at: datetime = make.NOW, agency=None):
    """A refusal, as the check of rights writes it."""
    tried = {"act": act, "agency_id": agency.id if agency else None}
    told = {"record_kind": "account", "record_id": who, "act": "refused", "after": tried, "note": ""}
    happened(session, on, who=by(label), at=at, **told)


def tamper(session: Session, statement: str) -> None:
    """Change the history past its guards, as somebody with the database in hand could."""
    on = session.connection()
    if on.dialect.name == "postgresql":
        on.exec_driver_sql("SET LOCAL session_replication_role = replica")  # until the next commit
    else:
        for act in ("update", "delete"):
            on.exec_driver_sql(f"DROP TRIGGER IF EXISTS event_no_{act}")
    on.exec_driver_sql(statement)
    session.commit()
