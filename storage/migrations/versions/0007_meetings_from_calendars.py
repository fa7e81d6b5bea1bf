"""Meetings from calendars: the number under which a meeting came in"""

from __future__ import annotations

import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("meeting", ("uid", sqlmodel.sql.sqltypes.AutoString(), "''"))
    op.create_index("ix_meeting_uid", "meeting", ["uid"])
