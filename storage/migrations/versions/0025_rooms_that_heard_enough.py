"""What waits for a room that heard enough this week, and what counts as said there unasked"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("counted", sa.Date(), nullable=True))
    op.create_index("ix_outbox_to_counted", "outbox", ["to", "counted"])
    failed = sa.text("failed != ''")
    op.create_index("ix_outbox_failed", "outbox", ["made_at"], sqlite_where=failed, postgresql_where=failed)
    op.create_table(
        "held_post",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("key"),
        _text("to"),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        _text("source"),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_post")),
        sa.UniqueConstraint("key", name=op.f("uq_held_post_key")),
    )
    op.create_index("ix_held_post_source", "held_post", ["source"])
    waiting = sa.text("told_at IS NULL")
    op.create_index("ix_held_post_waiting", "held_post", ["to", "id"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_held_post_waiting", "held_post")
    op.drop_index("ix_held_post_source", "held_post")
    op.drop_table("held_post")
    op.drop_index("ix_outbox_failed", "outbox")
    op.drop_index("ix_outbox_to_counted", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("counted")
