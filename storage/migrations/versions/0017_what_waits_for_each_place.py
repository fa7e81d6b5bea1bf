"""What is to be sent to one place is found without the messages that went there before"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

UNSENT = sa.text("sent_at IS NULL")


def upgrade() -> None:
    columns = ["to", "sent_at", "id"]
    op.create_index("ix_outbox_unsent_to", "outbox", columns, sqlite_where=UNSENT, postgresql_where=UNSENT)


def downgrade() -> None:
    op.drop_index("ix_outbox_unsent_to", "outbox")
