"""Which part of a message is being sent stands with the message, and no longer with the channel"""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OUTBOX = sa.table("outbox", *(sa.column(name) for name in ("id", "key", "parts_sent", "begun", "sent_at", "failed")))
MEMORY = sa.table("memory", *(sa.column(name) for name in ("channel", "key", "value")))
BEGUN = sa.and_(MEMORY.c.channel == "teams", MEMORY.c.key.like("sending:%"))


def upgrade() -> None:
    op.add_column("outbox", sa.Column("begun", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column("begun", server_default=None)
    connection = op.get_bind()
    marks = set(connection.scalars(sa.select(MEMORY.c.value).where(BEGUN)))
    unsent = sa.select(OUTBOX).where(OUTBOX.c.sent_at.is_(None), OUTBOX.c.failed == "")
    for row in connection.execute(unsent).all():
        part = row.parts_sent + 1
        if sha256(f"{row.key}:{part}".encode()).hexdigest()[:32] in marks:
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == row.id).values(begun=part))
    connection.execute(sa.delete(MEMORY).where(BEGUN))


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("begun")
