"""Delegations whose date leans on a meeting"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signal_anchor",
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_signal_anchor_meeting")),
        sa.ForeignKeyConstraint(["signal"], ["signal.id"], name=op.f("fk_signal_anchor_signal")),
        sa.PrimaryKeyConstraint("meeting", "signal", name=op.f("pk_signal_anchor")),
    )


def downgrade() -> None:
    op.drop_table("signal_anchor")
