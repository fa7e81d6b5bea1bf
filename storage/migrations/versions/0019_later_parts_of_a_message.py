"""The later parts of a message, so that a reply to one of them is a reply to the message"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_part",
        sa.Column("outbox", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["outbox"], ["outbox.id"], name=op.f("fk_outbox_part_outbox")),
        sa.PrimaryKeyConstraint("outbox", "number", name=op.f("pk_outbox_part")),
    )
    op.create_index(op.f("ix_outbox_part_event_id"), "outbox_part", ["event_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_part_event_id"), "outbox_part")
    op.drop_table("outbox_part")
