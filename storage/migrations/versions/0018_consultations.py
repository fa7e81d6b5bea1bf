"""Consultations, and texts for others that are about something else than a meeting"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATES = ("open", "standpunt vastgesteld", "ingetrokken")
BEFORE = ("terugblik", "bericht")
KINDS = (*BEFORE, "raadpleging", "terugkoppeling", "inbreng")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "consultation",
        _text("id"),
        _text("question"),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        _text("about"),
        sa.Column("state", _one_of(STATES, "consultation_state"), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        _text("because"),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_consultation_body")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_consultation_made_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_consultation_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_about", "consultation", ["about"])
    op.create_index("ix_consultation_body_state", "consultation", ["body", "state"])
    op.create_index("ix_consultation_meeting", "consultation", ["meeting"])
    add_filled("bulletin", ("about", sqlmodel.sql.sqltypes.AutoString(), "''"), ("line", sa.JSON(), "'[]'"))
    with op.batch_alter_table("bulletin") as batch:
        batch.alter_column("meeting", existing_type=sa.Text(), nullable=True)
        batch.alter_column(
            "kind", existing_type=_one_of(BEFORE, "bulletin_kind"), type_=_one_of(KINDS, "bulletin_kind")
        )
    op.create_index("ix_bulletin_about", "bulletin", ["about"])
    op.create_index("ix_bulletin_state_releases", "bulletin", ["state", "releases"])


def downgrade() -> None:
    op.drop_index("ix_bulletin_state_releases", "bulletin")
    op.drop_index("ix_bulletin_about", "bulletin")
    with op.batch_alter_table("bulletin") as batch:
        batch.alter_column(
            "kind", existing_type=_one_of(KINDS, "bulletin_kind"), type_=_one_of(BEFORE, "bulletin_kind")
        )
        batch.alter_column("meeting", existing_type=sa.Text(), nullable=False)
        batch.drop_column("line")
        batch.drop_column("about")
    op.drop_table("consultation")
