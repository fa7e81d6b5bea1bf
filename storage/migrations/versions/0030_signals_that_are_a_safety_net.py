"""The label vangnet of a signal"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.filled import add_filled

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("signal", ("safety_net", sa.Boolean(), "false"))


def downgrade() -> None:
    with op.batch_alter_table("signal") as batch:
        batch.drop_column("safety_net")
