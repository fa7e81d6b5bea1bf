"""Along which line feedback goes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.filled import add_filled

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("feedback", ("line", sa.JSON(), "'[]'"))


def downgrade() -> None:
    with op.batch_alter_table("feedback") as batch:
        batch.drop_column("line")
