"""Requests for help found by when they were asked"""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_help_request_asked_at", "help_request", ["asked_at"])


def downgrade() -> None:
    op.drop_index("ix_help_request_asked_at", "help_request")
