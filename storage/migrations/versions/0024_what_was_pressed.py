"""A card leads to what was pressed on it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PRESSED = sa.text("kind = 'pressed'")


def upgrade() -> None:
    op.create_index("ix_inbox_pressed", "inbox", ["target"], sqlite_where=PRESSED, postgresql_where=PRESSED)


def downgrade() -> None:
    op.drop_index("ix_inbox_pressed", "inbox")
