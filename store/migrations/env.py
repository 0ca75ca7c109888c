"""Alembic's way in: it always runs inside the transaction that `store.migrate` opened."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import store.models

target_metadata = SQLModel.metadata
tables = store.models.__name__

context.configure(connection=context.config.attributes["connection"], target_metadata=target_metadata)
context.run_migrations()
