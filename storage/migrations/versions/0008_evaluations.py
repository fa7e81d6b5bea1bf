"""Evaluations, who is asked, and what is said without a name"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("werkgroep", "overleg", "jubel- en klaagmuur", "midterm", "eind")
STATES = ("gepland", "uitgezet", "inbreng gesloten", "besproken", "bijsturing belegd", "afgerond", "vervallen")
ADVICE = ("voortzetten", "bijstellen", "combineren", "opheffen")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "evaluation",
        _text("id"),
        sa.Column("kind", _one_of(KINDS, "evaluation_kind"), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", _one_of(STATES, "evaluation_state"), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        _text("process"),
        _text("content"),
        _text("relation"),
        _text("method"),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("praise", sa.JSON(), nullable=False),
        sa.Column("complaints", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        _text("no_actions"),
        sa.Column("advice", _one_of(ADVICE, "advice"), nullable=True),
        _text("because"),
        sa.ForeignKeyConstraint(["about"], ["body.code"], name=op.f("fk_evaluation_about")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index("ix_evaluation_about_day", ["about", "day"], unique=False)
        batch_op.create_index("ix_evaluation_state_day", ["state", "day"], unique=False)
    op.create_table(
        "respondent",
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluation.id"], name=op.f("fk_respondent_evaluation")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_respondent_person")),
        sa.PrimaryKeyConstraint("evaluation", "person", name=op.f("pk_respondent")),
    )
    op.create_table(
        "voice",
        _text("about"),
        _text("subject"),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("about", "subject", name=op.f("pk_voice")),
    )


def downgrade() -> None:
    op.drop_table("voice")
    op.drop_table("respondent")
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.drop_index("ix_evaluation_state_day")
        batch_op.drop_index("ix_evaluation_about_day")
    op.drop_table("evaluation")
