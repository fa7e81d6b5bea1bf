"""The list of a midterm review, the right of reply and what lets it out"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("evaluation", ("progress", sa.JSON(), "'[]'"))
    with op.batch_alter_table("evaluation") as batch:
        batch.add_column(sa.Column("reply_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("published_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("evaluation") as batch:
        batch.drop_column("published_by")
        batch.drop_column("reply_until")
        batch.drop_column("progress")
