"""From which side a signal was raised, and the actions of a body by when they were given"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    side = sa.Enum("van onderop", "van bovenaf", name="direction", native_enum=False, length=32, create_constraint=True)
    with op.batch_alter_table("signal") as batch:
        batch.add_column(sa.Column("direction", side, nullable=True))
    op.create_index("ix_action_body_made_at", "action", ["body", "made_at"])


def downgrade() -> None:
    op.drop_index("ix_action_body_made_at", "action")
    with op.batch_alter_table("signal") as batch:
        batch.drop_constraint(op.f("ck_signal_direction"), type_="check")
        batch.drop_column("direction")
