"""Corrections of minutes, and the texts that tell others of a meeting"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CORRECTION = ("open", "verwerkt", "afgewezen", "ingetrokken")
BULLETIN = ("concept", "verzonden", "vervallen")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "correction",
        _text("id"),
        sa.Column("meeting", sa.Text(), nullable=False),
        _text("about"),
        _text("text"),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", _one_of(CORRECTION, "correction_state"), nullable=False),
        _text("because"),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_correction_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_correction_meeting")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_correction_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_meeting_state", "correction", ["meeting", "state"])
    op.create_table(
        "bulletin",
        _text("id"),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("kind", _one_of(("terugblik", "bericht"), "bulletin_kind"), nullable=False),
        _text("to"),
        _text("text"),
        sa.Column("releases", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", _one_of(BULLETIN, "bulletin_state"), nullable=False),
        _text("route"),
        sa.Column("released_by", sa.Text(), nullable=True),
        sa.Column("released_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        _text("because"),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_bulletin_meeting")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_bulletin_released_by")),
        sa.ForeignKeyConstraint(["releases"], ["person.id"], name=op.f("fk_bulletin_releases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index("ix_bulletin_meeting_state", "bulletin", ["meeting", "state"])


def downgrade() -> None:
    op.drop_index("ix_bulletin_meeting_state", "bulletin")
    op.drop_table("bulletin")
    op.drop_index("ix_correction_meeting_state", "correction")
    op.drop_table("correction")
