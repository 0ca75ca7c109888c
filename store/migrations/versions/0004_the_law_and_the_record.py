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
    op.add_column("mail", sa.Column("raw_destroyed_at", UTCDateTime(), nullable=True))
    op.add_column("mail", sa.Column("destroyed_at", UTCDateTime(), nullable=True))
    _partial_index("mail_there", "mail", "received_at", "destroyed_at IS NULL")
    op.add_column("data_key", sa.Column("master", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_data_key_master", "data_key", ["master"], unique=False)
    _create_standing()
    op.create_table(
        "seal",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("heads", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    _make_seals_append_only()
    op.create_table(
        "purge",
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("last_digest", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
    )
    _let_go_of_purged_chains_only()


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


def _make_seals_append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for move in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER seal_no_{move.lower()} BEFORE {move} ON seal "
                "BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END"
            )
        op.execute(  # INSERT OR REPLACE deletes without asking the trigger above
            "CREATE TRIGGER seal_no_replace BEFORE INSERT ON seal WHEN EXISTS "
            "(SELECT 1 FROM seal WHERE day = NEW.day) "
            "BEGIN SELECT RAISE(ABORT, 'a seal is never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION seal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a seal is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal "
        "FOR EACH STATEMENT EXECUTE FUNCTION seal_refuse()"
    )


def _create_standing() -> None:
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
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


def _let_go_of_purged_chains_only() -> None:
    """A chain's lines may go once its purge is written down, all of it for good; the desk's own chain never goes."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER ledger_no_delete")
        op.execute(
            "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger "
            "WHEN OLD.chain = 0 OR NOT EXISTS (SELECT 1 FROM purge WHERE chain = OLD.chain) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
        op.execute(
            "CREATE TRIGGER ledger_no_return BEFORE INSERT ON ledger "
            "WHEN EXISTS (SELECT 1 FROM purge WHERE chain = NEW.chain) "
            "BEGIN SELECT RAISE(ABORT, 'that chain was purged'); END"
        )
        for move in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER purge_no_{move.lower()} BEFORE {move} ON purge "
                "BEGIN SELECT RAISE(ABORT, 'a purge is not undone'); END"
            )
        op.execute(  # INSERT OR REPLACE deletes without asking the trigger above
            "CREATE TRIGGER purge_no_replace BEFORE INSERT ON purge "
            "WHEN EXISTS (SELECT 1 FROM purge WHERE chain = NEW.chain) "
            "BEGIN SELECT RAISE(ABORT, 'a purge is not undone'); END"
        )
        return
    op.execute("DROP TRIGGER ledger_append_only ON ledger")
    op.execute(
        "CREATE TRIGGER ledger_append_only BEFORE UPDATE OR TRUNCATE ON ledger "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
    )
    op.execute(
        "CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'INSERT' THEN "
        "IF EXISTS (SELECT 1 FROM purge WHERE chain = NEW.chain) THEN RAISE EXCEPTION 'that chain was purged'; END IF; "
        "RETURN NEW; END IF; "
        "IF OLD.chain = 0 OR NOT EXISTS (SELECT 1 FROM purge WHERE chain = OLD.chain) "
        "THEN RAISE EXCEPTION 'the ledger is append-only'; END IF; "
        "RETURN OLD; END $$"
    )
    op.execute(
        "CREATE TRIGGER ledger_kept BEFORE INSERT OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION ledger_keep()"
    )
    op.execute(
        "CREATE FUNCTION purge_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a purge is not undone'; END $$"
    )
    op.execute(
        "CREATE TRIGGER purge_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON purge "
        "FOR EACH STATEMENT EXECUTE FUNCTION purge_refuse()"
    )
