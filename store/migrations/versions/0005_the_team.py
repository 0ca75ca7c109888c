"""What a team at work needs: notes, wishes, blocked senders, second signatures, cases that came by phone or post."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MANNERS = "('email', 'phone', 'post', 'form', 'in_person', 'slack')"
POSTS = (
    "('card', 'line', 'held', 'reminder', 'escalation', 'digest', 'unreached', 'still unreached', 'alarm', "
    "'crowd', 'approval', 'direct')"
)
NO_DATE = "9999-12-31"
EARLIEST = (
    "COALESCE((SELECT MIN(COALESCE(extended_to, respond_by)) FROM request "  # noqa: S608 - our own words
    f"WHERE case_id = case_file.id AND outcome IS NULL), '{NO_DATE}')"
)
KEEP = f"UPDATE case_file SET due = {EARLIEST}"  # noqa: S608 - our own words
DATES = "case_id, respond_by, extended_to, outcome"
MOVES = {"INSERT": "NEW.case_id", "DELETE": "OLD.case_id", f"UPDATE OF {DATES}": "OLD.case_id, NEW.case_id"}
LISTED = {
    "case_due": ["due", "id"],
    "case_owned": ["owner", "due", "id"],
    "case_status": ["status", "due", "id"],
    "case_closed": ["closed_at", "id"],
}


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE case_file ADD COLUMN manner VARCHAR DEFAULT 'email' NOT NULL "
        f"CONSTRAINT manner_known CHECK (manner IN {MANNERS})"
    )
    op.add_column("case_file", sa.Column("domain_hash", sa.String(), nullable=True))
    op.create_index("ix_case_file_domain_hash", "case_file", ["domain_hash"], unique=False)
    op.add_column("case_file", sa.Column("snoozed_until", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("snoozed_by", sa.String(), nullable=True))
    _list_cases_by_their_dates()
    with op.batch_alter_table("post") as batch:
        batch.drop_constraint("kind_known", type_="check")
        batch.create_check_constraint("kind_known", sa.text(f"kind IN {POSTS}"))
    with op.batch_alter_table("tie") as batch:
        batch.drop_constraint("bond_known", type_="check")
        batch.create_check_constraint("bond_known", sa.text("bond IN ('duplicate', 'list', 'merged')"))
    _create_notes_and_wishes()
    _create_sender_blocks()
    _create_approvals()


def _list_cases_by_their_dates() -> None:
    """A case knows its own date, so that a page of a list costs the same however many cases there are."""
    op.add_column("case_file", sa.Column("due", sa.Date(), nullable=False, server_default=NO_DATE))
    op.execute(KEEP)
    op.drop_index("ix_case_file_closed_at", "case_file")
    for name, columns in LISTED.items():
        where = sa.text("closed_at IS NOT NULL" if name == "case_closed" else "closed_at IS NULL")
        op.create_index(name, "case_file", columns, unique=False, sqlite_where=where, postgresql_where=where)
    if op.get_bind().dialect.name == "sqlite":
        for move, rows in MOVES.items():
            op.execute(
                f"CREATE TRIGGER request_{move[:6].lower()}_dates AFTER {move} ON request "
                f"BEGIN {KEEP} WHERE id IN ({rows}); END"
            )
        return
    op.execute(
        "CREATE FUNCTION request_dates() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {KEEP} "
        "WHERE id IN (OLD.case_id, NEW.case_id); RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER request_dates AFTER INSERT OR DELETE OR UPDATE OF {DATES} ON request "
        "FOR EACH ROW EXECUTE FUNCTION request_dates()"
    )


def _create_notes_and_wishes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_note_case_id", "note", ["case_id"], unique=False)
    op.create_table(
        "preference",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("reminders", sa.String(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_until", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("cover", sa.String(), nullable=False),
        sa.Column("home_opened_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("reminders IN ('thread', 'direct', 'both')", name="reminders_known"),
        sa.PrimaryKeyConstraint("user"),
    )


def _create_sender_blocks() -> None:
    op.create_table(
        "sender_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_hash", sa.String(), nullable=False),
        sa.Column("masked", sa.String(), nullable=False),
        sa.Column("blocked_by", sa.String(), nullable=False),
        sa.Column("blocked_at", UTCDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sender_hash"),
    )


def _create_approvals() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("particulars", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("verdict IN ('approved', 'declined', 'overtaken')", name="verdict_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approval_case_id", "approval", ["case_id"], unique=False)
    op.create_index(
        "approval_waiting",
        "approval",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("verdict IS NULL"),
        postgresql_where=sa.text("verdict IS NULL"),
    )
