"""Agreements found by the body they are accounted for to"""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_agreement_accountable_to_state", "agreement", ["accountable_to", "state"])


def downgrade() -> None:
    op.drop_index("ix_agreement_accountable_to_state", "agreement")
