"""Add columns that may not be empty to a table that has rows: filled with a value, and then without a default.

The schema of the code has no defaults in the database, so the one that fills the old rows is taken away again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def add_filled(table: str, *columns: tuple[str, sa.types.TypeEngine[Any], str]) -> None:
    """Add NOT NULL columns, each as (name, type, the SQL text of what the rows that are there get)."""
    with op.batch_alter_table(table) as batch:
        for name, kind, value in columns:
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=sa.text(value)))
    with op.batch_alter_table(table) as batch:
        for name, kind, _ in columns:
            batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
