"""Agreements found by who leads them"""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_agreement_lead_state", "agreement", ["lead", "state"])


def downgrade() -> None:
    op.drop_index("ix_agreement_lead_state", "agreement")
