"""Letters that come back or wait their turn, and alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LETTER_STATES = "state IN ('waiting', 'sent', 'parked', 'withdrawn')"
POST_KINDS = (
    "kind IN ('card', 'line', 'held', 'reminder', 'escalation', 'digest', 'unreached', 'still unreached', 'alarm')"
)


def upgrade() -> None:
    """Apply."""
    _choose_from("letter", "state_known", LETTER_STATES)
    _choose_from("post", "kind_known", POST_KINDS)
    op.add_column("letter", sa.Column("about", sa.String(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("recipient_hash", sa.String(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("unreached_at", UTCDateTime(), nullable=True))
    op.add_column("letter", sa.Column("escalate_at", UTCDateTime(), nullable=True))
    op.create_index("letter_to", "letter", ["recipient_hash", "not_before"], unique=False)
    op.create_index(
        "letter_escalated",
        "letter",
        ["escalate_at"],
        unique=False,
        sqlite_where=sa.text("escalate_at IS NOT NULL"),
        postgresql_where=sa.text("escalate_at IS NOT NULL"),
    )
    op.create_index(
        "ledger_refused",
        "ledger",
        ["at"],
        unique=False,
        sqlite_where=sa.text("event = 'mail refused'"),
        postgresql_where=sa.text("event = 'mail refused'"),
    )
    op.add_column("mail", sa.Column("replays", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("mailbox", sa.Column("alarmed", sa.Boolean(), nullable=False, server_default=sa.false()))


def _choose_from(table: str, name: str, condition: str) -> None:
    """Put another CHECK in the place of a table's own; on SQLite the table is written anew for it."""
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, sa.text(condition))
