"""Groups that end: how they were extended, wound up and handed over, what a proposal about one says, items about one"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def choice(name: str, *values: str) -> Any:
    """The kind of a column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    groups = _taken("workgroup")
    op.drop_table("workgroup")
    _make_workgroup()
    _put_back(
        "workgroup",
        groups,
        scope_changes=0,
        chair_because="",
        advice="",
        ended_because="",
        why_not_group="",
        held_to="",
    )
    proposals = _taken("proposal")
    op.drop_table("proposal")
    _make_proposal()
    _put_back("proposal", proposals)
    op.add_column("agenda_item", sa.Column("group", sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def _taken(name: str) -> list[dict[str, Any]]:
    """The rows of a table, before it is made anew: a check on a column cannot be changed everywhere."""
    table = _known(name)
    return [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()]


def _put_back(name: str, rows: list[dict[str, Any]], **fill: Any) -> None:
    if rows:
        op.get_bind().execute(sa.insert(_known(name)), [{**fill, **row} for row in rows])


def _known(name: str) -> sa.Table:
    """The table as the database has it; values that are not there stay SQL's NULL."""
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    for column in table.columns:
        if isinstance(column.type, sa.JSON):
            column.type = sa.JSON(none_as_null=True)
        elif isinstance(column.type, sa.DateTime):
            column.type = sqlmodel.sql.sqltypes.UTCDateTime()
    return table


def _make_workgroup() -> None:
    op.create_table(
        "workgroup",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            choice("body_kind", "vast", "werkgroep", "programma", "connectie"),
            nullable=False,
        ),
        sa.Column(
            "state",
            choice(
                "group_state",
                "voorgesteld",
                "ingesteld",
                "actief",
                "verlopen",
                "afronding",
                "opgeheven",
                "beëindigd",
                "opgegaan",
                "afgewezen",
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("task", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("not_task", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("chair", sa.Text(), nullable=True),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("with_externals", sa.Boolean(), nullable=False),
        sa.Column("occasion", sa.JSON(), nullable=False),
        sa.Column(
            "track",
            choice("track", "aanspreken", "aanjagen", "onbepaald"),
            nullable=False,
        ),
        sa.Column("evaluate_by", sa.Date(), nullable=True),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("last_feedback", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("scope_changes", sa.Integer(), nullable=False),
        sa.Column("chair_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("advice", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("policy_change", choice("policy_change", "ja", "nee", "naderbezien"), nullable=True),
        sa.Column("absorbed_into", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why_not_group", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phase", choice("phase", "vertrouwen winnen", "voortgang boeken", "vooruitkijken"), nullable=True),
        sa.Column("held_to", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("final_review", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("handed_over_to", sa.Text(), nullable=True),
        sa.Column("template", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("within", sa.Text(), nullable=True),
        sa.Column("seat", choice("seat", "stuurgroep", "programmateam", "kerngroep", "projectgroep"), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_workgroup_end_after_start")),
        sa.ForeignKeyConstraint(["chair"], ["person.id"], name=op.f("fk_workgroup_chair")),
        sa.ForeignKeyConstraint(["code"], ["body.code"], name=op.f("fk_workgroup_code")),
        sa.ForeignKeyConstraint(["parent"], ["body.code"], name=op.f("fk_workgroup_parent")),
        sa.ForeignKeyConstraint(["absorbed_into"], ["body.code"], name=op.f("fk_workgroup_absorbed_into")),
        sa.ForeignKeyConstraint(["handed_over_to"], ["body.code"], name=op.f("fk_workgroup_handed_over_to")),
        sa.ForeignKeyConstraint(["within"], ["body.code"], name=op.f("fk_workgroup_within")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_workgroup")),
    )


def _make_proposal() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            choice(
                "proposal_kind",
                "escaleren",
                "werkgroep instellen",
                "opdracht wijzigen",
                "verlengen",
                "omvormen",
                "opheffen",
                "spoor wijzigen",
            ),
            nullable=False,
        ),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirms", sa.Text(), nullable=False),
        sa.Column(
            "state",
            choice("proposal_state", "ingediend", "bekrachtigd", "afgewezen", "ingetrokken"),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("to_body", sa.Text(), nullable=True),
        sa.Column("brief", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("terms", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("in_between", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposer OR state = 'ingetrokken'",
            name=op.f("ck_proposal_second_person"),
        ),
        sa.ForeignKeyConstraint(["confirms"], ["body.code"], name=op.f("fk_proposal_confirms")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_proposal_decided_by")),
        sa.ForeignKeyConstraint(["proposer"], ["person.id"], name=op.f("fk_proposal_proposer")),
        sa.ForeignKeyConstraint(["to_body"], ["body.code"], name=op.f("fk_proposal_to_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_confirms_state", ["confirms", "state"], unique=False)
        batch_op.create_index(
            "uq_proposal_open",
            ["about"],
            unique=True,
            sqlite_where=sa.text("state = 'ingediend'"),
            postgresql_where=sa.text("state = 'ingediend'"),
        )
