"""Requests for help, who knows of what, and what deserves a stage"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

HELP = ("gesteld", "in contact", "beantwoord", "doorgezet", "ingetrokken")
SUCCESS = ("wacht op toestemming", "te delen", "geplaatst", "ingetrokken")
TRACK = ("aanspreken", "aanjagen", "onbepaald")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sqlmodel.sql.sqltypes.UTCDateTime(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "help_request",
        _text("id"),
        _text("text"),
        sa.Column("by", sa.Text(), nullable=True),
        _instant("asked_at"),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        _text("topic", nullable=True),
        sa.Column("state", _one_of(HELP, "help_state"), nullable=False),
        sa.Column("matches", sa.JSON(), nullable=False),
        sa.Column("willing", sa.JSON(), nullable=False),
        sa.Column("in_touch", sa.JSON(), nullable=False),
        _text("outcome"),
        sa.Column("signal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_help_request_by")),
        sa.ForeignKeyConstraint(["signal"], ["signal.id"], name=op.f("fk_help_request_signal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    op.create_index("ix_help_request_by_state", "help_request", ["by", "state"])
    op.create_table(
        "help_asker",
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["request"], ["help_request.id"], name=op.f("fk_help_asker_request")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_help_asker_person")),
        sa.PrimaryKeyConstraint("request", name=op.f("pk_help_asker")),
    )
    op.create_index("ix_help_asker_person", "help_asker", ["person"])
    op.create_table(
        "expertise",
        _text("id"),
        sa.Column("person", sa.Text(), nullable=False),
        _text("topic"),
        _text("key"),
        sa.Column("state", _one_of(("aangemeld", "afgemeld"), "expert_state"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_expertise_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expertise")),
    )
    op.create_index("ix_expertise_key_state", "expertise", ["key", "state"])
    op.create_index("ix_expertise_person", "expertise", ["person"])
    op.create_table(
        "success",
        _text("id"),
        _text("text"),
        _text("pioneer"),
        sa.Column("by", sa.Text(), nullable=False),
        _instant("made_at"),
        sa.Column("track", _one_of(TRACK, "track"), nullable=False),
        sa.Column("state", _one_of(SUCCESS, "success_state"), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("consent_by", sa.Text(), nullable=True),
        _instant("consent_at", nullable=True),
        sa.Column("placed_in", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_success_by")),
        sa.ForeignKeyConstraint(["consent_by"], ["person.id"], name=op.f("fk_success_consent_by")),
        sa.ForeignKeyConstraint(["placed_in"], ["meeting.id"], name=op.f("fk_success_placed_in")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_success")),
    )
    op.create_index("ix_success_state", "success", ["state"])


def downgrade() -> None:
    op.drop_index("ix_success_state", "success")
    op.drop_table("success")
    op.drop_index("ix_expertise_person", "expertise")
    op.drop_index("ix_expertise_key_state", "expertise")
    op.drop_table("expertise")
    op.drop_index("ix_help_asker_person", "help_asker")
    op.drop_table("help_asker")
    op.drop_index("ix_help_request_by_state", "help_request")
    op.drop_table("help_request")
