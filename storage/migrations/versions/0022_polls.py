"""One question to everyone in a body, and who was asked"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _one_of(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", _one_of("energie", "tijd waard", name="poll_kind"), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("occasion", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=True),
        sa.Column("state", _one_of("uitgezet", "vervallen", name="poll_state"), nullable=False),
        sa.ForeignKeyConstraint(["about"], ["body.code"], name=op.f("fk_poll_about")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_poll_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index("ix_poll_about_asked_on", "poll", ["about", "asked_on"])
    op.create_table(
        "polled",
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_polled_poll")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_polled_person")),
        sa.PrimaryKeyConstraint("poll", "person", name=op.f("pk_polled")),
    )


def downgrade() -> None:
    op.drop_table("polled")
    op.drop_index("ix_poll_about_asked_on", "poll")
    op.drop_table("poll")
