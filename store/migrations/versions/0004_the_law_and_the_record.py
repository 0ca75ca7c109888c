"""What the law asks for beyond the answer: proof, promises, sealed ledger, legal hold, an end for all content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PERMISSIONS = "('none', 'signed', 'power_of_attorney', 'direct')"


def upgrade() -> None:
    """Apply."""
    _extend_cases()
    _extend_requests()
    op.execute("ALTER TABLE point ADD COLUMN mail_id INTEGER REFERENCES mail (id)")
    op.add_column("challenge", sa.Column("remind_at", UTCDateTime(), nullable=True))
    _partial_index("challenge_reminded", "challenge", "remind_at", "remind_at IS NOT NULL")
    op.add_column("mail", sa.Column("is_proof", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("mail", sa.Column("destroyed_at", UTCDateTime(), nullable=True))
    op.add_column("data_key", sa.Column("master", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_data_key_master", "data_key", ["master"], unique=False)
    _create_standing()
    op.create_table(
        "seal",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("heads", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "purge",
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("last_digest", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )


def _extend_cases() -> None:
    op.execute(
        "ALTER TABLE case_file ADD COLUMN permission VARCHAR DEFAULT 'none' NOT NULL "
        f"CONSTRAINT permission_known CHECK (permission IN {PERMISSIONS})"
    )
    op.add_column("case_file", sa.Column("has_account", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("case_file", sa.Column("held_since", UTCDateTime(), nullable=True))
    op.add_column("case_file", sa.Column("held_by", sa.String(), nullable=True))
    op.add_column("case_file", sa.Column("hold_reason", sa.LargeBinary(), nullable=True))
    op.add_column("case_file", sa.Column("content_destroyed_at", UTCDateTime(), nullable=True))
    op.create_index("ix_case_file_closed_at", "case_file", ["closed_at"], unique=False)


def _extend_requests() -> None:
    op.add_column("request", sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("request", sa.Column("disputed", sa.String(), nullable=False, server_default="[]"))
    op.execute("ALTER TABLE request ADD COLUMN first_case_id INTEGER REFERENCES case_file (id)")
    op.execute("ALTER TABLE request ADD COLUMN appeal_of INTEGER REFERENCES request (id)")
    op.add_column("request", sa.Column("denial_proposed_at", UTCDateTime(), nullable=True))
    op.add_column("request", sa.Column("reevaluated_from", sa.String(), nullable=True))


def _create_standing() -> None:
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("promise IN ('no_asking_again', 'stays_corrected')", name="promise_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", "promise", name="standing_once"),
    )
    op.create_index("ix_standing_case_id", "standing", ["case_id"], unique=False)
    op.create_index("ix_standing_address_hash", "standing", ["address_hash"], unique=False)


def _partial_index(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
