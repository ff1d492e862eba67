"""the history is sealed

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from lscb_core.db.guards import set_guards
from lscb_core.db.sealing import chain

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward: what has happened so far is sealed as it stands, then guarded."""
    for name in ("before_seal", "seal"):
        op.add_column("event", sa.Column(name, sa.String(length=64), nullable=True))
    chain(Session(op.get_bind()))
    with op.batch_alter_table("event") as batch_op:
        for name in ("before_seal", "seal"):
            batch_op.alter_column(name, existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint("uq_event_before_seal", ["before_seal"])
    set_guards(op.get_bind())


def downgrade() -> None:
    """Bring the tables back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION event_is_kept CASCADE")
    with op.batch_alter_table("event") as batch_op:
        batch_op.drop_constraint("uq_event_before_seal", type_="unique")
        batch_op.drop_column("before_seal")
        batch_op.drop_column("seal")
