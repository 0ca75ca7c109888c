"""What was understood of a mail, who asks, how cases belong together, and how often the reading was wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REQUESTERS = "('consumer', 'agent', 'parent', 'employee', 'unclear')"
PRIORITIES = "('high', 'medium', 'low')"


def upgrade() -> None:
    """Apply."""
    _add_choice("requester", REQUESTERS, "consumer")
    _add_choice("priority", PRIORITIES, "medium")
    op.add_column("case_file", sa.Column("priority_reason", sa.String(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("law_named", sa.String(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("on_behalf_of", sa.LargeBinary(), nullable=True))
    op.add_column("request", sa.Column("score", sa.Float(), nullable=True))
    op.create_index(
        "case_open",
        "case_file",
        ["address_hash"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "tie",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("bond", sa.String(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("tied_by", sa.String(), nullable=False),
        sa.Column("tied_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("bond IN ('duplicate', 'list')", name="bond_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"]),
        sa.PrimaryKeyConstraint("case_id", "other_id"),
    )
    op.create_index("ix_tie_other_id", "tie", ["other_id"], unique=False)
    op.create_index("ix_tie_mail_id", "tie", ["mail_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("read", sa.String(), nullable=False),
        sa.Column("meant", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("read", "meant", "language"),
    )


def _add_choice(column: str, values: str, default: str) -> None:
    """Add a column of a closed set with its CHECK, which SQLite takes in no other way without a new table."""
    op.execute(
        f"ALTER TABLE case_file ADD COLUMN {column} VARCHAR DEFAULT '{default}' NOT NULL "
        f"CONSTRAINT {column}_known CHECK ({column} IN {values})"
    )
