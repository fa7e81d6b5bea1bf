"""The communication plan of a programme, and how many authorities told how they stand in its midterm review"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.filled import add_filled

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workgroup") as batch:
        batch.add_column(sa.Column("communication", sa.JSON(none_as_null=True), nullable=True))
    add_filled("evaluation", ("authorities", sa.Integer(), "0"))
    with op.batch_alter_table("evaluation") as batch:
        batch.add_column(sa.Column("reported", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("evaluation") as batch:
        batch.drop_column("reported")
        batch.drop_column("authorities")
    with op.batch_alter_table("workgroup") as batch:
        batch.drop_column("communication")
