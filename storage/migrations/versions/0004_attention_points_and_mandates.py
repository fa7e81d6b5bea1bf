"""Attention points, mandates, and the search through all that was ever written"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from commands.rules.likeness import folded
from storage.backend import ARCHIVE, archive_schema
from storage.migrations.filled import add_filled

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    with op.batch_alter_table("agreement") as batch:
        batch.add_column(sa.Column("category", text, nullable=True))
        batch.add_column(sa.Column("within_mandate", sa.Boolean(), nullable=True))
    add_filled("agreement", ("variants", sa.JSON(), "'[]'"))
    op.create_table(
        "attention_point",
        sa.Column("id", text, nullable=False),
        sa.Column("text", text, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "geagendeerd",
                "bekrachtigd",
                "niet overgenomen",
                "vervallen",
                name="attention_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("confirmed_as", text, nullable=True),
        sa.Column("because", text, nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_attention_point_body")),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_attention_point_item")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_attention_point_made_by")),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_attention_point_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_point")),
    )
    op.create_index("ix_attention_point_body_state", "attention_point", ["body", "state"])
    op.create_index(op.f("ix_attention_point_item"), "attention_point", ["item"])
    op.create_index(op.f("ix_attention_point_meeting"), "attention_point", ["meeting"])
    op.create_table(
        "mandate",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("text", text, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "van kracht",
                "ingetrokken",
                name="mandate_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["given_by"], ["body.code"], name=op.f("fk_mandate_given_by")),
        sa.ForeignKeyConstraint(["id"], ["body.code"], name=op.f("fk_mandate_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_mandate_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    for statement in archive_schema(op.get_bind().dialect.name):
        op.execute(statement)
    if archive_schema(op.get_bind().dialect.name):
        _index_what_is_there()


def _index_what_is_there() -> None:
    """What stands in the register before this search was there is found as well."""
    bind = op.get_bind()
    found = (
        "SELECT id, title, coalesce(topic, ''), outcome, explanation FROM signal",
        "SELECT id, text, coalesce(category, ''), outcome, '' FROM decision",
        "SELECT id, text, goal, meaning, outcome FROM agreement",
    )
    for query in found:
        for id, *texts in bind.execute(sa.text(query)).all():
            owner = sa.text(f"INSERT INTO {ARCHIVE}_of (about) VALUES (:about) RETURNING id")  # noqa: S608
            row = bind.execute(owner, {"about": id}).scalar()
            added = sa.text(f"INSERT INTO {ARCHIVE} (rowid, body) VALUES (:row, :body)")  # noqa: S608
            bind.execute(added, {"row": row, "body": folded(" ".join(texts))})
