"""files taken in

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SPLITS = {
    "0001": "split IN ('all','agency','source','group')",
    "0002": "split IN ('all','agency','source','group','category','length','days')",
}
FROM_A_FILE = (
    "actionstate",
    "auditquestion",
    "auditresult",
    "commentary",
    "meeting",
    "section11score",
    "training",
)
YEARLY = ["area_id", "dimension", "key", "span", "period_end"]
UNIQUE = "uq_deathcount_area_id_dimension_key_span_period_end"


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("template", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_why", sa.String(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("status IN ('saved','refused','undone')", name=op.f("ck_import_status")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_import_account_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_import_agency_id")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_import_board_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["origin.id"], name=op.f("fk_import_origin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index("ix_import_board_hash", ["board_id", "sha256"], unique=False)
        batch_op.create_index("ix_import_board_saved", ["board_id", "saved_at"], unique=False)

    op.create_table(
        "returnasked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=30), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.Column("first_period_end", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("days_allowed", sa.Integer(), nullable=False),
        sa.CheckConstraint("every IN ('month','quarter','year')", name=op.f("ck_returnasked_every")),
        sa.CheckConstraint("days_allowed BETWEEN 0 AND 366", name=op.f("ck_returnasked_days_allowed")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_returnasked_agency_id")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_returnasked_board_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returnasked")),
        sa.UniqueConstraint(
            "board_id", "agency_id", "template", name=op.f("uq_returnasked_board_id_agency_id_template")
        ),
    )
    op.create_table(
        "sourceagency",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sourceagency_agency_id")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_sourceagency_board_id")),
        sa.PrimaryKeyConstraint("board_id", "source", name=op.f("pk_sourceagency")),
    )
    op.create_table(
        "sourcespelling",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("mapped_by", sa.String(), nullable=False),
        sa.Column("mapped_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_sourcespelling_board_id")),
        sa.PrimaryKeyConstraint("board_id", "key", name=op.f("pk_sourcespelling")),
    )
    op.create_table(
        "sentscope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sentscope_agency_id")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_sentscope_board_id")),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_sentscope_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentscope")),
        sa.UniqueConstraint("import_id", "scope", name=op.f("uq_sentscope_import_id_scope")),
    )
    with op.batch_alter_table("sentscope", schema=None) as batch_op:
        batch_op.create_index("ix_sentscope_board_scope", ["board_id", "scope"], unique=False)
        batch_op.create_index(batch_op.f("ix_sentscope_import_id"), ["import_id"], unique=False)
    for table in FROM_A_FILE:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("origin_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(f"fk_{table}_origin_id", "origin", ["origin_id"], ["id"])
    op.add_column("observation", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    with op.batch_alter_table("referralcount") as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        _splits(batch_op, "0002")
    with op.batch_alter_table("deathcount") as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.drop_constraint(UNIQUE, type_="unique")
        batch_op.create_unique_constraint(f"{UNIQUE}_revision", [*YEARLY, "revision"])
    with op.batch_alter_table("deathcount") as batch_op:
        batch_op.alter_column("revision", server_default=None)


def _splits(batch_op: BatchOperations, known_since: str) -> None:
    name = op.f("ck_referralcount_split")
    batch_op.drop_constraint(name, type_="check")
    batch_op.create_check_constraint(name, SPLITS[known_since])


def downgrade() -> None:
    """Bring the tables back."""
    with op.batch_alter_table("deathcount") as batch_op:
        batch_op.drop_constraint(f"{UNIQUE}_revision", type_="unique")
        batch_op.create_unique_constraint(UNIQUE, YEARLY)
        batch_op.drop_column("withdrawn_on")
        batch_op.drop_column("revision")
    with op.batch_alter_table("referralcount") as batch_op:
        batch_op.drop_column("withdrawn_on")
        _splits(batch_op, "0001")
    op.drop_column("observation", "withdrawn_on")
    for table in FROM_A_FILE:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(f"fk_{table}_origin_id", type_="foreignkey")
            batch_op.drop_column("origin_id")
    with op.batch_alter_table("sentscope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sentscope_import_id"))
        batch_op.drop_index("ix_sentscope_board_scope")

    op.drop_table("sentscope")
    op.drop_table("sourcespelling")
    op.drop_table("sourceagency")
    op.drop_table("returnasked")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index("ix_import_board_saved")
        batch_op.drop_index("ix_import_board_hash")

    op.drop_table("import")
