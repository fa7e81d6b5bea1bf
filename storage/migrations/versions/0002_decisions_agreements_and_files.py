"""Decisions, agreements and files"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.migrations.filled import add_filled

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("binds", sa.JSON(), nullable=False),
        sa.Column("responsible", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("accountable_to", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "concept",
                "vastgesteld",
                "niet gerealiseerd",
                "vervallen",
                "vervangen",
                name="agreement_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "progress",
            sa.Enum(
                "op papier",
                "in voorbereiding",
                "in uitvoering",
                "gerealiseerd",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column(
            "due_kind",
            sa.Enum(
                "uiterlijk",
                "streefdatum",
                "doorlopend",
                name="due_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("goal", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "track",
            sa.Enum(
                "aanspreken",
                "aanjagen",
                "onbepaald",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "pdca",
            sa.Enum("plan", "do", "check", "act", name="pdca", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("act", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "in_time",
            sa.Enum(
                "haalbaar",
                "doorpakken nodig",
                "niet haalbaar",
                "onbekend",
                name="in_time",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "in_money",
            sa.Enum(
                "haalbaar",
                "doorpakken nodig",
                "niet haalbaar",
                "onbekend",
                name="in_money",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("stands", sa.JSON(), nullable=False),
        sa.Column("needs_measure", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("measure_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.Column("fixed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("fixed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["accountable_to"], ["body.code"], name=op.f("fk_agreement_accountable_to")),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_agreement_body")),
        sa.ForeignKeyConstraint(["fixed_by"], ["person.id"], name=op.f("fk_agreement_fixed_by")),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_agreement_item")),
        sa.ForeignKeyConstraint(["lead"], ["person.id"], name=op.f("fk_agreement_lead")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_agreement_made_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_agreement_meeting")),
        sa.ForeignKeyConstraint(["replaced_by"], ["agreement.id"], name=op.f("fk_agreement_replaced_by")),
        sa.ForeignKeyConstraint(["replaces"], ["agreement.id"], name=op.f("fk_agreement_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_body_state", ["body", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_item"), ["item"], unique=False)
        batch_op.create_index("ix_agreement_made_at", ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_meeting"), ["meeting"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "concept",
                "vastgesteld",
                "in uitvoering",
                "uitgevoerd",
                "niet uitgevoerd",
                "herzien",
                "vervallen",
                name="decision_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("within_mandate", sa.Boolean(), nullable=True),
        sa.Column("not_represented", sa.JSON(), nullable=False),
        sa.Column("stands", sa.JSON(), nullable=False),
        sa.Column("needs_measure", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("measure_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revises", sa.Text(), nullable=True),
        sa.Column("revised_by", sa.Text(), nullable=True),
        sa.Column("public", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("fixed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("fixed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_decision_body")),
        sa.ForeignKeyConstraint(["fixed_by"], ["person.id"], name=op.f("fk_decision_fixed_by")),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_decision_item")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_decision_made_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_decision_meeting")),
        sa.ForeignKeyConstraint(["revised_by"], ["decision.id"], name=op.f("fk_decision_revised_by")),
        sa.ForeignKeyConstraint(["revises"], ["decision.id"], name=op.f("fk_decision_revises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("ix_decision_body_state", ["body", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_item"), ["item"], unique=False)
        batch_op.create_index("ix_decision_made_at", ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_meeting"), ["meeting"], unique=False)

    text = sqlmodel.sql.sqltypes.AutoString()
    add_filled("action", ("anchor_text", text, "''"), ("waits_for", text, "''"))
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", text, nullable=True))
        batch_op.add_column(sa.Column("anchor", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("deputy", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_action_anchor"), ["anchor"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_origin"), ["origin"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_action_anchor"), "meeting", ["anchor"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_action_deputy"), "person", ["deputy"], ["id"])
    add_filled(
        "agenda_item",
        ("hammer", sa.Boolean(), "false"),
        ("interest", text, "''"),
        ("papers", sa.JSON(), "'[]'"),
        ("stands", sa.JSON(), "'[]'"),
        ("beforehand", text, "''"),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", text, nullable=True))
        batch_op.add_column(sa.Column("previous", sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_agenda_item_previous"), "agenda_item", ["previous"], ["id"])
    add_filled("meeting", ("present", sa.JSON(), "'[]'"), ("minutes", text, "''"), ("sequence", sa.Integer(), "0"))
    add_filled("outbox", ("files", sa.JSON(), "'[]'"))
