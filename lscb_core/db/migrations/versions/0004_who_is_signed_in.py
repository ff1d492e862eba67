"""who is signed in

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("code_hash", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("code_expires_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("account") as batch_op:
        batch_op.alter_column("code_hash", existing_type=sa.String(), server_default=None)
    _identities()
    _sign_ins()
    _failed_tries()


def _identities() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_identity_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_identity_account_id"), "identity", ["account_id"])


def _sign_ins() -> None:
    op.create_table(
        "signin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("binding", sa.String(length=64), nullable=False),
        sa.Column("tab_binding", sa.String(length=64), nullable=False),
        sa.Column("ticket", sa.String(length=64), nullable=False),
        sa.Column("ticket_expires_at", sa.DateTime(), nullable=True),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_why", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signin_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signin")),
    )
    for name in ("account_id", "binding", "ticket"):
        op.create_index(op.f(f"ix_signin_{name}"), "signin", [name])


def _failed_tries() -> None:
    op.create_table(
        "failedtry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('account','address')", name=op.f("ck_failedtry_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failedtry")),
    )
    op.create_index("ix_failedtry_at", "failedtry", ["at"])
    op.create_index("ix_failedtry_kind_key_at", "failedtry", ["kind", "key", "at"])


def downgrade() -> None:
    """Bring the tables back."""
    for name in ("failedtry", "signin", "identity"):
        op.drop_table(name)
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_column("code_expires_at")
        batch_op.drop_column("code_hash")
