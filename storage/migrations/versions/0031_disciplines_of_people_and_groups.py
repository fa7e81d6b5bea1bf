"""Disciplines: declared by people, and those of a group"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_filled("workgroup", ("disciplines", sa.JSON(), "'[]'"))
    states = ("opgegeven", "ingetrokken")
    state = sa.Enum(*states, name="discipline_state", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "discipline",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_discipline_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discipline")),
    )
    op.create_index("ix_discipline_name_state", "discipline", ["name", "state"])
    op.create_index("ix_discipline_person", "discipline", ["person"])


def downgrade() -> None:
    op.drop_index("ix_discipline_person", "discipline")
    op.drop_index("ix_discipline_name_state", "discipline")
    op.drop_table("discipline")
    with op.batch_alter_table("workgroup") as batch:
        batch.drop_column("disciplines")
