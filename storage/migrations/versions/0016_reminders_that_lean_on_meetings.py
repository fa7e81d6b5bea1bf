"""Reminders whose date leans on a meeting"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("reminder", ("anchor_text", sqlmodel.sql.sqltypes.AutoString(), "''"))
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.add_column(sa.Column("anchor", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_reminder_anchor"), ["anchor"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_reminder_anchor"), "meeting", ["anchor"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reminder_anchor"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_reminder_anchor"))
        batch_op.drop_column("anchor_text")
        batch_op.drop_column("anchor")
