"""In which group help was asked, and in which programme a success was told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("help_request") as batch:
        batch.add_column(sa.Column("body", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_help_request_body"), "body", ["body"], ["code"])
        batch.create_index("ix_help_request_body_state", ["body", "state"])
    with op.batch_alter_table("success") as batch:
        batch.add_column(sa.Column("within", sa.Text(), nullable=True))
        batch.add_column(sa.Column("staged_in", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_success_within"), "body", ["within"], ["code"])
        batch.create_foreign_key(op.f("fk_success_staged_in"), "meeting", ["staged_in"], ["id"])
        batch.create_index("ix_success_within_staged_in", ["within", "staged_in"])


def downgrade() -> None:
    with op.batch_alter_table("success") as batch:
        batch.drop_index("ix_success_within_staged_in")
        batch.drop_constraint(op.f("fk_success_staged_in"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_success_within"), type_="foreignkey")
        batch.drop_column("staged_in")
        batch.drop_column("within")
    with op.batch_alter_table("help_request") as batch:
        batch.drop_index("ix_help_request_body_state")
        batch.drop_constraint(op.f("fk_help_request_body"), type_="foreignkey")
        batch.drop_column("body")
