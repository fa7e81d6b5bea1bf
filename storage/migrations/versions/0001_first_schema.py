"""First schema"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

from storage.backend import append_only, search_schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "vast",
                "werkgroep",
                "programma",
                "connectie",
                name="body_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_body")),
    )
    op.create_table(
        "counter",
        sa.Column("prefix", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("occasion", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("meant", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("about", "kind", "occasion", name=op.f("uq_due_about_kind_occasion")),
    )
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.create_index(
            "ix_due_open",
            ["at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("sender", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("thread", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("quoted", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quoted_sender", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "nieuw",
                "gedaan",
                "niet voor ons",
                "mislukt",
                name="inbox_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("error", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "event_id", name=op.f("uq_inbox_channel_event_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_new",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'nieuw'"),
            postgresql_where=sa.text("state = 'nieuw'"),
        )

    op.create_table(
        "memory",
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "key", name=op.f("pk_memory")),
    )
    op.create_table(
        "person",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("organisation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("matrix", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("teams", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "address",
            sa.Enum("je", "u", name="address", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("deputy", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("matrix", name=op.f("uq_person_matrix")),
        sa.UniqueConstraint("teams", name=op.f("uq_person_teams")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)

    op.create_table(
        "deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_deed_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
    )
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.create_index("ix_deed_person_id", ["person", "id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("to", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_feedback_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_about_at", ["about", "at"], unique=False)
        batch_op.create_index("ix_feedback_to_at", ["to", "at"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "regulier",
                "reflectie",
                "informeel",
                "tussentijds",
                "kennis",
                name="meeting_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "concept",
                "gepland",
                "agenda vastgesteld",
                "gehouden",
                "verslag concept",
                "verslag vastgesteld",
                "afgesloten",
                "geannuleerd",
                name="meeting_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("round", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_meeting_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_body_day", ["body", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_day"), ["day"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "escaleren",
                "werkgroep instellen",
                "opdracht wijzigen",
                "verlengen",
                "opheffen",
                "spoor wijzigen",
                name="proposal_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("confirms", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ingediend",
                "bekrachtigd",
                "afgewezen",
                "ingetrokken",
                name="proposal_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("to_body", sa.Text(), nullable=True),
        sa.Column("brief", sa.JSON(none_as_null=True), nullable=True),
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

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("command", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("missing", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("thread", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "beantwoord",
                "afgebroken",
                "verlopen",
                name="question_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_question_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_person_state", ["person", "state"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "voorzitter",
                "secretaris",
                "lid",
                "inhoudelijk",
                "extern",
                "trekker",
                "koepelcontact",
                "connectielid",
                "beheerder",
                name="role_name",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on_behalf_of", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("deputy", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("deputy_start", sa.Date(), nullable=True),
        sa.Column("deputy_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_role_body")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("person", "body", "role", "start", name=op.f("uq_role_person_body_role_start")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_body"), ["body"], unique=False)

    op.create_table(
        "room",
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("matrix", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("teams", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_room_body")),
        sa.PrimaryKeyConstraint("body", name=op.f("pk_room")),
        sa.UniqueConstraint("matrix", name=op.f("uq_room_matrix")),
        sa.UniqueConstraint("teams", name=op.f("uq_room_teams")),
    )
    op.create_table(
        "signal",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("raised_by", sa.JSON(), nullable=False),
        sa.Column("on_behalf_of", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ingediend",
                "aangehouden",
                "in behandeling",
                "geagendeerd",
                "besloten",
                "afgehandeld",
                "afgewezen",
                "gesloten",
                "samengevoegd",
                "ingetrokken",
                name="signal_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lies_with", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("filed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("changed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("explanation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("hops", sa.JSON(), nullable=False),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acuut",
                "trend",
                "proces",
                "overig",
                name="signal_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "horizon",
            sa.Enum("strategie", "actualiteit", name="horizon", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
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
        sa.Column("region", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("interest", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("relevant", sa.Boolean(), nullable=True),
        sa.Column("relevant_because", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("brief", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "policy_change",
            sa.Enum(
                "ja", "nee", "naderbezien", name="policy_change", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("weighed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("settled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["lies_with"], ["body.code"], name=op.f("fk_signal_lies_with")),
        sa.ForeignKeyConstraint(["merged_into"], ["signal.id"], name=op.f("fk_signal_merged_into")),
        sa.ForeignKeyConstraint(["owner"], ["body.code"], name=op.f("fk_signal_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.create_index("ix_signal_filed_at", ["filed_at"], unique=False)
        batch_op.create_index("ix_signal_lies_with_state", ["lies_with", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index("ix_signal_owner_settled_at", ["owner", "settled_at"], unique=False)
        batch_op.create_index("ix_signal_owner_state", ["owner", "state"], unique=False)
        batch_op.create_index("ix_signal_state_filed_at", ["state", "filed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_topic"), ["topic"], unique=False)

    op.create_table(
        "workgroup",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "vast",
                "werkgroep",
                "programma",
                "connectie",
                name="body_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "voorgesteld",
                "ingesteld",
                "actief",
                "verlopen",
                "afronding",
                "opgeheven",
                "opgegaan",
                "afgewezen",
                name="group_state",
                native_enum=False,
                create_constraint=True,
                length=32,
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
        sa.Column("evaluate_by", sa.Date(), nullable=True),
        sa.Column("evaluated_on", sa.Date(), nullable=True),
        sa.Column("last_feedback", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_workgroup_end_after_start")),
        sa.ForeignKeyConstraint(["chair"], ["person.id"], name=op.f("fk_workgroup_chair")),
        sa.ForeignKeyConstraint(["code"], ["body.code"], name=op.f("fk_workgroup_code")),
        sa.ForeignKeyConstraint(["parent"], ["body.code"], name=op.f("fk_workgroup_parent")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_workgroup")),
    )
    op.create_table(
        "action",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "verzoek",
                "open",
                "afgerond",
                "geweigerd",
                "vervallen",
                name="action_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
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
        sa.Column("signal", sa.Text(), nullable=True),
        sa.Column("postponed", sa.Integer(), nullable=False),
        sa.Column("done_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("postponed >= 0", name=op.f("ck_action_postponed")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_action_asked_by")),
        sa.ForeignKeyConstraint(["body"], ["body.code"], name=op.f("fk_action_body")),
        sa.ForeignKeyConstraint(["holder"], ["person.id"], name=op.f("fk_action_holder")),
        sa.ForeignKeyConstraint(["signal"], ["signal.id"], name=op.f("fk_action_signal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index("ix_action_body_state", ["body", "state", "due"], unique=False)
        batch_op.create_index("ix_action_holder_state", ["holder", "state", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_signal"), ["signal"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "besluitvorming",
                "bespreking",
                "informatie",
                "terugkoppeling",
                "evaluatie",
                "proces",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "horizon",
            sa.Enum("strategie", "actualiteit", name="horizon", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("raiser", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "voorgesteld",
                "geagendeerd",
                "behandeld",
                "afgevoerd",
                "doorgeschoven",
                name="item_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("main_line", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("choice", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ask", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("without", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("moved_on", sa.Integer(), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_agenda_item_meeting")),
        sa.ForeignKeyConstraint(["raiser"], ["person.id"], name=op.f("fk_agenda_item_raiser")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting"), ["meeting"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_state", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("to_state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("deed", sa.Integer(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["deed"], ["deed.id"], name=op.f("fk_history_deed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("ix_history_about_id", ["about", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_deed"), ["deed"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("to", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("channel", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("reply_to", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("thread", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=True),
        sa.Column("due", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("next_try", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("event_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("sent_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("failed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["question"], ["question.id"], name=op.f("fk_outbox_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_reply_to"), ["reply_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_thread"), ["thread"], unique=False)
        batch_op.create_index("ix_outbox_to_id", ["to", "id"], unique=False)
        batch_op.create_index(
            "ix_outbox_unsent",
            ["id"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.create_table(
        "signal_raiser",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_signal_raiser_person")),
        sa.ForeignKeyConstraint(["signal"], ["signal.id"], name=op.f("fk_signal_raiser_signal")),
        sa.PrimaryKeyConstraint("person", "signal", name=op.f("pk_signal_raiser")),
    )
    op.create_table(
        "agenda_item_signal",
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["agenda_item.id"], name=op.f("fk_agenda_item_signal_item")),
        sa.ForeignKeyConstraint(["signal"], ["signal.id"], name=op.f("fk_agenda_item_signal_signal")),
        sa.PrimaryKeyConstraint("signal", "item", name=op.f("pk_agenda_item_signal")),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*append_only(dialect), *search_schema(dialect)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("agenda_item_signal")
    op.drop_table("signal_raiser")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unsent", sqlite_where=sa.text("sent_at IS NULL"), postgresql_where=sa.text("sent_at IS NULL")
        )
        batch_op.drop_index("ix_outbox_to_id")
        batch_op.drop_index(batch_op.f("ix_outbox_thread"))
        batch_op.drop_index(batch_op.f("ix_outbox_reply_to"))
        batch_op.drop_index(batch_op.f("ix_outbox_event_id"))

    op.drop_table("outbox")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_deed"))
        batch_op.drop_index("ix_history_about_id")

    op.drop_table("history")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_meeting"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_signal"))
        batch_op.drop_index("ix_action_holder_state")
        batch_op.drop_index("ix_action_body_state")

    op.drop_table("action")
    op.drop_table("workgroup")
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_topic"))
        batch_op.drop_index("ix_signal_state_filed_at")
        batch_op.drop_index("ix_signal_owner_state")
        batch_op.drop_index("ix_signal_owner_settled_at")
        batch_op.drop_index(batch_op.f("ix_signal_merged_into"))
        batch_op.drop_index("ix_signal_lies_with_state")
        batch_op.drop_index("ix_signal_filed_at")

    op.drop_table("signal")
    op.drop_table("room")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_body"))

    op.drop_table("role")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index("ix_question_person_state")

    op.drop_table("question")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_proposal_open",
            sqlite_where=sa.text("state = 'ingediend'"),
            postgresql_where=sa.text("state = 'ingediend'"),
        )
        batch_op.drop_index("ix_proposal_confirms_state")

    op.drop_table("proposal")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_day"))
        batch_op.drop_index("ix_meeting_body_day")

    op.drop_table("meeting")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("ix_feedback_to_at")
        batch_op.drop_index("ix_feedback_about_at")

    op.drop_table("feedback")
    with op.batch_alter_table("deed", schema=None) as batch_op:
        batch_op.drop_index("ix_deed_person_id")

    op.drop_table("deed")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name"))

    op.drop_table("person")
    op.drop_table("memory")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_new", sqlite_where=sa.text("state = 'nieuw'"), postgresql_where=sa.text("state = 'nieuw'")
        )

    op.drop_table("inbox")
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_due_open", sqlite_where=sa.text("done_at IS NULL"), postgresql_where=sa.text("done_at IS NULL")
        )

    op.drop_table("due")
    op.drop_table("counter")
    op.drop_table("body")
